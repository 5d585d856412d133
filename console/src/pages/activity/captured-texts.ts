/** The texts in what was captured, each at its place, and where in them something was found. */
import type { Highlight } from '../../kit/inert-text.tsx';
import type { PlacedFinding } from './findings.tsx';

export interface CapturedText {
  readonly direction: 'request' | 'response';
  /** Where it stands: `/messages/0/content`. */
  readonly pointer: string;
  /** Who said it, where the place tells: `user`. */
  readonly role: string | undefined;
  readonly text: string;
}

export interface Captured {
  readonly texts: readonly CapturedText[];
  readonly isTruncated: boolean;
}

/** Names under which no one speaks. */
const SILENT = new Set([
  'id',
  'model',
  'object',
  'type',
  'role',
  'created',
  'finish_reason',
  'stop_reason',
  'system_fingerprint',
  'service_tier',
  'index',
  'modelVersion',
  'responseId',
  'status',
  'item_id',
  'event',
]);
/** Pieces of these names, one after the other, are one text. */
const STREAMED = new Set([
  'content',
  'text',
  'delta',
  'arguments',
  'partial_json',
  'refusal',
  'reasoning_content',
  'thinking',
]);
const MAX_DEPTH = 40;

export function capturedIn(content: unknown): Captured {
  if (!isRecord(content)) return { texts: [], isTruncated: false };
  const request = textsIn('request', content['request']);
  const answer = content['answer'];
  const frames = Array.isArray(answer) ? answer : [];
  return {
    texts: [...request, ...joined(frames)],
    isTruncated: content['truncated'] === true,
  };
}

function textsIn(direction: CapturedText['direction'], value: unknown): CapturedText[] {
  const texts: CapturedText[] = [];
  const visit = (
    each: unknown,
    pointer: string,
    name: string,
    role: string | undefined,
    depth: number,
  ): void => {
    if (depth > MAX_DEPTH) return;
    if (typeof each === 'string') {
      if (!SILENT.has(name) && each !== '') texts.push({ direction, pointer, role, text: each });
    } else if (Array.isArray(each)) {
      for (const [at, item] of each.entries()) visit(item, `${pointer}/${at}`, name, role, depth + 1);
    } else if (isRecord(each)) {
      const speaker = typeof each['role'] === 'string' ? each['role'] : role;
      for (const [key, item] of Object.entries(each))
        visit(item, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`, key, speaker, depth + 1);
    }
  };
  visit(value, '', '', undefined, 0);
  return texts;
}

/** A streamed answer comes in many pieces: those at one place are put together. */
function joined(frames: readonly unknown[]): CapturedText[] {
  const texts = new Map<string, CapturedText>();
  for (const frame of frames) {
    const block = isRecord(frame) && typeof frame['index'] === 'number' ? `#${frame['index']}` : '';
    for (const piece of textsIn('response', frame)) {
      const name = piece.pointer.slice(piece.pointer.lastIndexOf('/') + 1);
      const place = `${piece.pointer}${block}`;
      const before = texts.get(place);
      const isOne = before !== undefined && (STREAMED.has(name) || before.text !== piece.text);
      texts.set(place, isOne ? { ...before, text: before.text + piece.text } : (before ?? piece));
    }
  }
  return [...texts.values()];
}

/** Where findings stand. In a text that was rewritten before it was captured, their stand-ins are marked in place of them. */
export function highlightsIn(
  { text, pointer, direction }: CapturedText,
  findings: readonly PlacedFinding[],
): readonly Highlight[] {
  const here = findings.filter(
    (finding) => finding.direction === direction && isAt(finding.pointer, pointer, direction),
  );
  const standIns = [...new Set(findings.map(({ kind }) => kind))].flatMap((kind) => standInsOf(kind, text));
  if (standIns.length > 0) return standIns;
  return here.flatMap(({ start, end, kind, guardrail }): Highlight[] =>
    end > start && end <= text.length
      ? [{ from: start, to: end, label: `${kind}, ${guardrail}`, tone: 'warn' }]
      : [],
  );
}

/** `*` stands for a name that a client made up. Answers are scanned in windows, whose names are not places of the text. */
function isAt(finding: string, text: string, direction: CapturedText['direction']): boolean {
  if (direction === 'response') return isInWindow(finding, text);
  const [wanted, given] = [finding.split('/'), text.split('/')];
  return wanted.length === given.length && wanted.every((each, at) => each === '*' || each === given[at]);
}

/** `choice:1` is what `/choices/1/message/content` says, whole or in pieces. */
function isInWindow(window: string, text: string): boolean {
  if (!/\/(?:content|text)$/.test(text)) return false;
  const wanted = /^choice:(\d+)$/.exec(window)?.[1];
  const given = /^\/choices\/(\d+)\//.exec(text)?.[1];
  return given === undefined ? wanted === undefined || wanted === '0' : wanted === given;
}

function standInsOf(kind: string, text: string): readonly Highlight[] {
  const name = kind.replace(/[^A-Za-z0-9_]/g, '');
  if (name.length < 3) return [];
  return [...text.matchAll(new RegExp(`[<[]${name}(?:_[A-Za-z0-9]+)?[\\]>]`, 'g'))].map(
    ({ index, 0: found }) => ({
      from: index,
      to: index + found.length,
      label: `stands for ${kind}`,
      tone: 'note',
    }),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
