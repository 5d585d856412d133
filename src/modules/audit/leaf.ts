/**
 * The leaf that an entry becomes: metadata as canonical JSON (RFC 8785), and salted commitments in place of who it was and
 * what was said. Nothing of a leaf has to be taken out before it is shown to an auditor.
 */
import type {
  AdministrationEntry,
  AuditEntry,
  InteractionEndEntry,
  InteractionEntry,
  RecordedInquiry,
} from '../../domain/record.ts';

/** Base64 of SHA-256 over the salt and the text. */
export interface Commitments {
  readonly who?: string;
  readonly content?: string;
}

/** What of an entry may name a person, as canonical JSON; undefined where nothing does. */
export function whoOf(entry: AuditEntry): string | undefined {
  const who =
    entry.kind === 'administration'
      ? { actor: entry.actor, changes: entry.changes, reason: entry.reason }
      : {
          assertedBy: entry.assertedBy && { id: entry.assertedBy.id, kind: entry.assertedBy.kind },
          credential: entry.credential,
          metadata: entry.metadata && sorted(entry.metadata),
          principal: entry.principal && { id: entry.principal.id, kind: entry.principal.kind },
        };
  const text = JSON.stringify(who);
  return text === '{}' ? undefined : text;
}

/** The entry's part of the leaf. Members are written in their canonical order, so that none has to be sorted. */
export function leafBodyOf(entry: AuditEntry, commitments: Commitments): string {
  return JSON.stringify(
    entry.kind === 'administration'
      ? administrationLeaf(entry, commitments)
      : interactionLeaf(entry, commitments),
  );
}

function administrationLeaf(
  { action, after, at, before, endorsement, erasure, id, kind, subject }: AdministrationEntry,
  { who }: Commitments,
) {
  const stated = erasure && {
    basis: erasure.basis,
    count: erasure.count,
    keys: erasure.keys,
    root: erasure.root,
  };
  return { action, after, at, before, endorsement, erasure: stated, id, kind, subject, who };
}

function interactionLeaf(entry: InteractionEntry | InteractionEndEntry, { who, content }: Commitments) {
  return {
    action: entry.action,
    application: entry.application,
    at: entry.at,
    attempts: entry.attempts.map(({ durationMs, model, provider, result }) => ({
      durationMs,
      model,
      provider,
      result,
    })),
    configuredModel: entry.configuredModel,
    content,
    costMicros: entry.costMicros,
    endpoint: entry.endpoint,
    events: sorted(entry.events),
    findings: entry.findings.map(
      ({ confidence, direction, end, guardrail, kind, pointer, scanner, start }) => ({
        confidence,
        direction,
        end,
        guardrail,
        kind,
        pointer,
        scanner,
        start,
      }),
    ),
    finish: entry.finish,
    guardrails: entry.guardrails.map(({ action, direction, failedOpen, findings, id, version, would }) => ({
      action,
      direction,
      failedOpen,
      findings,
      id,
      version,
      would,
    })),
    id: entry.id,
    inquiries: entry.inquiries?.map(inquiryLeaf),
    kind: entry.kind,
    moreFindings: entry.moreFindings,
    outcome: entry.outcome,
    policies: entry.policies,
    provider: entry.provider,
    providerModel: entry.providerModel,
    quiet: sorted(entry.quiet),
    refusal: entry.refusal,
    refusedBy: entry.refusedBy,
    requestedModel: entry.requestedModel,
    responseModel: entry.responseModel,
    snapshot: entry.snapshot,
    status: entry.status,
    stream: entry.stream,
    timings: sorted(entry.timings),
    usage: entry.usage && {
      cacheWriteTokens: entry.usage.cacheWriteTokens,
      cachedInputTokens: entry.usage.cachedInputTokens,
      inputTokens: entry.usage.inputTokens,
      outputTokens: entry.usage.outputTokens,
      reasoningTokens: entry.usage.reasoningTokens,
      source: entry.usage.source,
    },
    who,
  };
}

function inquiryLeaf({
  attempts,
  configuredModel,
  costMicros,
  count,
  direction,
  durationMs,
  guardrail,
  inputTokens,
  longestMs,
  outputTokens,
  provider,
  providerModel,
  result,
}: RecordedInquiry) {
  return {
    attempts,
    configuredModel,
    costMicros,
    count,
    direction,
    durationMs,
    guardrail,
    inputTokens,
    longestMs,
    outputTokens,
    provider,
    providerModel,
    result,
  };
}

function sorted<Value>(members: Readonly<Record<string, Value>>): Record<string, Value> {
  const names = Object.keys(members);
  if (names.length < 2) return members;
  const ordered: Record<string, Value> = {};
  for (const name of names.toSorted()) ordered[name] = members[name] as Value;
  return ordered;
}

export interface ParsedLeaf {
  readonly instance: string;
  readonly sequence: number;
  readonly entry: AuditEntry;
  readonly commitments: Commitments;
}

/**
 * Reads a leaf that this house wrote. `who` is what lies beside it, if that is known.
 * @throws Error for bytes that are no leaf of this version
 */
export function parseLeaf(text: string, who?: string): ParsedLeaf {
  const { counter, entry, v } = JSON.parse(text) as {
    counter: { instance: string; sequence: number };
    entry: AuditEntry & { who?: string; content?: string };
    v: number;
  };
  if (v !== 1) throw new Error(`a leaf of version ${v} cannot be read`);
  const { who: committedWho, content: committedContent, ...rest } = entry;
  // An administrator who is not known any more has no name.
  const unnamed = rest.kind === 'administration' ? { actor: '' } : {};
  return {
    ...counter,
    entry: { ...unnamed, ...rest, ...(who === undefined ? {} : (JSON.parse(who) as object)) },
    commitments: {
      ...(committedWho === undefined ? {} : { who: committedWho }),
      ...(committedContent === undefined ? {} : { content: committedContent }),
    },
  };
}
