/**
 * What is left, in headers: `RateLimit` and `RateLimit-Policy` (draft-ietf-httpapi-ratelimit-headers-10), and the
 * names that the OpenAI and Anthropic clients read, each in answers of its own dialect.
 */
import type { Dialect, VerdictDialect } from '../../domain/dialect.ts';
import type { Limit, Measure } from './limit.ts';
import { type LimitWindow, windowSeconds } from './window.ts';

/** One charged counter, as it stands. */
export interface Standing {
  readonly limit: Limit;
  /** Absent for concurrent requests. */
  readonly window: LimitWindow | undefined;
  readonly used: number;
}

/** The draft's §5.1: a list of policies, each with its quota, its unit and its window in seconds. */
export function policyItem({ id, measure, capacity, windowKind }: Limit): string {
  const window = windowKind === undefined ? '' : `;w=${windowSeconds(windowKind)}`;
  return `${quote(id)};q=${capacity};qu="${UNITS[measure]}"${window}`;
}

/** Units beyond `requests` and `concurrent-requests` are ours: the draft registers none for tokens or money. */
const UNITS: Readonly<Record<Measure, string>> = {
  requests: 'requests',
  concurrent_requests: 'concurrent-requests',
  input_tokens: 'input-tokens',
  output_tokens: 'output-tokens',
  tokens: 'tokens',
  cost_usd: 'usd-micros',
};

/** A String of RFC 9651 §3.3.3; names of limits hold no quote, and what else a string cannot hold is left out. */
function quote(text: string): string {
  return `"${text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '')}"`;
}

/** What is the same in every answer: said once for each limit, which takes half of what these headers cost. */
const said = new WeakMap<Limit, { readonly policy: string; readonly name: string }>();

function wordsOf(limit: Limit): { readonly policy: string; readonly name: string } {
  let words = said.get(limit);
  if (!words) {
    words = { policy: policyItem(limit), name: quote(limit.id) };
    said.set(limit, words);
  }
  return words;
}

export function rateHeaders(
  standings: readonly Standing[],
  dialect: Dialect | VerdictDialect,
  nowMs: number,
): Record<string, string> {
  const headers: Record<string, string> = {};
  const tightest = new Map<Measure, Standing>();
  let policies = '';
  let limits = '';
  for (const standing of standings) {
    const { limit, window } = standing;
    const separator = limits === '' ? '' : ', ';
    const reset = window === undefined ? '' : `;t=${secondsUntil(window, nowMs)}`;
    const { policy, name } = wordsOf(limit);
    policies += separator + policy;
    limits += `${separator}${name};r=${remainingOf(standing)}${reset}`;
    if (window !== undefined && isTighter(standing, tightest.get(limit.measure))) {
      tightest.set(limit.measure, standing);
    }
  }
  headers['ratelimit-policy'] = policies;
  headers['ratelimit'] = limits;
  const addNames = namesOf(dialect);
  if (addNames) for (const [measure, standing] of tightest) addNames(headers, measure, standing, nowMs);
  return headers;
}

export function remainingOf({ limit, used }: Standing): number {
  return Math.max(0, limit.capacity - used);
}

function isTighter(standing: Standing, than: Standing | undefined): boolean {
  return than === undefined || remainingOf(standing) < remainingOf(than);
}

function secondsUntil(window: LimitWindow, nowMs: number): number {
  return Math.max(0, Math.ceil((window.endMs - nowMs) / 1_000));
}

type AddNames = (
  headers: Record<string, string>,
  measure: Measure,
  standing: Standing,
  nowMs: number,
) => void;

/** Gemini's clients read no such names. */
function namesOf(dialect: Dialect | VerdictDialect): AddNames | undefined {
  if (dialect.startsWith('openai.')) return addOpenaiNames;
  return dialect === 'anthropic.messages' ? addAnthropicNames : undefined;
}

/** OpenAI has none for input, output and money. */
const addOpenaiNames: AddNames = (headers, measure, standing, nowMs) => {
  const { limit, window } = standing;
  if (window === undefined || (measure !== 'requests' && measure !== 'tokens')) return;
  headers[`x-ratelimit-limit-${measure}`] = String(limit.capacity);
  headers[`x-ratelimit-remaining-${measure}`] = String(remainingOf(standing));
  headers[`x-ratelimit-reset-${measure}`] = duration(window.endMs - nowMs);
};

/** Anthropic has none for money. */
const ANTHROPIC_NAMES: Readonly<Partial<Record<Measure, string>>> = {
  requests: 'requests',
  tokens: 'tokens',
  input_tokens: 'input-tokens',
  output_tokens: 'output-tokens',
};

const addAnthropicNames: AddNames = (headers, measure, standing) => {
  const name = ANTHROPIC_NAMES[measure];
  const { limit, window } = standing;
  if (name === undefined || window === undefined) return;
  headers[`anthropic-ratelimit-${name}-limit`] = String(limit.capacity);
  headers[`anthropic-ratelimit-${name}-remaining`] = String(remainingOf(standing));
  headers[`anthropic-ratelimit-${name}-reset`] = window.resetsAt;
};

/** As OpenAI writes it: `250ms`, `12s`, `6m0s`, `2h3m4s`. */
export function duration(milliseconds: number): string {
  if (milliseconds < 1_000) return `${Math.max(0, Math.ceil(milliseconds))}ms`;
  const seconds = Math.ceil(milliseconds / 1_000);
  if (seconds < 60) return `${seconds}s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes}m${seconds % 60}s`;
  return `${Math.floor(minutes / 60)}h${minutes % 60}m${seconds % 60}s`;
}
