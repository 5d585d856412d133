/** The ways in. */
import type { signInOperations } from '../../contract/api/sign-in.ts';
import type { Administrators, SignInSettings } from '../../governance/administrators/administrators.ts';
import type { Handlers } from '../handler.ts';
import { visitorOf, type Cookies } from './visitor.ts';

export interface SignInRooms {
  readonly administrators: Administrators;
  readonly settings: () => SignInSettings;
  readonly cookies: Cookies;
}

export function signInHandlers({
  administrators,
  settings,
  cookies,
}: SignInRooms): Handlers<typeof signInOperations> {
  const { signIn, links } = administrators;
  return {
    async getSignInOptions() {
      const { organization, password, passkey, providers } = settings();
      return {
        organization,
        password,
        passkey,
        providers: [...providers].map(([id, { title }]) => ({ id, title })),
        isNew: await administrators.isEmpty(),
      };
    },
    signInWithPassword: async ({ body }, asking) =>
      cookies.step(asking, await signIn.withPassword(body, visitorOf(asking))),
    signInWithTotp: async ({ body }, asking) =>
      cookies.step(asking, await signIn.withTotp(body, visitorOf(asking))),
    signInWithRecoveryCode: async ({ body }, asking) =>
      cookies.step(asking, await signIn.withRecoveryCode(body, visitorOf(asking))),
    beginPasskeySignIn: async ({ body: { pending } }, asking) => {
      const question = await signIn.passkey.begin(pending, visitorOf(asking));
      return { ...question, options: { ...question.options } };
    },
    signInWithPasskey: async ({ body }, asking) =>
      cookies.step(asking, await signIn.passkey.finish(body, visitorOf(asking))),
    async showInvitation({ body: { token } }) {
      const shown = await links.show(token);
      return { ...shown, assignments: [...shown.assignments] };
    },
    acceptInvitation: async ({ body }, asking) =>
      cookies.step(asking, await links.accept({ ...body, id: body.id }, visitorOf(asking))),
  };
}
