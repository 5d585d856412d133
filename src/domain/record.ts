/**
 * The audit record: one interaction's or one administrator action's entry, as the house says it. What of it becomes the
 * leaf that everybody may read, and what lies beside the log under a person's key, is the audit room's to decide.
 */
import type { Direction } from './document.ts';
import type { Finding } from './finding.ts';
import type { Action, GuardrailOutcome } from './guardrail.ts';
import type { PrincipalKind } from './principal.ts';
import type { RefusalCode } from './refusal.ts';
import type { Usage } from './usage.ts';

/**
 * How an interaction ended. `released`: the record stood before the answer's first byte and the answer is on its way;
 * an `interaction_end` entry tells how it went on.
 */
export type Outcome = 'answered' | 'released' | 'refused' | 'failed' | 'client_closed' | 'interrupted';

export interface RecordedPrincipal {
  readonly kind: PrincipalKind;
  readonly id: string;
}

export interface RecordedAttempt {
  readonly provider: string;
  readonly model: string;
  /** HTTP status, or the transport's fault. */
  readonly result: string;
  readonly durationMs: number;
}

/**
 * What one guardrail's scanner asked somebody else (a model, a detector, a moderation endpoint) while it looked, summed
 * over the texts of one direction. What was asked and answered is not here.
 */
export interface RecordedInquiry {
  readonly guardrail: string;
  readonly direction: Direction;
  /** Of a model: as in an interaction, as far as it came to one. */
  readonly configuredModel?: string;
  readonly provider?: string;
  readonly providerModel?: string;
  /**
   * `answered`, `timed_out`, a refusal's code, an HTTP status, the transport's fault, `circuit_open`, `failed`; `unfinished`
   * where nobody waited for it any longer when the entry was written.
   */
  readonly result: string;
  /** Inquiries. */
  readonly count: number;
  /** Calls to providers, retries and fallbacks included. */
  readonly attempts?: number;
  /** Of all of them together; those of one moment count each by itself. */
  readonly durationMs: number;
  readonly longestMs: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  /** Millionths of a US dollar; not part of the interaction's own cost. */
  readonly costMicros?: number;
}

/** Offsets and kinds alone: what a finding was found in is not here. */
export interface RecordedFinding {
  readonly direction: Direction;
  readonly guardrail: string;
  readonly scanner: string;
  readonly kind: string;
  readonly pointer: string;
  readonly start: number;
  readonly end: number;
  readonly confidence: number;
}

/** Somebody else than the principal whom an interaction is about. Who it is lies beside the log, under a key of her own. */
export interface RecordedSubject {
  readonly identifier: string;
  /** Whether the captured content is her own words, or holds what identifies her in the clear. */
  readonly inContent: boolean;
  /** What identifies her, and what stood for it. */
  readonly pseudonyms: readonly Pseudonym[];
}

export interface Pseudonym {
  /** Absent where the value stands in the content as it was. */
  readonly standIn?: string;
  readonly value: string;
}

/** What an erasure's entry says to everybody: enough to show later that it covers a leaf, and to whom it does not belong. */
export interface ErasureStatement {
  /** As the GDPR counts the reasons of Art. 17(1): `art17-1-a`, … */
  readonly basis: string;
  /** How many leaves it covers. */
  readonly count: number;
  /** Random ids of the keys that were destroyed. */
  readonly keys: readonly string[];
  /** Base64: the root of a Merkle tree (RFC 6962) over one salted token for each leaf, in the tokens' order. */
  readonly root: string;
}

export interface InteractionEntry {
  readonly kind: 'interaction';
  /** `req_…`: the same as the response header `x-bartizan-request-id`. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly at: number;
  readonly snapshot: string;
  readonly endpoint: string;
  readonly stream: boolean;
  readonly credential?: string;
  readonly principal?: RecordedPrincipal;
  readonly assertedBy?: RecordedPrincipal;
  readonly application?: string;
  /** As configured, until scanning has found nothing in the name; absent for a name that is not configured. */
  readonly requestedModel?: string;
  /** The entry under `models` that the name fits: one of few, where the name may be any. */
  readonly configuredModel?: string;
  readonly provider?: string;
  readonly providerModel?: string;
  readonly responseModel?: string;
  readonly policies: readonly string[];
  /** Those that found something, or failed. */
  readonly guardrails: readonly (GuardrailOutcome & { readonly direction: Direction })[];
  /** Those that were in force and found nothing: `id@version`, separated by spaces. */
  readonly quiet: Readonly<Partial<Record<Direction, string>>>;
  readonly findings: readonly RecordedFinding[];
  /** Findings beyond those listed. */
  readonly moreFindings: number;
  readonly action: Action;
  readonly attempts: readonly RecordedAttempt[];
  /** What guardrails' scanners asked others; absent where they asked nobody. */
  readonly inquiries?: readonly RecordedInquiry[];
  readonly outcome: Outcome;
  readonly refusal?: RefusalCode;
  /** The guardrail that blocked, or whose scanner failed, where that is why it was refused. */
  readonly refusedBy?: string;
  readonly status?: number;
  readonly finish?: string;
  readonly usage?: Usage;
  /** Millionths of a US dollar. */
  readonly costMicros?: number;
  /** Milliseconds from the request's arrival, by step. */
  readonly timings: Readonly<Record<string, number>>;
  /** Things worth an analyst's look: `stand_in_invented`, `failed_open`, … with a count. */
  readonly events: Readonly<Record<string, number>>;
  /** Pairs that a client gave along to find the record again: its own words, but none of the text's. */
  readonly metadata?: Readonly<Record<string, string>>;
  /** What was said, as one JSON text, where the application's capture setting asks for it. It is sealed beside the log. */
  readonly content?: string;
  /** Never in the leaf. */
  readonly subjects?: readonly RecordedSubject[];
}

/** How an interaction went on after its answer began to be released. Refers to its `interaction` entry by id. */
export interface InteractionEndEntry extends Omit<InteractionEntry, 'kind'> {
  readonly kind: 'interaction_end';
}

/** What an administrator did: before and after as versions, secrets as names alone. */
export interface AdministrationEntry {
  readonly kind: 'administration';
  readonly id: string;
  readonly at: number;
  /** Who did it: an operating-system account at the command line, or a principal at the API. */
  readonly actor: string;
  /** `configuration.apply`, `key.create`, `key.revoke`, `secret.set`, … */
  readonly action: string;
  readonly subject: string;
  /** Versions, sizes, dates: never what a person wrote. */
  readonly before?: string;
  readonly after?: string;
  /** Where a signing key gives way to another: the signature of the one before for the one after it. Base64. */
  readonly endorsement?: string;
  readonly erasure?: ErasureStatement;
  /** Lies beside the log, as `actor` and `reason` do: it may name persons. */
  readonly changes?: readonly string[];
  /** Why, in the administrator's words. */
  readonly reason?: string;
}

export type AuditEntry = InteractionEntry | InteractionEndEntry | AdministrationEntry;

/** Where an entry stands in the log, and in the count of the instance that wrote it. */
export interface Receipt {
  readonly instance: string;
  /** Gapless from 1 for each instance. */
  readonly sequence: number;
  /** The leaf's index in the log: gapless from 0 over all instances. */
  readonly index: number;
}

/** Content lies beside the log and is opened apart, so `entry` never holds it here. */
export interface RecordedEntry extends Receipt {
  readonly entry: AuditEntry;
  /** Whether content lies beside the entry that a key still opens. */
  readonly hasContent: boolean;
  /** The id of the key under which it lies who this was: what an erasure's entry names. */
  readonly subjectKey?: string;
  /** The index of the entry that erased who this was; what was said then cannot be read either. */
  readonly erasedBy?: number;
}

/** Whose an entry is, and whether what was said can be read, as far as that may be known now: without the entry itself. */
export interface RecordedBeside {
  readonly principal?: RecordedPrincipal;
  readonly hasContent: boolean;
  /** The index of the entry that erased who this was. */
  readonly erasedBy?: number;
}

export function recordedFinding(direction: Direction, finding: Finding): RecordedFinding {
  const { guardrail, scanner, kind, start, end, confidence } = finding;
  return {
    direction,
    guardrail,
    scanner,
    kind,
    pointer: recordedPointer(finding.pointer),
    start,
    end,
    confidence,
  };
}

/** A place as a dialect names it: a member, an index, a window. */
const NAMED_PLACE = /^(?:[A-Za-z_]{1,40}(?::\d{1,6})?|\d{1,6})$/;

/** A pointer leads through names that clients and providers make up, which may be content: those are left out. */
function recordedPointer(pointer: string): string {
  return pointer
    .split('/')
    .map((token) => (token === '' || NAMED_PLACE.test(token) ? token : '*'))
    .join('/');
}
