/** The port behind the secrets room: provider credentials, encrypted before they come here. */
export interface StoredSecret {
  readonly name: string;
  /** AES-256-GCM: nonce, ciphertext and tag, base64; the name is bound as associated data. */
  readonly sealed: string;
  /** Identifies the master key that sealed it. */
  readonly masterKeyId: string;
  readonly updatedAtMs: number;
}

export interface SecretStore {
  get(name: string): Promise<StoredSecret | undefined>;
  /** Adds or replaces. */
  put(secret: StoredSecret): Promise<void>;
  remove(name: string): Promise<boolean>;
  list(): Promise<readonly StoredSecret[]>;
  onChange(listener: () => void): () => void;
}
