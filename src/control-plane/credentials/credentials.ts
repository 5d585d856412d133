/** Credentials of applications: made, shown once, replaced and ended, each on the record first. */
import type { z } from 'zod';
import { newId } from '../../base/ids.ts';
import type { credentialOperations, credentialSchema } from '../../contract/api/credentials.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import { isGuardrailPrincipal } from '../../domain/principal.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { KeyAdministration } from '../../modules/identity/identity.ts';
import type { Handlers } from '../handler.ts';

type Credential = z.input<typeof credentialSchema>;
type Listed = Awaited<ReturnType<KeyAdministration['list']>>[number];

export interface CredentialsOptions {
  readonly keys: KeyAdministration;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly applications: () => ReadonlySet<string>;
  readonly now: () => number;
}

export function credentialHandlers({
  keys,
  append,
  applications,
  now,
}: CredentialsOptions): Handlers<typeof credentialOperations> {
  const record = (actor: string, action: string, subject: string, after?: string) =>
    append({
      kind: 'administration',
      id: newId('adm', now()),
      at: now(),
      actor,
      action,
      subject,
      ...(after === undefined ? {} : { after }),
    });

  /** @throws Refusal `not_found`, also for another's */
  async function find(id: string, reach: Reach): Promise<Listed> {
    const found = (await keys.list()).find((each) => each.id === id);
    if (!found || !reachesApplication(reach, found.applicationId))
      throw new Refusal('not_found', 'there is no such credential');
    return found;
  }

  return {
    async listCredentials({ query }, { reach }) {
      const { cursor, limit, application, state } = query;
      const seen = (await keys.list())
        .filter(({ applicationId }) => reachesApplication(reach, applicationId))
        .map((each) => shown(each, now()))
        .filter((each) => application === undefined || each.application === application)
        .filter((each) => state === undefined || each.state === state)
        .toReversed();
      const start = cursor === undefined ? 0 : seen.findIndex(({ id }) => id === cursor) + 1;
      const items = seen.slice(start, start + limit);
      return { items, next: start + limit < seen.length ? (items.at(-1)?.id ?? null) : null };
    },
    async createCredential({ body }, { actor, reach }) {
      const { application, principal, scopes, expiresInMs } = body;
      if (!applications().has(application) || !reachesApplication(reach, application))
        throw new Refusal('not_found', `there is no application ${application}`);
      if (isGuardrailPrincipal(principal.kind, principal.id))
        throw new Refusal('invalid_request', 'no credential speaks for a guardrail');
      const expiresAtMs = expiresInMs === null ? null : now() + expiresInMs;
      const made = await keys.create({ applicationId: application, principal, scopes, expiresAtMs });
      await recordOrRevoke(made.credential.id, () =>
        record(actor, 'key.create', made.credential.id, JSON.stringify({ application, scopes, expiresAtMs })),
      );
      return { key: made.key, credential: shown(made.credential, now()) };
    },
    async rotateCredential({ path, body }, { actor, reach }) {
      await find(path.id, reach);
      await record(actor, 'key.rotate', path.id);
      try {
        const made = await keys.rotate(path.id, body);
        return { key: made.key, credential: shown(made.credential, now()) };
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'expired_credential') throw error;
        throw new Refusal('conflict', error.message, { cause: error });
      }
    },
    async revokeCredential({ path }, { actor, reach }) {
      await find(path.id, reach);
      await record(actor, 'key.revoke', path.id);
      await keys.revoke(path.id);
      return shown(await find(path.id, reach), now());
    },
  };

  /** A key that no record tells of is none. */
  async function recordOrRevoke(id: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      await keys.revoke(id);
      throw error;
    }
  }
}

function shown(listed: Listed, nowMs: number): Credential {
  const { id, hint, applicationId, principal, scopes, createdAtMs, expiresAtMs, revokedAtMs, replacedBy } =
    listed;
  return {
    id,
    hint,
    application: applicationId,
    principal: { ...principal },
    scopes: [...scopes],
    createdAtMs,
    expiresAtMs,
    revokedAtMs,
    replacedBy,
    state: stateOf(listed, nowMs),
  };
}

function stateOf({ revokedAtMs, expiresAtMs, replacedBy }: Listed, nowMs: number): Credential['state'] {
  if (revokedAtMs !== null) return 'revoked';
  if (expiresAtMs !== null && expiresAtMs <= nowMs) return replacedBy === null ? 'expired' : 'replaced';
  return 'in_force';
}
