/** Those who administer the house. */
import type { administratorOperations } from '../../contract/api/administrators.ts';
import type {
  Administration,
  Administrators,
  NewLink,
  ShownAdministrator,
} from '../../governance/administrators/administrators.ts';
import { etagOf, requireEtag } from '../etag.ts';
import type { Handlers, SignedInAsking } from '../handler.ts';
import type { Cookies } from '../sign-in/visitor.ts';

export interface AdministratorRooms {
  readonly administrators: Administrators;
  readonly cookies: Cookies;
}

type AdministratorHandlers = Handlers<typeof administratorOperations>;

export function administratorHandlers({
  administrators,
  cookies,
}: AdministratorRooms): AdministratorHandlers {
  const { administration } = administrators;
  return {
    async listAdministrators({ query: { cursor, ...filter } }) {
      const { items, next } = await administration.list({ ...filter, after: cursor });
      return { items: items.map(shown), next };
    },
    getAdministrator: async ({ path: { id } }) => shown(await administration.get(id)),
    async inviteAdministrator({ body: { id, displayName = id, assignments } }, { signedIn }) {
      const made = await administration.invite(signedIn, { id, displayName, assignments });
      return { administrator: shown(made.shown), invitation: invitationOf(made.link) };
    },
    renewInvitation: async ({ path: { id } }, { signedIn }) =>
      invitationOf(await administration.renewLink(signedIn, id)),
    async updateAdministrator({ path: { id }, body }, asking) {
      const { signedIn, ifMatch } = asking;
      const updated = await administration.update(signedIn, id, body, expecting(ifMatch));
      await renewOwn(administrators, cookies, asking, updated);
      return shown(updated);
    },
    async resetAdministratorFactors({ path: { id } }, { signedIn }) {
      await administration.resetFactors(signedIn, id);
    },
    endAdministratorSessions: async ({ path: { id } }, { signedIn }) => ({
      ended: await administration.endSessions(signedIn, id),
    }),
    async removeAdministrator({ path: { id } }, { signedIn, ifMatch }) {
      await administration.remove(signedIn, id, expecting(ifMatch));
    },
  };
}

/** What somebody may do has changed, perhaps: their cookie is another one from now on. */
async function renewOwn(
  { renew }: Administrators,
  cookies: Cookies,
  asking: SignedInAsking,
  { account }: ShownAdministrator,
): Promise<void> {
  const { signedIn } = asking;
  if (signedIn.by === 'session' && signedIn.administrator.id === account.id && account.disabledAtMs === null)
    cookies.session(asking, await renew(signedIn));
}

type Account = ShownAdministrator['account'];
type Expect = Parameters<Administration['remove']>[2];

const expecting =
  (ifMatch: string): Expect =>
  (current) =>
    requireEtag(ifMatch, tagOf(current));

/** Of what can be changed: not of when they last came. */
function tagOf({ id, displayName, assignments, disabledAtMs }: Account): string {
  return etagOf({ id, displayName, assignments, isDisabled: disabledAtMs !== null });
}

function shown({ account, status, passkeys }: ShownAdministrator) {
  const { id, displayName, source, createdAtMs, lastSignInAtMs } = account;
  return {
    id,
    displayName,
    status,
    source,
    assignments: [...account.assignments],
    providerAssignments: [...account.providerAssignments],
    hasPassword: account.passwordHash !== null,
    hasTotp: account.totp !== null,
    passkeys,
    createdAtMs,
    lastSignInAtMs,
    etag: tagOf(account),
  };
}

function invitationOf({ token, expiresAtMs }: NewLink) {
  return { path: `/console/welcome#${token}`, expiresAtMs };
}
