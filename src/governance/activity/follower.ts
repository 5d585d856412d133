/** The loop that follows the record: soon after each entry, and again after whatever fails. */
import type { Clock } from '../../base/clock.ts';
import { followOnce, type FollowSettings, type Step } from './follow.ts';
import { INDEX_FORM } from './store.ts';

export interface FollowerSettings extends FollowSettings {
  readonly onError: (error: unknown) => void;
  /** How long to wait where nothing is new, and after a failure. */
  readonly idleMs?: number;
  readonly retryMs?: number;
  readonly clock: Clock;
}

export interface Follower {
  /** Why it does not get on at present. */
  failure(): string | undefined;
  /** Waits for the page that is being taken in. */
  stop(): Promise<void>;
}

const IDLE_MS = 200;
const RETRY_MS = 1_000;
/** While there is more, others get a turn in between. */
const BREATH_MS = 5;

export function startFollower(settings: FollowerSettings): Follower {
  const { onError, idleMs = IDLE_MS, retryMs = RETRY_MS } = settings;
  let failure: string | undefined;
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  async function turn(): Promise<void> {
    let waitMs = idleMs;
    try {
      waitMs = waitAfter(await followOnce(settings), idleMs);
      failure = undefined;
    } catch (error) {
      waitMs = retryMs;
      // Once for each thing that fails, not once a second.
      if (failure === undefined) onError(error);
      failure = `the record is not taken in (form ${INDEX_FORM}): ${nameOf(error)}`;
    }
    if (!isStopped) schedule(waitMs);
  }

  function schedule(waitMs: number): void {
    timer = setTimeout(() => {
      running = turn();
    }, waitMs);
  }

  schedule(0);
  return {
    failure: () => failure,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function waitAfter({ isCaughtUp }: Step, idleMs: number): number {
  return isCaughtUp ? idleMs : BREATH_MS;
}

/** An error's message may quote what could not be stored: its name and code do not. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? `${error.name} ${error.code}` : error.name;
}
