/** What a search asks for, in the index's terms. */
import { principalSubject, subjectsMeant } from '../../domain/subject.ts';
import type { Reach } from '../../domain/administrator.ts';
import type { Field, RowPageQuery, RowPlace, RowQuery, SortBy, Term } from './store.ts';

/** As the API takes it. */
export interface InteractionFilter {
  readonly application?: readonly string[] | undefined;
  readonly principal?: string | undefined;
  readonly model?: readonly string[] | undefined;
  readonly provider?: readonly string[] | undefined;
  readonly outcome?: readonly string[] | undefined;
  readonly action?: readonly string[] | undefined;
  readonly refusal?: readonly string[] | undefined;
  readonly guardrail?: readonly string[] | undefined;
  readonly refusedBy?: readonly string[] | undefined;
  readonly rewrittenBy?: readonly string[] | undefined;
  readonly finding?: readonly string[] | undefined;
  readonly scanner?: readonly string[] | undefined;
  readonly policy?: readonly string[] | undefined;
  readonly event?: readonly string[] | undefined;
  readonly endpoint?: readonly string[] | undefined;
  readonly stream?: 'true' | 'false' | undefined;
  readonly demo?: 'true' | 'false' | undefined;
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
  readonly minTotalMs?: number | undefined;
  readonly maxTotalMs?: number | undefined;
  readonly minCostMicros?: number | undefined;
  readonly text?: string | undefined;
}

export type KeysOf = (identifier: string) => Promise<readonly { readonly id: string }[]>;

const LISTS = [
  ['application', 'application'],
  ['model', 'model'],
  ['provider', 'provider'],
  ['outcome', 'outcome'],
  ['action', 'action'],
  ['refusal', 'refusal'],
  ['guardrail', 'guardrail'],
  ['refusedBy', 'refused_by'],
  ['rewrittenBy', 'rewritten_by'],
  ['finding', 'finding'],
  ['scanner', 'scanner'],
  ['policy', 'policy'],
  ['event', 'event'],
  ['endpoint', 'endpoint'],
] as const satisfies readonly (readonly [keyof InteractionFilter, Field])[];
const FLAGS = ['stream', 'demo'] as const;
/** As long as the names in the index are. */
const MAX_NAME = 200;
const MAX_WORDS = 8;

export async function rowQueryOf(filter: InteractionFilter, reach: Reach, keysOf: KeysOf): Promise<RowQuery> {
  const sets: (readonly Term[])[] = LISTS.flatMap(([name, field]) => {
    const values = filter[name];
    return values === undefined ? [] : [values.map((value): Term => [field, value.slice(0, MAX_NAME)])];
  });
  if (reach.kind !== 'everything') sets.push(applicationsIn(reach));
  if (filter.principal !== undefined) sets.push(await principalTerms(filter.principal, keysOf));
  const flags = (value: 'true' | 'false') =>
    FLAGS.flatMap((flag): Term[] => (filter[flag] === value ? [[flag, 'true']] : []));
  for (const flag of flags('true')) sets.push([flag]);
  const { fromMs, toMs, minTotalMs, maxTotalMs, minCostMicros } = filter;
  return {
    sets,
    without: flags('false'),
    words: wordsIn(filter.text),
    ...(fromMs === undefined ? {} : { fromMs }),
    ...(toMs === undefined ? {} : { toMs }),
    ...(minTotalMs === undefined ? {} : { minTotalMs }),
    ...(maxTotalMs === undefined ? {} : { maxTotalMs }),
    ...(minCostMicros === undefined ? {} : { minCostMicros }),
  };
}

function applicationsIn(reach: Reach): readonly Term[] {
  return reach.kind === 'some'
    ? [...reach.applications].map((application): Term => ['application', application])
    : [];
}

function wordsIn(text = ''): readonly string[] {
  return text
    .toLowerCase()
    .split(/\s+/u)
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS);
}

/** A bare name may be a person's, a service's or an agent's. */
async function principalTerms(name: string, keysOf: KeysOf): Promise<readonly Term[]> {
  const kinds = /^(person|service|agent):./su.test(name) ? [] : (['service', 'agent'] as const);
  const identifiers = [
    ...subjectsMeant(name),
    ...kinds.map((kind) => principalSubject({ kind, id: name.trim() })),
  ];
  const keys = await Promise.all(identifiers.map(keysOf));
  return keys.flat().map(({ id }): Term => ['principal', id]);
}

const SORTS: Readonly<Record<string, { readonly sort: SortBy; readonly descending: boolean }>> = {
  '-at': { sort: 'at', descending: true },
  at: { sort: 'at', descending: false },
  '-cost': { sort: 'cost', descending: true },
  '-latency': { sort: 'latency', descending: true },
  latency: { sort: 'latency', descending: false },
};

export function sortOf(name: string): Pick<RowPageQuery, 'sort' | 'descending'> {
  return SORTS[name] ?? { sort: 'at', descending: true };
}

export function cursorOf({ value, index }: RowPlace): string {
  return `${value}~${index}`;
}

/** Undefined for what is no cursor of ours. */
export function placeIn(cursor: string): RowPlace | undefined {
  const [, value, index] = /^(\d{1,16}(?:\.\d{1,16})?)~(\d{1,16})$/.exec(cursor) ?? [];
  return value === undefined || index === undefined
    ? undefined
    : { value: Number(value), index: Number(index) };
}
