/** What a person is given of the record about her (GDPR Art. 15): hers, within the rights of others. */
import type { Json } from '../../base/json.ts';
import { parseTrusted } from '../../base/json.ts';
import type { InteractionEndEntry, InteractionEntry, Pseudonym, RecordedEntry } from '../../domain/record.ts';
import { endUserSubject, principalSubject } from '../../domain/subject.ts';
import type { RecordAccess } from './record-access.ts';

export interface DisclosedEntry {
  readonly index: number;
  readonly id: string;
  /** ISO 8601. */
  readonly at: string;
  /** What she was in it. */
  readonly role: 'principal' | 'end_user' | 'mentioned';
  readonly application?: string;
  readonly endpoint: string;
  readonly model?: string;
  readonly provider?: string;
  readonly outcome: string;
  readonly action: string;
  readonly credential?: string;
  readonly metadata?: Readonly<Record<string, string>>;
  /** What stood for what identifies her. */
  readonly pseudonyms: readonly Pseudonym[];
  /** What was said, where it was captured and she said it. */
  readonly content?: Json;
  /** Places in what others said that name her. */
  readonly excerpts?: readonly string[];
}

export interface Disclosure {
  readonly identifiers: readonly string[];
  /** ISO 8601. */
  readonly madeAt: string;
  readonly entries: readonly DisclosedEntry[];
  /** False where there is more than one disclosure holds. */
  readonly isComplete: boolean;
}

const ANOTHER = '[another person]';
const ANY_STAND_IN = /<[A-Z][A-Z0-9_]*_[a-z2-7]{10}>/gu;
/** Characters on each side of a place that names her. */
const AROUND = 200;
const MAX_EXCERPTS = 100;

/** Undefined for what is no interaction: an administrator's act is about a person only in words that are not hers. */
export async function disclose(
  records: RecordAccess,
  recorded: RecordedEntry,
  identifiers: ReadonlySet<string>,
): Promise<DisclosedEntry | undefined> {
  const { entry, index, hasContent } = recorded;
  if (entry.kind === 'administration') return undefined;
  const role = roleOf(entry, identifiers);
  const all = await records.pseudonyms(index);
  const hers = all.filter(({ identifier }) => identifiers.has(identifier));
  const others = all.filter(({ identifier }) => !identifiers.has(identifier));
  const text = hasContent ? await records.content(index) : undefined;
  const said =
    text === undefined ? undefined : mapTexts(parseTrusted(text), (each) => shown(each, hers, others));
  return {
    ...factsOf(recorded, entry),
    role,
    ...(role === 'principal' ? ownFacts(entry) : {}),
    pseudonyms: hers.map(pseudonymOf),
    ...(said === undefined
      ? {}
      : role === 'mentioned'
        ? { excerpts: excerptsOf(said, hers) }
        : { content: said }),
  };
}

function pseudonymOf({ standIn, value }: Pseudonym): Pseudonym {
  return { value, ...(standIn === undefined ? {} : { standIn }) };
}

type Interaction = InteractionEntry | InteractionEndEntry;

function roleOf({ principal, application }: Interaction, identifiers: ReadonlySet<string>) {
  if (principal && identifiers.has(principalSubject(principal))) return 'principal';
  const users = endUserSubject(application ?? '', '');
  return [...identifiers].some((each) => each.startsWith(users)) ? 'end_user' : 'mentioned';
}

function factsOf({ index }: RecordedEntry, entry: Interaction) {
  return {
    index,
    id: entry.id,
    at: new Date(entry.at).toISOString(),
    endpoint: entry.endpoint,
    outcome: entry.outcome,
    action: entry.action,
    ...(entry.application === undefined ? {} : { application: entry.application }),
    ...(entry.requestedModel === undefined ? {} : { model: entry.requestedModel }),
    ...(entry.provider === undefined ? {} : { provider: entry.provider }),
  };
}

function ownFacts({ credential, metadata }: Interaction) {
  return { ...(credential === undefined ? {} : { credential }), ...(metadata && { metadata }) };
}

function mapTexts(value: Json, change: (text: string) => string): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((each: Json) => mapTexts(each, change));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, mapTexts(member as Json, change)]),
  );
}

/** Hers as it was, everybody else's masked. */
function shown(text: string, hers: readonly Pseudonym[], others: readonly Pseudonym[]): string {
  let out = text;
  for (const { standIn, value } of hers) if (standIn !== undefined) out = out.replaceAll(standIn, value);
  for (const { standIn, value } of others) {
    out = out.replaceAll(value, ANOTHER);
    if (standIn !== undefined) out = out.replaceAll(standIn, ANOTHER);
  }
  return out.replaceAll(ANY_STAND_IN, ANOTHER);
}

function excerptsOf(said: Json, hers: readonly Pseudonym[]): readonly string[] {
  const excerpts: string[] = [];
  mapTexts(said, (text) => {
    for (const { value } of hers) {
      const at = text.indexOf(value);
      if (at >= 0 && excerpts.length < MAX_EXCERPTS)
        excerpts.push(text.slice(Math.max(0, at - AROUND), at + value.length + AROUND));
    }
    return text;
  });
  return [...new Set(excerpts)];
}
