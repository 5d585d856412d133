/** Creating, rotating, revoking and listing API keys: the administrator's side of the room. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { PrincipalKind, Scope } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { hashOf, hintOf, newApiKey } from './api-key.ts';
import type { CredentialStore, StoredCredential } from './store.ts';

export interface KeyRequest {
  readonly applicationId: string;
  readonly principal: { readonly kind: PrincipalKind; readonly id: string };
  readonly scopes: readonly Scope[];
  /** Milliseconds since the Unix epoch; null or absent for no expiry. */
  readonly expiresAtMs?: number | null;
}

/** A credential as it may be shown. */
export type ListedCredential = Omit<StoredCredential, 'hash'>;

export interface CreatedKey {
  /** Shown once: it is stored nowhere. */
  readonly key: string;
  readonly credential: ListedCredential;
}

export interface KeyAdministration {
  create(request: KeyRequest): Promise<CreatedKey>;
  /**
   * A new key with the same rights; the old one works on for `overlapMs`. The new key keeps the old one's expiry unless
   * told another.
   * @throws Refusal `not_found`, or `expired_credential` for a key that is revoked, expired or already replaced
   */
  rotate(
    id: string,
    options: { readonly overlapMs: number; readonly expiresAtMs?: number | null },
  ): Promise<CreatedKey>;
  /** Resolves to whether there was such a key; revoking twice keeps the first time. */
  revoke(id: string): Promise<boolean>;
  /** Oldest first. */
  list(): Promise<readonly ListedCredential[]>;
}

export function createKeyAdministration({
  store,
  clock,
}: {
  readonly store: CredentialStore;
  readonly clock: Clock;
}): KeyAdministration {
  const create = async (request: KeyRequest): Promise<CreatedKey> => {
    const key = newApiKey();
    const createdAtMs = clock.now();
    const credential: StoredCredential = {
      id: newId('key', createdAtMs),
      hash: hashOf(key),
      hint: hintOf(key),
      applicationId: request.applicationId,
      principal: request.principal,
      scopes: [...new Set(request.scopes)],
      createdAtMs,
      expiresAtMs: request.expiresAtMs ?? null,
      revokedAtMs: null,
      replacedBy: null,
    };
    await store.add(credential);
    return { key, credential: listed(credential) };
  };
  return {
    create,
    async rotate(id, { overlapMs, expiresAtMs }) {
      const old = await store.byId(id);
      if (!old) throw new Refusal('not_found', 'there is no such key');
      const nowMs = clock.now();
      if (old.revokedAtMs !== null || old.replacedBy !== null || (old.expiresAtMs ?? Infinity) <= nowMs) {
        throw new Refusal('expired_credential', 'the key is revoked, expired or already replaced');
      }
      const created = await create({
        ...old,
        expiresAtMs: expiresAtMs === undefined ? old.expiresAtMs : expiresAtMs,
      });
      // The new key first: failing in between leaves two keys, not none.
      const endMs = Math.min(old.expiresAtMs ?? Infinity, nowMs + Math.max(0, overlapMs));
      await store.update(id, { expiresAtMs: endMs, replacedBy: created.credential.id });
      return created;
    },
    async revoke(id) {
      const credential = await store.byId(id);
      if (!credential) return false;
      if (credential.revokedAtMs !== null) return true;
      return store.update(id, { revokedAtMs: clock.now() });
    },
    async list() {
      return (await store.list()).map(listed).sort((a, b) => a.createdAtMs - b.createdAtMs);
    },
  };
}

function listed({ hash: _hash, ...rest }: StoredCredential): ListedCredential {
  return rest;
}
