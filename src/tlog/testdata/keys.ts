/** Keys for tests, made from fixed seeds. */
import { COSIGNATURE_V1, ED25519, type NoteSigner, noteSigner } from '../keys.ts';

export const seedOf = (fill: number): Uint8Array => new Uint8Array(32).fill(fill);

export const LOG: NoteSigner = noteSigner('log.example/audit', ED25519, seedOf(1));
export const OTHER_LOG: NoteSigner = noteSigner('other.example/log', ED25519, seedOf(2));
export const witness = (number: number): NoteSigner =>
  noteSigner(`witness.example/w${number}`, COSIGNATURE_V1, seedOf(100 + number));

/** A time in 2026. */
export const TIME = 1_790_000_000;
