/** Signing in at an identity provider: there, and back. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';

export const singleSignOnOperations = defineOperations({
  beginProviderSignIn: {
    method: 'GET',
    path: '/sign-in/oidc/{provider}/begin',
    summary: 'Go to an identity provider to sign in there (for the address bar, not for scripts)',
    permission: 'anyone',
    parameters: z.strictObject({ provider: z.string().max(128) }),
    /** `to`: the console's page to come back to, below `/console`. */
    query: z.strictObject({ to: z.string().max(1_000).optional() }),
    redirects: true,
  },
  finishProviderSignIn: {
    method: 'GET',
    path: '/sign-in/oidc/{provider}/callback',
    summary:
      'Where the identity provider sends the browser back to; it goes on to the console, with `?problem=<code>` where it failed',
    permission: 'anyone',
    parameters: z.strictObject({ provider: z.string().max(128) }),
    query: z.looseObject({}),
    redirects: true,
  },
});
