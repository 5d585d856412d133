/** `POST /v1/scan`: a text, or messages, documents and tool results apart, judged by the guardrails in force. */
import { z } from 'zod';
import { isObject, pointerTo, type Json, type JsonObject } from '../../base/json.ts';
import type { Channel, Direction, Role, Segment } from '../../domain/document.ts';
import { Refusal } from '../../domain/refusal.ts';
import { malformed, parseForm } from '../endpoints/wire-form.ts';
import { problemOf } from '../../domain/problem.ts';
import { NO_WISHES } from './asked-guardrails.ts';
import type { Judged, VerdictAsk, VerdictEndpoint } from './verdict-endpoint.ts';

const ROLES = ['system', 'developer', 'user', 'assistant', 'tool'] as const;
const CHANNELS = {
  system: 'instruction',
  developer: 'instruction',
  user: 'user',
  assistant: 'answer',
  tool: 'tool',
} as const;

const piece = z.union([z.string(), z.strictObject({ text: z.string(), id: z.string().max(256).optional() })]);

const form = z.strictObject({
  text: z.string().optional(),
  messages: z
    .array(
      z.strictObject({
        role: z.enum(ROLES),
        content: z.union([
          z.string(),
          z.array(z.strictObject({ type: z.literal('text'), text: z.string() })),
        ]),
      }),
    )
    .optional(),
  documents: z.array(piece).optional(),
  tool_results: z.array(piece).optional(),
  direction: z.enum(['request', 'response']).default('request'),
  model: z.string().max(256).default(''),
  metadata: z.record(z.string().max(50), z.string().max(255)).default({}),
});
type Form = z.output<typeof form>;

const MAX_METADATA = 10;

export const nativeScan: VerdictEndpoint = {
  dialect: 'bartizan.scan',
  operation: 'scan',
  path: '/v1/scan',
  read,
  answer,
  refusal: (refusal, requestId) => ({
    status: refusal.status,
    body: problemOf(refusal, requestId),
    headers: { 'content-type': 'application/problem+json' },
  }),
};

function read(body: JsonObject): VerdictAsk {
  const asked = parseForm(form, body);
  if (Object.keys(asked.metadata).length > MAX_METADATA)
    throw malformed('/metadata', `at most ${MAX_METADATA} pairs`);
  const segments = segmentsOf(asked);
  if (segments.length === 0)
    throw new Refusal(
      'invalid_request',
      'there is no text to judge: text, messages, documents or tool_results',
      {
        pointer: '',
      },
    );
  const { direction, model, metadata } = asked;
  return { document: { direction, segments }, model, application: undefined, wishes: NO_WISHES, metadata };
}

function segmentsOf({
  text,
  messages = [],
  documents = [],
  tool_results = [],
  direction,
}: Form): readonly Segment[] {
  const segments: Segment[] = [];
  const add = (pointer: string, role: Role, channel: Channel, value: string) =>
    segments.push({ pointer, role, channel, text: value, encoding: 'plain', editable: true });
  if (text !== undefined) add('/text', ...placeOf(direction), text);
  for (const [index, { role, content }] of messages.entries()) {
    const pointer = `/messages/${index}/content`;
    if (typeof content === 'string') add(pointer, role, CHANNELS[role], content);
    else
      for (const [part, { text: value }] of content.entries())
        add(`${pointer}/${part}/text`, role, CHANNELS[role], value);
  }
  for (const [list, role, channel] of [
    ['documents', 'user', 'document'],
    ['tool_results', 'tool', 'tool'],
  ] as const) {
    for (const [index, item] of (list === 'documents' ? documents : tool_results).entries()) {
      const pointer = `/${list}/${index}`;
      if (typeof item === 'string') add(pointer, role, channel, item);
      else add(pointerTo(pointer, 'text'), role, channel, item.text);
    }
  }
  return segments;
}

function placeOf(direction: Direction): readonly [Role, Channel] {
  return direction === 'request' ? ['user', 'user'] : ['assistant', 'answer'];
}

function answer({ id, findings, guardrails, verdict, rewritten, timings, snapshot }: Judged): JsonObject {
  const { action, blockedBy, edits } = verdict;
  return {
    id,
    verdict: action,
    ...(blockedBy ? { blocked_by: blockedBy.id, message: blockedBy.message ?? null } : {}),
    findings: findings.map(({ guardrail, scanner, kind, pointer, start, end, confidence }) => ({
      guardrail,
      scanner,
      kind,
      pointer,
      start,
      end,
      confidence,
    })),
    guardrails: verdict.guardrails.map(
      ({ id: guardrail, version, action: taken, findings: count, failedOpen }) => ({
        id: guardrail,
        version,
        scanner: guardrails.find((each) => each.id === guardrail)?.scanner ?? null,
        action: taken,
        findings: count,
        ...(failedOpen ? { failed_open: true } : {}),
      }),
    ),
    ...(edits.length > 0 && !blockedBy ? { rewritten: textsOf(rewritten) } : {}),
    timings_ms: Object.fromEntries(
      [...timings].map(([scanner, ms]) => [scanner, Math.round(ms * 1_000) / 1_000]),
    ),
    snapshot,
  };
}

/** The body's texts, in the form in which they were given. */
function textsOf(body: Json): JsonObject {
  if (!isObject(body)) return {};
  const { text, messages, documents, tool_results } = body;
  return { text, messages, documents, tool_results };
}
