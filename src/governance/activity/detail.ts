/** Everything that is recorded of one interaction, in the order in which it happened. */
import type {
  InteractionEndEntry,
  InteractionEntry,
  RecordedEntry,
  RecordedPrincipal,
} from '../../domain/record.ts';
import { REFUSALS } from '../../domain/refusal.ts';
import { isAnsweredCall } from './count.ts';
import { ended, rowOf } from './row.ts';
import { shownRow } from './shown-row.ts';
import type { ActivityRow, SpooledEntry } from './store.ts';

type Interaction = InteractionEntry | InteractionEndEntry;
type Opened = RecordedEntry & { readonly entry: Interaction };

export function isInteraction(recorded: RecordedEntry): recorded is Opened {
  return recorded.entry.kind !== 'administration';
}

/** @param entries what the record has of it, in log order: one, or a beginning and an end */
export function detailOf(entries: readonly [Opened, ...Opened[]], origin: string) {
  const last = entries.at(-1) ?? entries[0];
  const { entry } = last;
  return {
    ...shownRow(rowIn(entries), { ...last, ...(entry.principal && { principal: entry.principal }) }),
    snapshot: entry.snapshot,
    credential: entry.credential ?? null,
    assertedBy: plainPrincipal(entry.assertedBy),
    responseModel: entry.responseModel ?? null,
    finish: entry.finish ?? null,
    metadata: { ...entry.metadata },
    timeline: timelineOf(entry),
    attempts: entry.attempts.map((attempt) => ({ ...attempt, isOk: isAnsweredCall(attempt.result) })),
    inquiries: inquiriesOf(entry),
    placedFindings: entry.findings.map((finding) => ({ ...finding })),
    guardrails: guardrailsOf(entry),
    explanation: explanationOf(entry),
    usage: entry.usage ? { ...entry.usage } : null,
    record: entries.map(({ entry: { kind, at }, index, instance, sequence }) => ({
      kind,
      index,
      instance,
      sequence,
      atMs: at,
      address: `${origin}/${index}`,
    })),
    erasedBy: entries.findLast(({ erasedBy }) => erasedBy !== undefined)?.erasedBy ?? null,
  };
}

function rowIn(entries: readonly [Opened, ...Opened[]]): ActivityRow {
  const [first, ...others] = entries;
  let row = rowOf(spooled(first), first.entry);
  for (const other of others)
    if (other.entry.kind === 'interaction_end') row = ended(row, spooled(other), other.entry);
  return row;
}

function spooled({ index, entry, hasContent, erasedBy }: Opened): SpooledEntry {
  return { index, entry, hasContent, isErased: entry.principal === undefined && erasedBy !== undefined };
}

function plainPrincipal(principal: RecordedPrincipal | undefined): RecordedPrincipal | null {
  return principal ? { kind: principal.kind, id: principal.id } : null;
}

function timelineOf({ timings }: Interaction) {
  let startMs = 0;
  return Object.entries(timings)
    .toSorted(([, a], [, b]) => a - b)
    .map(([name, endMs]) => {
      const step = { name, startMs, endMs };
      startMs = endMs;
      return step;
    });
}

function inquiriesOf({ inquiries = [] }: Interaction) {
  return inquiries.map((inquiry) => ({
    guardrail: inquiry.guardrail,
    direction: inquiry.direction,
    configuredModel: inquiry.configuredModel ?? null,
    provider: inquiry.provider ?? null,
    providerModel: inquiry.providerModel ?? null,
    result: inquiry.result,
    count: inquiry.count,
    durationMs: inquiry.durationMs,
    longestMs: inquiry.longestMs,
    inputTokens: inquiry.inputTokens ?? null,
    outputTokens: inquiry.outputTokens ?? null,
    costMicros: inquiry.costMicros ?? null,
  }));
}

/** Those that spoke first, then those that were in force and found nothing. */
function guardrailsOf({ guardrails, quiet, refusedBy }: Interaction) {
  const spoke = guardrails.map(({ id, version, direction, action, findings, failedOpen }) => ({
    id,
    version,
    direction,
    result: action,
    findings,
    failedOpen: failedOpen === true,
    refused: id === refusedBy,
  }));
  const silent = (['request', 'response'] as const).flatMap((direction) =>
    (quiet[direction] ?? '')
      .split(' ')
      .filter((name) => name !== '')
      .map((name) => {
        const [id = '', version = ''] = name.split('@');
        return {
          id,
          version,
          direction,
          result: 'quiet' as const,
          findings: 0,
          failedOpen: false,
          refused: id === refusedBy,
        };
      }),
  );
  return [...spoke, ...silent];
}

function explanationOf({ outcome, refusal, refusedBy, action, guardrails, provider }: Interaction): string {
  const why = refusal === undefined ? '' : `${REFUSALS[refusal]?.title ?? refusal} (${refusal})`;
  const who = refusedBy === undefined ? '' : `, because of the guardrail ${refusedBy}`;
  switch (outcome) {
    case 'refused':
      return `Refused: ${why}${who}.`;
    case 'failed':
      return `Failed: ${why}${who}.`;
    case 'client_closed':
      return 'The client closed the connection before the answer had ended.';
    case 'interrupted':
      return 'The gateway stopped while the answer was on its way: how much of it arrived is not known.';
    case 'released':
      return 'The answer is on its way.';
    case 'answered':
      return `Answered${provider === undefined ? '' : ` by ${provider}`}${didTo(action, guardrails)}.`;
    default:
      return '';
  }
}

function didTo(action: Interaction['action'], guardrails: Interaction['guardrails']): string {
  const names = guardrails.flatMap((each) => (each.action === action ? [each.id] : []));
  if (action === 'allow' || names.length === 0) return '';
  return `; strongest action ${action}, by ${[...new Set(names)].join(', ')}`;
}
