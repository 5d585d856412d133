/** The port behind the identity room: API keys as hashes, with what they may do. */
import type { PrincipalKind, Scope } from '../../domain/principal.ts';

export interface StoredCredential {
  /** `key_…` */
  readonly id: string;
  /** SHA-256 of the whole key in hexadecimal: keys carry 256 random bits, so a slow hash would protect nothing. */
  readonly hash: string;
  /** The first characters, to recognize it by: `bz_a1b2`. */
  readonly hint: string;
  readonly applicationId: string;
  readonly principal: { readonly kind: PrincipalKind; readonly id: string };
  readonly scopes: readonly Scope[];
  readonly createdAtMs: number;
  readonly expiresAtMs: number | null;
  readonly revokedAtMs: number | null;
  /** Set on the old key when a new one replaces it: it still works until `expiresAtMs`. */
  readonly replacedBy: string | null;
}

export interface CredentialStore {
  byHash(hash: string): Promise<StoredCredential | undefined>;
  byId(id: string): Promise<StoredCredential | undefined>;
  list(): Promise<readonly StoredCredential[]>;
  add(credential: StoredCredential): Promise<void>;
  /** Sets the fields given; resolves to whether there was such a credential. */
  update(
    id: string,
    change: Partial<Pick<StoredCredential, 'expiresAtMs' | 'revokedAtMs' | 'replacedBy'>>,
  ): Promise<boolean>;
  /**
   * Calls back, on every replica within a second, after any credential changed anywhere; returns how to stop.
   * MUST call back too whenever it may have missed a change (a lost connection).
   */
  onChange(listener: () => void): () => void;
}
