/**
 * Slows down who guesses. Delays belong to an account as seen from one network, and to that network. What many networks do
 * to one account slows down strangers alone, never a browser that has signed in to it before: so nobody locks others out.
 */
import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type { Clock } from '../../base/clock.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { BrakeStore, Failures } from './store.ts';

interface Slope {
  /** So many are free. */
  readonly free: number;
  readonly firstMs: number;
  readonly longestMs: number;
  /** So long after the last one all are forgotten. */
  readonly forgottenMs: number;
}

const MINUTE_MS = 60_000;
const PAIR: Slope = { free: 5, firstMs: 1_000, longestMs: 15 * MINUTE_MS, forgottenMs: 24 * 60 * MINUTE_MS };
const NETWORK: Slope = { free: 30, firstMs: 1_000, longestMs: 15 * MINUTE_MS, forgottenMs: 60 * MINUTE_MS };
/** Soft: a minute at most, so that their owner gets in from a strange browser too. */
const ACCOUNT: Slope = { free: 50, firstMs: 500, longestMs: MINUTE_MS, forgottenMs: 60 * MINUTE_MS };
/** Whoever gets here knows the password already. */
const ACCOUNT_FACTOR: Slope = { ...ACCOUNT, free: 15, longestMs: 15 * MINUTE_MS };

export const FAILURES_KEPT_MS = PAIR.forgottenMs;

/** What is tried, by whom, from where. */
export interface Attempt {
  readonly what: 'password' | 'factor';
  /** As it was typed: whether there is such an account makes no difference. Empty: none is named. */
  readonly account: string;
  readonly address: string;
  /** The device that its cookie proves to have signed in to this account before. */
  readonly device: string | undefined;
}

export interface Brake {
  /**
   * Counts an attempt as failed until `succeeded` says otherwise.
   * @throws Refusal `sign_in_delayed` with how long to wait
   */
  enter(attempt: Attempt): Promise<Entered>;
}

export interface Entered {
  /** It was who they said: what was counted against this account from here is forgotten. */
  succeeded(): Promise<void>;
  /** It was right and not the last step: this attempt does not count. */
  halfway(): Promise<void>;
}

interface Counter {
  readonly key: string;
  readonly slope: Slope;
}

export function createBrake(store: BrakeStore, clock: Clock, key: Buffer): Brake {
  const keyOf = (parts: readonly string[]) =>
    createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');
  return {
    async enter(attempt) {
      const { own, others } = countersOf(attempt, keyOf);
      // The network's comes first: the store locks by it.
      const counters = [...others, ...own];
      let waitMs = 0;
      const isPermitted = await store.attempt(
        counters.map((each) => each.key),
        clock.now(),
        (failures) => {
          waitMs = Math.max(0, ...counters.map(({ slope }, at) => waitOf(slope, failures[at], clock.now())));
          return waitMs === 0;
        },
      );
      // Whatever is no yes is a no.
      if (isPermitted !== true)
        throw new Refusal('sign_in_delayed', undefined, { retryAfterMs: waitMs || 1_000 });
      const keysOf = (these: readonly Counter[]) => these.map((each) => each.key);
      return {
        succeeded: () => store.settle({ forget: keysOf(own), refund: keysOf(others) }),
        halfway: () => store.settle({ forget: [], refund: keysOf(counters) }),
      };
    },
  };
}

function countersOf(
  { what, account, address, device }: Attempt,
  keyOf: (parts: readonly string[]) => string,
): { readonly own: readonly Counter[]; readonly others: readonly Counter[] } {
  const name = account.toLowerCase();
  const network = networkOf(address);
  if (device !== undefined)
    return { own: [{ key: keyOf(['device', what, name, device]), slope: PAIR }], others: [] };
  const others = [{ key: keyOf(['network', network]), slope: NETWORK }];
  if (name === '') return { own: [], others };
  return {
    own: [{ key: keyOf(['pair', what, name, network]), slope: PAIR }],
    others: [
      ...others,
      { key: keyOf(['account', what, name]), slope: what === 'factor' ? ACCOUNT_FACTOR : ACCOUNT },
    ],
  };
}

function waitOf(slope: Slope, failures: Failures | undefined, nowMs: number): number {
  if (failures === undefined || nowMs - failures.lastAtMs >= slope.forgottenMs) return 0;
  const beyond = failures.count - slope.free;
  if (beyond < 0) return 0;
  const delayMs = Math.min(slope.longestMs, slope.firstMs * 2 ** Math.min(beyond, 30));
  return Math.max(0, failures.lastAtMs + delayMs - nowMs);
}

/** Whoever has one IPv6 address has 2^64 of them. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  const groups = [...left, ...zeros, ...right]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16));
  return `${groups.join(':')}::/64`;
}
