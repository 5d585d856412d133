/** Conditions of single events, of limits, and of the log's witnesses. What happens in a cool-down is told after it. */
import { isAmong, minutesText, type ConditionOf } from './frequency-watchers.ts';
import type { Consumed, Fact, Occasion, Watcher } from './watcher.ts';

/** Names that one message tells. */
const MAX_NAMED = 10;

export function watchStopped(): Watcher {
  return watchEvents(
    (fact) => (fact.kind === 'stopped' ? `${fact.part} ${fact.name}` : undefined),
    (stopped) => ({ title: `Stopped: ${stopped.join(', ')}.`, path: '/models' }),
  );
}

export function watchObjections(): Watcher {
  return watchEvents(
    (fact) => (fact.kind === 'administration' && fact.action === 'contest.open' ? 'objection' : undefined),
    (_, count) => ({
      title: count === 1 ? 'Somebody objects to a refusal.' : `${count} people object to refusals.`,
      path: '/workbench',
    }),
  );
}

const CHANGES: ReadonlySet<string> = new Set([
  'administrator.invite',
  'administrator.link',
  'administrator.remove',
  'administrator.reset_factors',
  'administrator.update',
]);

export function watchAdministrators(): Watcher {
  return watchEvents(
    (fact) => (fact.kind === 'administration' && CHANGES.has(fact.action) ? fact.action : undefined),
    (actions, count) => ({
      title: `${count === 1 ? 'An administrator was' : `${count} times, administrators were`} changed: ${actions.join(', ')}.`,
      path: '/settings/administrators',
    }),
  );
}

function watchEvents(
  nameOf: (fact: Fact) => string | undefined,
  tell: (names: readonly string[], count: number) => Pick<Occasion, 'title' | 'path'>,
): Watcher {
  let count = 0;
  const names = new Set<string>();
  return {
    observe(fact) {
      const name = nameOf(fact);
      if (name === undefined) return false;
      count++;
      if (names.size < MAX_NAMED) names.add(name);
      return true;
    },
    occasion() {
      if (count === 0) return undefined;
      return { ...tell([...names], count), facts: { count } };
    },
    told() {
      count = 0;
      names.clear();
    },
  };
}

/** Once for each counter and window. Counters may be persons': how many they are is told, not whose. */
export function watchLimits(on: ConditionOf<'limit_reached'>): Watcher {
  let full: readonly Consumed[] = [];
  let known: ReadonlySet<string> = new Set();
  const fresh = () => full.filter(({ key }) => !known.has(key));
  return {
    observe(fact) {
      if (fact.kind !== 'consumption') return false;
      full = fact.counters.filter(({ limit, share }) => share >= on.share && isAmong(on.limits, limit));
      const now = new Set(full.map(({ key }) => key));
      known = new Set([...known].filter((key) => now.has(key)));
      return fresh().length > 0;
    },
    occasion() {
      const [fullest] = fresh().toSorted((one, other) => other.share - one.share);
      if (fullest === undefined) return undefined;
      const limits = [...new Set(fresh().map(({ limit }) => limit))];
      const percent = Math.floor(fullest.share * 100);
      return {
        title: `${percent} % of the limit ${fullest.limit} is used.`,
        facts: { limits: limits.slice(0, MAX_NAMED).join(', '), counters: fresh().length, percent },
        path: limits.length === 1 ? `/limits/${encodeURIComponent(fullest.limit)}` : '/limits',
      };
    },
    told() {
      known = new Set(full.map(({ key }) => key));
    },
  };
}

export function watchWitnesses({ for_minutes: minutes }: ConditionOf<'witnesses_missing'>): Watcher {
  let missingSinceMs: number | undefined;
  return {
    observe(fact, nowMs) {
      if (fact.kind !== 'log') return false;
      missingSinceMs = fact.hasQuorum ? undefined : (missingSinceMs ?? nowMs);
      return missingSinceMs !== undefined;
    },
    occasion(nowMs) {
      if (missingSinceMs === undefined || nowMs - missingSinceMs < minutes * 60_000) return undefined;
      const since = Math.floor((nowMs - missingSinceMs) / 60_000);
      return {
        title: `For ${minutesText(since)}, no checkpoint of the log has had the quorum of its witnesses.`,
        facts: { minutes: since },
        path: '/audit',
      };
    },
    told: () => undefined,
  };
}
