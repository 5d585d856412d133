/** Administrators' patterns, matched in linear time. */
import { createRequire } from 'node:module';
import type * as Re2 from 're2js';

const require = createRequire(import.meta.url);
let loaded: typeof Re2 | null = null;

/** Loaded for the first pattern, which most who scan have none of; a scanner is made at once and cannot await an import. */
export function loadRe2(): typeof Re2 {
  loaded ??= require('re2js') as typeof Re2;
  return loaded;
}
