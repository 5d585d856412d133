/**
 * Values that prove that a guard has spoken. Each is a branded type with one place that mints it, so that a call
 * without authorization, or with a prompt that no scanner has seen, does not compile.
 */
import type { Json } from '../base/json.ts';
import type { Authentication } from './principal.ts';
import type { Route } from './route.ts';

declare const granted: unique symbol;
declare const cleared: unique symbol;

/** Policy's positive answer to "may they?". Minted in `modules/policy` alone. */
export interface Grant {
  readonly [granted]: true;
  readonly authentication: Authentication;
  readonly route: Route;
  /** Names of the policies that permitted it. */
  readonly policies: readonly string[];
}

/** At least one, in the order in which they are tried: where nothing is permitted, there is a refusal instead. */
export type Grants = readonly [Grant, ...Grant[]];

/** A body that was scanned, judged and rewritten, or one that is to be judged. Minted in `modules/privacy` alone. */
export interface ClearedPrompt {
  readonly [cleared]: true;
  readonly body: Json;
  /** The bytes as received, where nothing in them was rewritten; null otherwise. */
  readonly untouched: Buffer | null;
}
