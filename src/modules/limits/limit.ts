/** One configured limit, made ready: whom it concerns, which counters it charges, how much. */
import { unreachable } from '../../base/exhaustive.ts';
import type { LimitConfiguration } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Principal } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import type { Charge } from './store.ts';
import { createCurrentWindow, type LimitWindow, type WindowKind } from './window.ts';

export type Measure = LimitConfiguration['measure'];

export interface Limit {
  readonly id: string;
  readonly measure: Measure;
  /** Whole tokens, requests or millionths of a dollar. */
  readonly capacity: number;
  /** Absent for concurrent requests. */
  readonly windowKind?: WindowKind;
  /** Absent for concurrent requests. */
  window?(nowMs: number): LimitWindow;
  /** The counters that a request is charged to; none where the limit does not concern it. */
  keys(principal: Principal, application: Application, route: Route): readonly string[];
}

/** A charge with the limit that it is made for. */
export interface LimitCharge {
  readonly limit: Limit;
  readonly charge: Charge;
}

const MICROS = 1_000_000;

export function createLimit(id: string, configuration: LimitConfiguration): Limit {
  const { measure, capacity, per } = configuration;
  const concerns = createMatcher(configuration);
  const isListed = createNameMatcher(configuration.groups);
  const windowKind = windowOf(id, configuration);
  return {
    id,
    measure,
    capacity: Math.floor(measure === 'cost_usd' ? capacity * MICROS : capacity),
    ...(windowKind === undefined ? {} : { windowKind, window: createCurrentWindow(windowKind) }),
    keys(principal, application, route) {
      if (!concerns(principal, application, route)) return [];
      switch (per) {
        case 'all':
          return [id];
        case 'principal':
          return [`${id}/principal/${principal.kind}:${principal.id}`];
        case 'application':
          return [`${id}/application/${application.id}`];
        case 'model':
          return [`${id}/model/${route.model}`];
        case 'provider':
          return [`${id}/provider/${route.providerId}`];
        case 'group':
          return groupsOf(principal, isListed).map((group) => `${id}/group/${group}`);
        default:
          return unreachable(per);
      }
    },
  };
}

/** @throws where a limit that counts over time has no window: it would never reset */
function windowOf(id: string, { measure, window }: LimitConfiguration): WindowKind | undefined {
  if (measure === 'concurrent_requests') return undefined;
  if (window === undefined) throw new Error(`the limit "${id}" counts ${measure}, so it needs a window`);
  return window;
}

function groupsOf(principal: Principal, isListed: (group: string) => boolean): readonly string[] {
  return [...new Set(principal.groups)].filter(isListed);
}

/** What a request takes, as estimated before it or as used in it. */
export interface Amounts {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly costMicros: number;
}

/** How much of a measure that is, as a whole number. @throws where it is no number: it would poison the counter */
export function amountOf(measure: Measure, amounts: Amounts): number {
  const rounded = Math.ceil(rawAmountOf(measure, amounts));
  if (!Number.isSafeInteger(rounded) || rounded < 0) throw new Error('an amount to charge is no number');
  return rounded;
}

function rawAmountOf(measure: Measure, { inputTokens, outputTokens, costMicros }: Amounts): number {
  switch (measure) {
    case 'requests':
    case 'concurrent_requests':
      return 1;
    case 'input_tokens':
      return inputTokens;
    case 'output_tokens':
      return outputTokens;
    case 'tokens':
      return inputTokens + outputTokens;
    case 'cost_usd':
      return costMicros;
    default:
      return unreachable(measure);
  }
}

type Matcher = (principal: Principal, application: Application, route: Route) => boolean;

/** An empty list concerns everybody; of several lists, all must agree. */
function createMatcher(configuration: LimitConfiguration): Matcher {
  const principals = createNameMatcher(configuration.principals);
  const applications = createNameMatcher(configuration.applications);
  const groups = createNameMatcher(configuration.groups);
  const models = createNameMatcher(configuration.models);
  const providers = createNameMatcher(configuration.providers);
  const hasGroups = configuration.groups.length > 0;
  return (principal, application, route) =>
    models(route.model) &&
    applications(application.id) &&
    providers(route.providerId) &&
    (principals(principal.id) || principals(`${principal.kind}:${principal.id}`)) &&
    (!hasGroups || principal.groups.some(groups));
}

/** Names as they are, or with `*` for any characters. */
function createNameMatcher(names: readonly string[]): (name: string) => boolean {
  if (names.length === 0) return () => true;
  const exact = new Set(names.filter((name) => !name.includes('*')));
  const patterns = names.filter((name) => name.includes('*')).map((name) => name.split('*'));
  if (patterns.length === 0) return (name) => exact.has(name);
  return (name) => exact.has(name) || patterns.some((parts) => matches(parts, name));
}

/** Whether a name is made of the parts of a pattern, in their order, with anything between them. */
function matches(parts: readonly string[], name: string): boolean {
  const [first = '', ...others] = parts;
  const last = others.pop() ?? '';
  if (!name.startsWith(first) || !name.endsWith(last) || name.length < first.length + last.length)
    return false;
  let at = first.length;
  for (const part of others) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= name.length - last.length;
}
