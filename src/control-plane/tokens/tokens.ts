/** One's own access tokens. */
import { PERMISSION_NAMES } from '../../contract/api/permissions.ts';
import type { tokenOperations } from '../../contract/api/tokens.ts';
import type { OwnAccount } from '../../governance/administrators/administrators.ts';
import type { Handlers } from '../handler.ts';

const DAY_MS = 24 * 60 * 60_000;

export function tokenHandlers(account: OwnAccount): Handlers<typeof tokenOperations> {
  return {
    listTokens: async (_, { signedIn }) => ({ items: (await account.tokens(signedIn)).map(tokenShown) }),
    async createToken({ body: { name, expiresInDays, permissions } }, { signedIn }) {
      const expiresAtMs = Date.now() + expiresInDays * DAY_MS;
      const { token, ...listed } = await account.createToken(signedIn, { name, expiresAtMs, permissions });
      return { ...tokenShown(listed), token };
    },
    async revokeToken({ path: { id } }, { signedIn }) {
      await account.revokeToken(signedIn, id);
    },
  };
}

type Listed = Awaited<ReturnType<OwnAccount['tokens']>>[number];

function tokenShown({ permissions, ...rest }: Listed) {
  // A permission that this release no longer knows is of no use, and is not shown.
  const known = permissions && PERMISSION_NAMES.filter((name) => permissions.includes(name));
  return { ...rest, permissions: known };
}
