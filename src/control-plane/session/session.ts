/** Who has signed in, and the way out. */
import type { sessionOperations } from '../../contract/api/session.ts';
import { PERMISSION_NAMES, type Permission } from '../../contract/api/permissions.ts';
import type { SignedIn } from '../../domain/administrator.ts';
import { SESSION_COOKIE, type Gatekeeper } from '../gatekeeper.ts';
import type { Handlers } from '../handler.ts';

export interface SessionOptions {
  readonly gatekeeper: Gatekeeper;
  readonly end: (signedIn: SignedIn) => Promise<void>;
  readonly organization: () => string;
}

export function sessionHandlers({
  gatekeeper,
  end,
  organization,
}: SessionOptions): Handlers<typeof sessionOperations> {
  return {
    async getSession(_, { signedIn }) {
      const { administrator, methods, csrf, expiresAtMs, idleAtMs } = signedIn;
      return {
        administrator: { ...administrator, assignments: [...administrator.assignments] },
        ...(await permissionsOf(gatekeeper, signedIn)),
        methods: [...methods],
        csrf,
        expiresAtMs,
        idleAtMs,
        organization: organization(),
      };
    },
    async signOut(_, { signedIn, setHeader }) {
      await end(signedIn);
      setHeader('set-cookie', `${SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0`);
    },
  };
}

interface Permitted {
  readonly permissions: Permission[];
  readonly everywhere: Permission[];
}

async function permissionsOf(gatekeeper: Gatekeeper, signedIn: SignedIn): Promise<Permitted> {
  const reaches = await Promise.all(PERMISSION_NAMES.map((each) => gatekeeper.reach(signedIn, each)));
  return {
    permissions: PERMISSION_NAMES.filter((_, index) => reaches[index]?.kind !== 'nothing'),
    everywhere: PERMISSION_NAMES.filter((_, index) => reaches[index]?.kind === 'everything'),
  };
}
