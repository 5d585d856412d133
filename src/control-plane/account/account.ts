/** One's own account. */
import type { accountOperations } from '../../contract/api/account.ts';
import type { Administrators } from '../../governance/administrators/administrators.ts';
import type { Handlers, SignedInAsking } from '../handler.ts';
import { visitorOf, type Cookies } from '../sign-in/visitor.ts';

export interface AccountRooms {
  readonly administrators: Administrators;
  readonly cookies: Cookies;
}

type AccountHandlers = Handlers<typeof accountOperations>;

export function accountHandlers(rooms: AccountRooms): AccountHandlers {
  return { ...personHandlers(rooms), ...factorHandlers(rooms), ...sessionHandlers(rooms) };
}

type PersonHandlers = Pick<
  AccountHandlers,
  'getAccount' | 'updateAccount' | 'confirmAccount' | 'changePassword'
>;

function personHandlers({ administrators: { account }, cookies }: AccountRooms): PersonHandlers {
  return {
    async getAccount(_, { signedIn }) {
      const { totpEnrolledAtMs, passkeys, ...rest } = await account.show(signedIn);
      return {
        ...rest,
        totp: totpEnrolledAtMs === null ? null : { enrolledAtMs: totpEnrolledAtMs },
        passkeys: passkeys.map(passkeyShown),
      };
    },
    async updateAccount({ body: { displayName } }, { signedIn }) {
      await account.rename(signedIn, displayName);
    },
    async confirmAccount({ body: { password } }, asking) {
      const renewed = await account.confirm(asking.signedIn, password, visitorOf(asking));
      cookies.session(asking, renewed);
      return { csrf: renewed.csrf };
    },
    async changePassword({ body }, asking) {
      const renewed = await account.changePassword(asking.signedIn, body, visitorOf(asking));
      cookies.session(asking, renewed);
      return { csrf: renewed.csrf };
    },
  };
}

type FactorHandlers = Pick<
  AccountHandlers,
  | 'beginTotpEnrollment'
  | 'finishTotpEnrollment'
  | 'removeTotp'
  | 'renewRecoveryCodes'
  | 'beginPasskeyEnrollment'
  | 'finishPasskeyEnrollment'
  | 'removePasskey'
>;

function factorHandlers({ administrators: { factors }, cookies }: AccountRooms): FactorHandlers {
  return {
    beginTotpEnrollment: (_, { signedIn }) => factors.beginTotp(signedIn),
    async finishTotpEnrollment({ body }, asking) {
      const { recoveryCodes, ...renewed } = await factors.finishTotp(asking.signedIn, body);
      cookies.session(asking, renewed);
      return { recoveryCodes: [...recoveryCodes], csrf: renewed.csrf };
    },
    async removeTotp(_, { signedIn }) {
      await factors.removeTotp(signedIn);
    },
    renewRecoveryCodes: async (_, { signedIn }) => ({
      recoveryCodes: [...(await factors.renewRecoveryCodes(signedIn))],
    }),
    async beginPasskeyEnrollment(_, asking) {
      const question = await factors.beginPasskey(asking.signedIn, visitorOf(asking));
      return { ...question, options: { ...question.options } };
    },
    finishPasskeyEnrollment: async ({ body }, asking) =>
      passkeyShown(await factors.finishPasskey(asking.signedIn, body, visitorOf(asking))),
    async removePasskey({ path: { id } }, { signedIn }) {
      await factors.removePasskey(signedIn, id);
    },
  };
}

type SessionHandlers = Pick<AccountHandlers, 'listSessions' | 'endSession' | 'endOtherSessions'>;

function sessionHandlers({ administrators: { account } }: AccountRooms): SessionHandlers {
  return {
    async listSessions(_, { signedIn }) {
      const sessions = await account.sessions(signedIn);
      return { items: sessions.map((session) => sessionShown(session, signedIn)) };
    },
    async endSession({ path: { id } }, { signedIn }) {
      await account.endSession(signedIn, id);
    },
    endOtherSessions: async (_, { signedIn }) => ({ ended: await account.endOtherSessions(signedIn) }),
  };
}

type Shown = Awaited<ReturnType<Administrators['account']['show']>>['passkeys'][number];

function passkeyShown({ id, name, createdAtMs, lastUsedAtMs, isBackedUp }: Shown) {
  return { id, name, createdAtMs, lastUsedAtMs, isBackedUp };
}

type Session = Awaited<ReturnType<Administrators['account']['sessions']>>[number];

function sessionShown(session: Session, signedIn: SignedInAsking['signedIn']) {
  const { id, createdAtMs, lastSeenAtMs, expiresAtMs, address, userAgent, methods } = session;
  return {
    id,
    isCurrent: id === signedIn.credentialId,
    createdAtMs,
    lastSeenAtMs,
    expiresAtMs,
    address,
    userAgent,
    methods: [...methods],
  };
}
