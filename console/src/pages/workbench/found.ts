/** Where in what was said something was found, and in words what became of it. */
import type { Highlight } from '../../kit/inert-text.tsx';
import { placesOf } from '../activity/found-places.ts';
import {
  attachmentLabel,
  messageIndexOf,
  type Conversation,
  type OwnInteraction,
  type Turn,
} from './conversation.ts';

type Finding = OwnInteraction['findings'][number];

const DONE: Readonly<Record<string, string>> = {
  flag: 'flagged, sent on unchanged',
  pseudonymize: 'the model saw a stand-in',
  mask: 'masked before it was sent',
  redact: 'taken out before it was sent',
  block: 'not sent',
};
const TONES = { flag: 'warn', block: 'bad' } as const;

function highlightOf({ kind, action, start, end }: Finding, shift: number): Highlight {
  return {
    from: start - shift,
    to: end - shift,
    label: `${kind}: ${DONE[action] ?? action}`,
    tone: action === 'flag' || action === 'block' ? TONES[action] : 'note',
  };
}

function highlightsAt({ own }: Turn, pointer: string, shift: number): readonly Highlight[] {
  return (own?.findings ?? [])
    .filter((finding) => finding.direction === 'request' && finding.pointer === pointer)
    .map((finding) => highlightOf(finding, shift));
}

/** `message` is the turn's own among all that were sent; those before it were shown with their own turns. */
export function highlightsOfSaid(turn: Turn, message: number): readonly Highlight[] {
  return highlightsAt(turn, placeOfSaid(turn, message), 0);
}

function placeOfSaid({ attachments }: Turn, message: number): string {
  return `/messages/${message}/content${attachments.length === 0 ? '' : '/0/text'}`;
}

const placeOfAttachment = (message: number, index: number) =>
  `/messages/${message}/content/${index + 1}/text`;

const shiftOf = ({ attachments }: Turn, index: number) =>
  attachmentLabel(attachments[index]?.name ?? '').length;

export function highlightsOfAttachment(turn: Turn, message: number, index: number): readonly Highlight[] {
  return highlightsAt(turn, placeOfAttachment(message, index), shiftOf(turn, index));
}

/** What the model saw a stand-in for, which is put back where its answer repeats that. */
export interface Hidden {
  readonly kind: string;
  readonly value: string;
}

const LEAST_HIDDEN = 3;

export function hiddenIn(conversation: Conversation, turn: Turn): readonly Hidden[] {
  const { turns } = conversation;
  return turns.slice(0, turns.indexOf(turn) + 1).flatMap((each) => {
    const message = messageIndexOf(conversation, each);
    const texts = [
      { text: each.said, places: hiddenAt(each, placeOfSaid(each, message), 0) },
      ...each.attachments.map(({ text }, index) => ({
        text,
        places: hiddenAt(each, placeOfAttachment(message, index), shiftOf(each, index)),
      })),
    ];
    return texts.flatMap(({ text, places }) =>
      places.map(({ kind, from, to }) => ({ kind, value: text.slice(from, to) })),
    );
  });
}

function hiddenAt({ own }: Turn, pointer: string, shift: number) {
  return (own?.findings ?? [])
    .filter(
      (finding) =>
        finding.direction === 'request' && finding.action === 'pseudonymize' && finding.pointer === pointer,
    )
    .map(({ kind, start, end }) => ({ kind, from: start - shift, to: end - shift }));
}

const ANSWERED: Readonly<Record<string, string>> = {
  flag: 'flagged',
  pseudonymize: 'a stand-in took its place',
  mask: 'masked',
  redact: 'taken out',
  block: 'stopped',
};

/** What was found in the answer, what was put back into it, and marks of what was taken out of what it repeats. */
export function highlightsOfAnswer({ own, answer }: Turn, hidden: readonly Hidden[]): readonly Highlight[] {
  const restored = hidden.flatMap(({ kind, value }) => placesOfValue(answer, kind, value));
  // How long the stand-in was that stood there is not known: what is behind it was moved.
  const until = Math.min(answer.length, ...restored.map(({ from }) => from));
  const found = (own?.findings ?? []).filter(
    ({ direction, pointer }) => direction === 'response' && pointer === 'choice:0',
  );
  const { highlights } = placesOf(answer, found, {
    mayBeOriginal: false,
    until,
    wordOf: ({ kind, action }) => `${kind}: ${ANSWERED[action] ?? action}`,
  });
  const sure = [...highlights, ...restored];
  const others = markersIn(answer).filter(
    ({ from, to }) => !sure.some((each) => each.from < to && each.to > from),
  );
  return [...sure, ...others];
}

function placesOfValue(text: string, kind: string, value: string): readonly Highlight[] {
  const places: Highlight[] = [];
  if (value.trim().length < LEAST_HIDDEN) return places;
  for (let from = text.indexOf(value); from >= 0; from = text.indexOf(value, from + value.length))
    places.push({ from, to: from + value.length, label: `${kind}: ${DONE['pseudonymize']}`, tone: 'note' });
  return places;
}

/** Marks that stand in a text for what was taken out of it. */
function markersIn(text: string): readonly Highlight[] {
  return [...text.matchAll(/\[REDACTED:([A-Z0-9_.-]{1,80})\]/gi)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    label: `${match[1]}: taken out`,
    tone: 'note',
  }));
}

/** `2 × EMAIL_ADDRESS` for each rule that did something. */
export function deedsOf(own: OwnInteraction): readonly {
  readonly key: string;
  readonly direction: 'request' | 'response';
  readonly action: string;
  readonly id: string;
  readonly description: string;
  readonly kinds: string;
}[] {
  return own.guardrails.map(({ id, description, direction, action }) => {
    const counts = new Map<string, number>();
    for (const { guardrail, direction: where, kind } of own.findings)
      if (guardrail === id && where === direction) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    return {
      key: `${direction} ${id}`,
      direction,
      action,
      id,
      description,
      kinds: [...counts].map(([kind, count]) => (count === 1 ? kind : `${count} × ${kind}`)).join(', '),
    };
  });
}
