/** The texts in what was captured, each at its place, and where in them something was found. */
import type { Highlight } from '../../kit/inert-text.tsx';
import { windowOf } from './answer-windows.ts';
import type { PlacedFinding } from './findings.tsx';
import { placesOf, type FoundPlaces } from './found-places.ts';
import type { Detail } from './interaction-screen.tsx';
import { actionText } from './verdict-words.ts';

export interface CapturedText {
  readonly direction: 'request' | 'response';
  /** Where it stands: `/messages/0/content`. */
  readonly pointer: string;
  /** Who said it, where the place tells: `user`. */
  readonly role: string | undefined;
  readonly text: string;
  /** The name that findings in an answer have for it: `choice:0`. */
  readonly window?: string;
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

/** An answer comes in many pieces: those of one text are put together, as scanners read them. */
function joined(frames: readonly unknown[]): CapturedText[] {
  const texts = new Map<string, CapturedText>();
  for (const frame of frames) {
    const block = isRecord(frame) && typeof frame['index'] === 'number' ? `#${frame['index']}` : '';
    for (const piece of textsIn('response', frame)) {
      const window = isRecord(frame) ? windowOf(piece.pointer, frame, frames.length === 1) : undefined;
      const name = piece.pointer.slice(piece.pointer.lastIndexOf('/') + 1);
      const place = window ?? `${piece.pointer}${block}`;
      const before = texts.get(place);
      const goesOn = window !== undefined || STREAMED.has(name) || before?.text !== piece.text;
      if (before === undefined) texts.set(place, window === undefined ? piece : { ...piece, window });
      else if (goesOn) texts.set(place, { ...before, text: before.text + piece.text });
    }
  }
  return [...texts.values()];
}

/** Where in a captured text something was found, and what stands for something. */
export function foundIn(
  captured: CapturedText,
  { placedFindings, guardrails, events }: Pick<Detail, 'placedFindings' | 'guardrails' | 'events'>,
): FoundPlaces {
  const { text, direction } = captured;
  const found = placedFindings.filter((finding) => isAt(finding, captured));
  const standIns = standInsIn(text, placedFindings);
  // Where they were put back, nothing tells how far that moved the rest.
  const isRestored =
    direction === 'response' && (events['stand_in_restored'] ?? 0) > 0 && standIns.length === 0;
  const actionOf = (finding: PlacedFinding) =>
    guardrails.find(({ id, direction: way }) => id === finding.guardrail && way === direction)?.result ?? '';
  const { highlights, unplaced } = placesOf(
    text,
    found.map((finding) => ({ ...finding, action: actionOf(finding) })),
    {
      mayBeOriginal: direction === 'request' && standIns.length === 0 && !text.includes('[REDACTED:'),
      ...(isRestored ? { until: 0 } : {}),
      wordOf: ({ kind, guardrail, action }) =>
        [kind, guardrail, ...(action === '' ? [] : [actionText(action).toLowerCase()])].join(', '),
    },
  );
  const others = standIns.filter(
    ({ from, to }) => !highlights.some((each) => each.from < to && each.to > from),
  );
  return { highlights: [...highlights, ...others], unplaced };
}

/** `*` stands for a name that a client made up. */
function isAt(finding: PlacedFinding, { direction, pointer, window }: CapturedText): boolean {
  if (finding.direction !== direction) return false;
  if (direction === 'response') return finding.pointer === window;
  const [wanted, given] = [finding.pointer.split('/'), pointer.split('/')];
  return wanted.length === given.length && wanted.every((each, at) => each === '*' || each === given[at]);
}

function standInsIn(text: string, findings: readonly PlacedFinding[]): readonly Highlight[] {
  return [...new Set(findings.map(({ kind }) => kind))].flatMap((kind) => standInsOf(kind, text));
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
