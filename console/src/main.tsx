/** The console's entrance. */
import './first.ts';
import './styles.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { queries } from './api.ts';
import { TooltipProvider } from './kit/tooltip.tsx';
import { Toasts } from './kit/toast.tsx';
import { router } from './router.tsx';
import { SignInAgain } from './session/sign-in-again.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('the page has no root');
createRoot(root).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <TooltipProvider>
          <Toasts>
            <RouterProvider router={router} />
            <SignInAgain />
          </Toasts>
        </TooltipProvider>
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
