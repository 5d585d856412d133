/** Who looks at a whole log: the house itself, over all that is stored, and an auditor, over a kit that she was handed. */
import { checkLog, type KitTrust, makeKit, sourceOfBytes, verifyKit } from '../../src/modules/audit/audit.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { CONFIGURATION } from './people.ts';
import { endOfScene, type Scene } from './scene.ts';

interface Check {
  readonly failures: readonly { readonly code: string }[];
}

/** All codes, each once; "accepted" where there is none. */
function codesOf(checks: readonly Check[]): string {
  const codes = checks.flatMap(({ failures }) => failures.map(({ code }) => code));
  return [...new Set(codes)].toSorted().join(' ') || 'accepted';
}

/** What was rewritten is taken in and signed first, as it would be within a second. */
async function fsck({ open, logKey }: Scene): Promise<string> {
  const { checks } = await open(async ({ stores, keyring, log }) => {
    await log.publish();
    return checkLog(
      { store: stores.log, entries: stores.audit, keyring, origin: logKey.name, logKeys: [logKey] },
      { from: 0, isDeep: true, onProgress: () => undefined },
    );
  });
  return codesOf(checks);
}

const HOUR_MS = 3_600_000;
const configuration = { version: 1, tree: CONFIGURATION, atMs: 0 };

/** The kit of the whole record, as the house makes it. */
export function kitOf({ open }: Scene, role: 'auditor' | 'full' = 'auditor'): Promise<Buffer> {
  return open(async ({ stores, keyring, subjects, log }) => {
    const pieces: Uint8Array[] = [];
    await log.publish();
    await makeKit(
      {
        log,
        store: stores.log,
        entries: stores.audit,
        keyring,
        configurations: {
          current: async () => configuration,
          version: async (version) => (version === 1 ? configuration : undefined),
        },
        clock: { now: endOfScene },
        coverage: subjects.coverage,
        verifier: Buffer.from('<!doctype html>'),
      },
      { fromMs: 0, toMs: endOfScene() + 2 * HOUR_MS, role, madeBy: 'root@host', hasProofs: false },
      async (bytes) => void pieces.push(bytes.slice()),
    );
    return Buffer.concat(pieces);
  });
}

export async function verifyScene({ logKey }: Scene, kit: Uint8Array, trust: KitTrust = {}): Promise<string> {
  const policy = policyOfKeys([logKey], [], 0);
  const { checks } = await verifyKit(sourceOfBytes(kit), { policy, ...trust });
  return codesOf(checks);
}

export const AUDITORS = {
  fsck,
  'verifier of a kit': async (scene: Scene) =>
    verifyScene(scene, await kitOf(scene), { known: scene.latest }),
  'verifier of a full kit': async (scene: Scene) => verifyScene(scene, await kitOf(scene, 'full')),
} as const;
