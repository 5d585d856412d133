/** What Cedar is told about one request: entities and context, and the keys under which a decision is remembered. */
import { hash } from 'node:crypto';
import { isIP } from 'node:net';
import type { CedarValueJson, EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';
import type { Application } from '../../domain/application.ts';
import type { Principal } from '../../domain/principal.ts';
import type { Route } from '../../domain/route.ts';
import type { ContextAttribute } from './cedar-schema.ts';
import type { RequestContext } from './request-context.ts';
import type { PolicyTree } from './policy-set.ts';

/** One subject of a question: how Cedar knows it, and a text that is the same only for the same facts. */
export interface Fact {
  readonly key: string;
  readonly uid: TypeAndId;
  readonly entity: EntityJson;
}

export interface RouteFact extends Fact {
  readonly provider: Omit<Fact, 'key'>;
  readonly region: string;
}

const PRINCIPAL_TYPES = { person: 'Person', service: 'Service', agent: 'Agent' } as const;
const WEEKDAYS = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** Remembers what it made for an object: principals, applications and routes are immutable and live on. */
function remembered<Subject extends object, Made>(
  make: (subject: Subject) => Made,
): (subject: Subject) => Made {
  const made = new WeakMap<Subject, Made>();
  return (subject) => {
    let fact = made.get(subject);
    if (fact === undefined) {
      fact = make(subject);
      made.set(subject, fact);
    }
    return fact;
  };
}

function factOf(uid: TypeAndId, attrs: EntityJson['attrs'], parents: readonly TypeAndId[]): Fact {
  const entity = { uid, attrs, parents: [...parents] };
  return { key: digestOf(entity), uid, entity };
}

/** Short, since the keys of all facts are joined and hashed again at each request. */
const digestOf = (facts: unknown) => hash('sha256', JSON.stringify(facts), 'base64url');

const groupsOf = (names: readonly string[]) => names.toSorted().map((id) => ({ type: 'Group', id }));

export const principalFact = remembered(({ kind, id, groups }: Principal) =>
  factOf({ type: PRINCIPAL_TYPES[kind], id }, {}, groupsOf(groups)),
);

export const applicationFact = remembered(({ id, owners, purpose, dataClass, groups }: Application) =>
  factOf(
    { type: 'Application', id },
    { owners: [...owners], purpose, data_class: dataClass },
    groupsOf(groups),
  ),
);

/** Labels of the model and of the provider are told apart by the tree: a route holds them as one list. */
export function createRouteFact(tree: PolicyTree): (route: Route) => RouteFact {
  return remembered((route) => {
    const configured = tree.providers[route.providerId];
    const region = route.region ?? configured?.region ?? '';
    const provider = { type: 'Provider', id: route.providerId };
    const attributes = { kind: route.providerKind, region, labels: [...(configured?.labels ?? [])] };
    const model = factOf(
      { type: 'Model', id: route.model },
      {
        name: route.model,
        provider_model: route.providerModel,
        labels: [...new Set([...(tree.models[route.model]?.labels ?? []), ...route.labels])],
      },
      [provider],
    );
    return {
      ...model,
      key: digestOf([model.entity, attributes]),
      provider: { uid: provider, entity: { uid: provider, attrs: attributes, parents: [] } },
      region,
    };
  });
}

/** Node writes IPv4 on a dual-stack socket as `::ffff:192.0.2.1`, and appends a link-local address's zone; Cedar knows neither. */
export function cedarAddress(address: string): string | undefined {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  return isIP(plain) === 0 ? undefined : plain;
}

/** Whether an application called on another principal's behalf is beside the context, in the authentication. */
export type CedarContext = RequestContext & { readonly onBehalf: boolean };

const CONTEXT_VALUES: Readonly<
  Record<
    Exclude<ContextAttribute, 'application' | 'provider' | 'region'>,
    (context: CedarContext) => CedarValueJson
  >
> = {
  now: ({ nowMs }) => Math.floor(nowMs / 1000),
  hour: ({ nowMs }) => new Date(nowMs).getUTCHours(),
  weekday: ({ nowMs }) => WEEKDAYS[new Date(nowMs).getUTCDay()] ?? null,
  address: ({ address }) => ({ __extn: { fn: 'ip', arg: cedarAddress(address) ?? address } }),
  labels: ({ labels }) => [...labels].toSorted(),
  gates: ({ gates }) => [...gates].toSorted(),
  on_behalf: ({ onBehalf }) => onBehalf,
};

/** Only what some policy reads: less to hand over to Cedar, and less for a decision to depend on. */
export function cedarContext(
  reads: ReadonlySet<ContextAttribute>,
  context: CedarContext,
  application: Fact,
  route: RouteFact | undefined,
): Record<string, CedarValueJson> {
  const values: Record<string, CedarValueJson> = {};
  for (const attribute of reads) {
    if (attribute === 'application') values.application = { __entity: application.uid };
    else if (attribute === 'provider' || attribute === 'region') continue;
    else values[attribute] = CONTEXT_VALUES[attribute](context);
  }
  if (route && reads.has('provider')) values.provider = { __entity: route.provider.uid };
  if (route && reads.has('region')) values.region = route.region;
  return values;
}

/**
 * The part of a decision's key that the context makes: what no policy reads is not in it. Undefined where a policy
 * reads the address and there is none that can be read.
 */
export function contextKey(
  reads: ReadonlySet<ContextAttribute>,
  context: RequestContext,
  onBehalf: boolean,
): string | undefined {
  let key = onBehalf ? '1' : '0';
  if (reads.has('hour') || reads.has('weekday')) key += `h${Math.floor(context.nowMs / 3_600_000) % 168}`;
  if (reads.has('address')) {
    const address = cedarAddress(context.address);
    if (address === undefined) return undefined;
    key += `a${address}`;
  }
  if (reads.has('gates')) key += `g${setKey(context.gates)}`;
  if (reads.has('labels')) key += `l${setKey(context.labels)}`;
  return key;
}

/** JSON, since a label may hold any character: two sets never share a key. */
function setKey(names: ReadonlySet<string>): string {
  return names.size === 0 ? '' : JSON.stringify([...names].toSorted());
}
