/** Cedar, compiled to WebAssembly. */
import { createRequire } from 'node:module';
import type * as Cedar from '@cedar-policy/cedar-wasm/nodejs';

const require = createRequire(import.meta.url);
let loaded: typeof Cedar | null = null;

/** Loaded when the first policies are compiled, which a start of the gateway does: a command that decides nothing needs none. */
export function loadCedar(): typeof Cedar {
  loaded ??= require('@cedar-policy/cedar-wasm/nodejs') as typeof Cedar;
  return loaded;
}
