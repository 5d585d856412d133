/** A circuit breaker: after failures in a row whoever fails is left alone for a while, then tried by one call at a time. */
import type { Clock } from './clock.ts';

export interface CircuitSettings {
  /** Failures in a row after which it opens. */
  readonly failures: number;
  readonly openMs: number;
}

export type CircuitState = 'closed' | 'open' | 'half_open';

/** Leave to make one call. Exactly one of the three ends it; what is said after that is not heard. */
export interface Pass {
  /** The provider answered: a probe closes the circuit. */
  answered(): void;
  /** The provider failed. */
  failed(): void;
  /** Nothing was learned: the client went away, or the call was never made. */
  abandoned(): void;
  /**
   * After `answered`: the answer's body came to its end or broke off. Only now do the failures before it count as
   * past: a provider that begins every answer and ends none has failures in a row.
   */
  ended(isComplete: boolean): void;
}

export interface Circuit {
  /** Undefined while it is open, or while another call probes. */
  enter(settings: CircuitSettings): Pass | undefined;
  /** Milliseconds until it can be tried again. */
  waitMs(settings: CircuitSettings): number;
  state(settings: CircuitSettings): CircuitState;
  readonly consecutiveFailures: number;
}

/** What a circuit remembers. */
interface Memory {
  readonly clock: Clock;
  failures: number;
  openedAtMs: number | undefined;
  isProbing: boolean;
  /** Counts openings and closings, so that a call from before one says nothing about what came after. */
  generation: number;
}

export function createCircuit(clock: Clock): Circuit {
  const memory: Memory = { clock, failures: 0, openedAtMs: undefined, isProbing: false, generation: 0 };
  const waitMs = ({ openMs }: CircuitSettings): number =>
    memory.openedAtMs === undefined ? 0 : Math.max(0, memory.openedAtMs + openMs - clock.now());
  return {
    enter(settings) {
      if (memory.openedAtMs === undefined) return passOf(memory, settings, false);
      if (memory.isProbing || waitMs(settings) > 0) return undefined;
      memory.isProbing = true;
      return passOf(memory, settings, true);
    },
    waitMs,
    state(settings) {
      if (memory.openedAtMs === undefined) return 'closed';
      return memory.isProbing || waitMs(settings) === 0 ? 'half_open' : 'open';
    },
    get consecutiveFailures() {
      return memory.failures;
    },
  };
}

function passOf(memory: Memory, settings: CircuitSettings, isProbe: boolean): Pass {
  let generation = memory.generation;
  let isOver = false;
  const once = (act: () => void): void => {
    if (isOver) return;
    isOver = true;
    if (generation === memory.generation) act();
  };
  return {
    answered: () =>
      once(() => {
        if (isProbe) close(memory);
        ({ generation } = memory);
      }),
    failed: () => once(() => fail(memory, settings, isProbe)),
    abandoned: () =>
      once(() => {
        if (isProbe) memory.isProbing = false;
      }),
    ended(isComplete) {
      if (generation !== memory.generation || memory.openedAtMs !== undefined) return;
      generation = -1;
      if (isComplete) memory.failures = 0;
      else fail(memory, settings, false);
    },
  };
}

function fail(memory: Memory, settings: CircuitSettings, isProbe: boolean): void {
  memory.failures++;
  if (!isProbe && memory.failures < settings.failures) return;
  memory.openedAtMs = memory.clock.now();
  memory.isProbing = false;
  memory.generation++;
}

function close(memory: Memory): void {
  memory.openedAtMs = undefined;
  memory.isProbing = false;
  memory.failures = 0;
  memory.generation++;
}
