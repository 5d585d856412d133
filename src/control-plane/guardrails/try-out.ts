/** What a draft does with texts: seen by its scanner, judged and edited by the rooms that do so on live traffic. */
import type { z } from 'zod';
import type { triedSchema } from '../../contract/api/guardrails.ts';
import type { Channel, Direction, Document, Role } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Policy } from '../../modules/policy/policy.ts';
import type { Privacy } from '../../modules/privacy/privacy.ts';
import type { Scanning, ScanReport } from '../../modules/scanning/scanning.ts';
import { objectOf, type JsonObject } from '../../base/json.ts';
import type { Draft } from './draft.ts';

export type Tried = z.input<typeof triedSchema>;

/** Why a scanner found what it found, by span: for those that can say. */
export type Explain = (
  scanner: string,
  text: string,
  channel: Channel,
) => readonly { readonly start: number; readonly end: number; readonly explanation: string }[];

export interface TryOutRooms {
  readonly policy: Policy;
  readonly privacy: Privacy;
  readonly scanning: Scanning;
  readonly explain: Explain;
}

interface Place {
  readonly text: string;
  readonly direction: Direction;
  readonly channel: Channel;
}

const ROLES: Readonly<Record<Channel, Role>> = {
  instruction: 'system',
  user: 'user',
  document: 'user',
  tool: 'tool',
  answer: 'assistant',
};
const POINTER = '/text';

export async function tryOut(rooms: TryOutRooms, draft: Draft, place: Place): Promise<Tried> {
  const { guardrail, eager } = draft;
  const document = documentOf(place);
  const startedMs = performance.now();
  const { findings, failures } = await rooms.scanning.variant([eager]).scan(document, [eager]);
  const milliseconds = Math.round((performance.now() - startedMs) * 1_000) / 1_000;
  const own = findings.map((finding) => ({ ...finding, guardrail: guardrail.id }));
  const judged = judge(rooms, draft, document, { findings: own, failures });
  const explanations = rooms.explain(guardrail.scanner, place.text, place.channel);
  return {
    ...judged,
    findings: own.map((finding) => ({
      kind: finding.kind,
      start: finding.start,
      end: finding.end,
      confidence: finding.confidence,
      counts: counts(draft, finding, place),
      explanation: explanations.find((each) => overlaps(each, finding))?.explanation ?? null,
    })),
    milliseconds,
  };
}

/** A failed scanner is told, not thrown: that is what the form wants to know. */
function judge(
  { policy, privacy }: TryOutRooms,
  { guardrail }: Draft,
  document: Document,
  { findings, failures }: ScanReport,
): Pick<Tried, 'action' | 'text' | 'failure'> {
  const own = failures.map((failure) => ({ ...failure, guardrail }));
  try {
    const verdict = policy.judge([guardrail], document, findings, own);
    const body: JsonObject = { text: document.segments[0]?.text ?? '' };
    const { prompt } = privacy.clear(body, Buffer.alloc(0), document, verdict, 'the test bench');
    const { text } = objectOf(prompt.body);
    return {
      action: verdict.action,
      text: verdict.action === 'block' || typeof text !== 'string' ? null : text,
      failure:
        own.length > 0 ? 'the scanner failed, and the guardrail lets the text pass (on_error: allow)' : null,
    };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { action: 'block', text: null, failure: error.message };
  }
}

function documentOf({ text, direction, channel }: Place): Document {
  return {
    direction,
    segments: [{ pointer: POINTER, role: ROLES[channel], channel, text, encoding: 'plain', editable: true }],
  };
}

function counts({ guardrail }: Draft, { confidence, kind }: Finding, { channel, direction }: Place): boolean {
  const { minConfidence, kinds, channels, directions } = guardrail;
  return (
    confidence >= minConfidence &&
    (kinds.length === 0 || kinds.includes(kind)) &&
    (channels.length === 0 || channels.includes(channel)) &&
    directions.includes(direction)
  );
}

function overlaps(
  one: { readonly start: number; readonly end: number },
  other: { readonly start: number; readonly end: number },
): boolean {
  return one.start < other.end && other.start < one.end;
}
