/** What the index keeps of an interaction, and what it is found by. */
import { isDemoApplication } from '../../domain/demo.ts';
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';
import type { ActivityRow, AdministrationRow, FindingCount, SpooledEntry, Term } from './store.ts';

const REWRITING: ReadonlySet<string> = new Set(['redact', 'mask', 'pseudonymize']);
/** Longer names are found by their beginning. */
const MAX_NAME = 200;

type Interaction = InteractionEntry | InteractionEndEntry;

/** Where the first entry of a stream is not there any more, its end stands for it. */
export function rowOf(spooled: SpooledEntry, entry: Interaction): ActivityRow {
  const { index, hasContent, isErased, principal } = spooled;
  const { usage, guardrails } = entry;
  return {
    index,
    id: entry.id,
    atMs: entry.at,
    ...given('application', entry.application),
    ...given('requestedModel', entry.requestedModel),
    ...given('configuredModel', entry.configuredModel),
    ...given('provider', entry.provider),
    ...given('providerModel', entry.providerModel),
    outcome: entry.outcome,
    action: entry.action,
    ...given('refusal', entry.refusal),
    ...given('refusedBy', entry.refusedBy),
    rewrittenBy: unique(guardrails.flatMap(({ id, action }) => (REWRITING.has(action) ? [id] : []))),
    guardrails: unique([
      ...guardrails.map(({ id }) => id),
      ...(entry.refusedBy === undefined ? [] : [entry.refusedBy]),
    ]),
    policies: unique(entry.policies),
    endpoint: entry.endpoint,
    stream: entry.stream,
    ...given('status', entry.status),
    ...given('inputTokens', usage?.inputTokens),
    ...given('outputTokens', usage?.outputTokens),
    ...given('costMicros', entry.costMicros),
    totalMs: entry.timings['total'] ?? 0,
    timings: entry.timings,
    findings: countedFindings(entry),
    moreFindings: entry.moreFindings,
    events: entry.events,
    attempts: entry.attempts.map(({ provider, result, durationMs }) => [provider, result, durationMs]),
    hasContent,
    isErased,
    isDemo: isDemoApplication(entry.application),
    ...given('principal', principal),
  };
}

/** The end says again what the beginning said, and how it went on. */
export function ended(row: ActivityRow, spooled: SpooledEntry, entry: InteractionEndEntry): ActivityRow {
  const after = rowOf(spooled, entry);
  return { ...after, index: row.index, endIndex: spooled.index, isErased: row.isErased || after.isErased };
}

export function unnamed(row: ActivityRow): ActivityRow {
  const { principal: _gone, ...rest } = row;
  return { ...rest, isErased: true };
}

export function administrationOf({ index, entry }: SpooledEntry): AdministrationRow | undefined {
  if (entry.kind !== 'administration') return undefined;
  const { id, at, action, subject } = entry;
  return { index, id, atMs: at, action, subject: subject.slice(0, MAX_NAME) };
}

/** Each once. */
export function termsOf(row: ActivityRow): readonly Term[] {
  const terms = new Map<string, Term>();
  const add = (field: Term[0], value: string | undefined): void => {
    if (value === undefined || value === '') return;
    const term: Term = [field, value.slice(0, MAX_NAME)];
    terms.set(`${field} ${term[1]}`, term);
  };
  add('application', row.application);
  for (const model of [row.requestedModel, row.configuredModel, row.providerModel]) add('model', model);
  add('provider', row.provider);
  add('outcome', row.outcome);
  add('action', row.action);
  add('refusal', row.refusal);
  add('refused_by', row.refusedBy);
  for (const guardrail of row.guardrails) add('guardrail', guardrail);
  for (const guardrail of row.rewrittenBy) add('rewritten_by', guardrail);
  for (const policy of row.policies) add('policy', policy);
  for (const event of Object.keys(row.events)) add('event', event);
  for (const { kind, scanner, guardrail } of row.findings) {
    add('finding', kind);
    add('scanner', scanner);
    add('guardrail', guardrail);
  }
  add('endpoint', row.endpoint);
  if (row.stream) add('stream', 'true');
  if (row.isDemo) add('demo', 'true');
  add('principal', row.principal);
  return [...terms.values()];
}

function countedFindings({ findings }: Interaction): readonly FindingCount[] {
  const counts = new Map<string, { -readonly [Key in keyof FindingCount]: FindingCount[Key] }>();
  for (const { guardrail, scanner, kind, direction } of findings) {
    const key = JSON.stringify([guardrail, scanner, kind, direction]);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { guardrail, scanner, kind, direction, count: 1 });
  }
  return [...counts.values()];
}

function unique(names: readonly string[]): readonly string[] {
  return [...new Set(names)];
}

function given<Name extends string, Value>(
  name: Name,
  value: Value | undefined,
): { readonly [Key in Name]?: Value } {
  // A computed name is not seen by the compiler.
  return (value === undefined ? {} : { [name]: value }) as { readonly [Key in Name]?: Value };
}
