/** Conditions that count interactions: refusals, what guardrails did, and calls of providers that failed. */
import type { AlertCondition } from '../../contract/alerts.ts';
import { createSlidingCount, type SlidingCount } from './sliding-count.ts';
import type { Fact, Occasion, Watcher } from './watcher.ts';

export type ConditionOf<Event extends AlertCondition['event']> = Extract<AlertCondition, { event: Event }>;

type Entry = Extract<Fact, { kind: 'interaction' }>['entry'];

const MINUTE_MS = 60_000;

export function watchRefusals(on: ConditionOf<'refusals'>): Watcher {
  const isMeant = ({ outcome, application, refusal }: Entry) =>
    outcome === 'refused' && isAmong(on.applications, application) && isAmong(on.codes, refusal);
  return watchCount(on, isMeant, (count, sinceMs) => ({
    title: `${count} requests were refused within ${minutesText(on.within_minutes)}.`,
    path: activity({ outcome: 'refused', refusal: on.codes, application: on.applications, fromMs: sinceMs }),
  }));
}

export function watchGuardrails(on: ConditionOf<'guardrail_hits'>): Watcher {
  const isMeant = ({ application, guardrails }: Entry) =>
    isAmong(on.applications, application) &&
    guardrails.some(
      ({ id, action }) => action !== 'allow' && isAmong(on.guardrails, id) && isAmong(on.actions, action),
    );
  return watchCount(on, isMeant, (count, sinceMs) => ({
    title: `Guardrails acted in ${count} interactions within ${minutesText(on.within_minutes)}.`,
    path: activity({
      guardrail: on.guardrails,
      action: on.actions,
      application: on.applications,
      fromMs: sinceMs,
    }),
  }));
}

type Counted = ConditionOf<'refusals' | 'guardrail_hits'>;

function watchCount(
  on: Counted,
  isMeant: (entry: Entry) => boolean,
  tell: (count: number, sinceMs: number) => Pick<Occasion, 'title' | 'path'>,
): Watcher {
  const spanMs = on.within_minutes * MINUTE_MS;
  const count = createSlidingCount(spanMs);
  return {
    observe(fact, nowMs) {
      if (fact.kind !== 'interaction' || !isMeant(fact.entry)) return false;
      count.add(nowMs);
      return true;
    },
    occasion(nowMs) {
      const total = count.total(nowMs);
      if (total <= on.more_than) return undefined;
      const facts = { count: total, more_than: on.more_than, within_minutes: on.within_minutes };
      const { applications } = on;
      return {
        ...tell(total, nowMs - spanMs),
        facts: applications.length === 0 ? facts : { ...facts, applications: applications.join(', ') },
      };
    },
    told: () => undefined,
  };
}

/** The client's own doing, not the provider's. */
const CLIENTS_DOING: ReadonlySet<string> = new Set(['400', '404', '413', '422']);

/** Each provider by itself: the worst is told. */
export function watchProviders(on: ConditionOf<'provider_errors'>): Watcher {
  const spanMs = on.within_minutes * MINUTE_MS;
  const calls = new Map<string, { readonly all: SlidingCount; readonly failed: SlidingCount }>();
  const countsOf = (provider: string) => {
    const known = calls.get(provider) ?? {
      all: createSlidingCount(spanMs),
      failed: createSlidingCount(spanMs),
    };
    calls.set(provider, known);
    return known;
  };
  return {
    observe(fact, nowMs) {
      if (fact.kind !== 'interaction') return false;
      const meant = fact.entry.attempts.filter(({ provider }) => isAmong(on.providers, provider));
      for (const { provider, result } of meant) {
        const { all, failed } = countsOf(provider);
        all.add(nowMs);
        if (isProvidersFailure(result)) failed.add(nowMs);
      }
      return meant.some(({ result }) => isProvidersFailure(result));
    },
    occasion(nowMs) {
      const [worst] = [...calls]
        .map(([provider, { all, failed }]) => ({
          provider,
          all: all.total(nowMs),
          failed: failed.total(nowMs),
        }))
        .filter(({ all, failed }) => all >= on.at_least && failed / all >= on.share)
        .toSorted((one, other) => other.failed / other.all - one.failed / one.all);
      if (worst === undefined) return undefined;
      const { provider, all, failed } = worst;
      return {
        title: `${failed} of ${all} calls of the provider ${provider} failed within ${minutesText(on.within_minutes)}.`,
        facts: { provider, calls: all, failed, within_minutes: on.within_minutes },
        path: activity({ provider: [provider], fromMs: nowMs - spanMs }),
      };
    },
    told: () => undefined,
  };
}

function isProvidersFailure(result: string): boolean {
  return !/^[23]\d\d$/.test(result) && !CLIENTS_DOING.has(result);
}

/** No names at all: everything is meant. */
export function isAmong(names: readonly string[], name: string | undefined): boolean {
  return names.length === 0 || (name !== undefined && names.includes(name));
}

function activity(filter: Readonly<Record<string, string | number | readonly string[]>>): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(filter)) {
    const text = typeof value === 'object' ? value.join(',') : String(value);
    if (text !== '') query.set(key, text);
  }
  return `/activity?${query.toString()}`;
}

export function minutesText(minutes: number): string {
  return minutes === 1 ? 'a minute' : `${minutes} minutes`;
}
