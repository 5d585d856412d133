/** An address that leads nowhere. */
import { MapPinOff } from 'lucide-react';
import { buttonClass } from '../kit/button.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { Link } from '../kit/link.tsx';
import { Page } from '../kit/page.tsx';

export function NotFound() {
  return (
    <Page title="There is nothing here">
      <EmptyState
        icon={MapPinOff}
        title="No page has this address"
        actions={
          <Link to="/" className={buttonClass()}>
            Go to the start
          </Link>
        }
      >
        It may have been removed, or your roles do not reach it.
      </EmptyState>
    </Page>
  );
}
