/** Where in what was said something was found, and in words what became of it. */
import type { Highlight } from '../../kit/inert-text.tsx';
import { attachmentLabel, type OwnInteraction, type Turn } from './conversation.ts';

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
  const pointer = `/messages/${message}/content`;
  return highlightsAt(turn, turn.attachments.length === 0 ? pointer : `${pointer}/0/text`, 0);
}

export function highlightsOfAttachment(turn: Turn, message: number, index: number): readonly Highlight[] {
  const label = attachmentLabel(turn.attachments[index]?.name ?? '');
  return highlightsAt(turn, `/messages/${message}/content/${index + 1}/text`, label.length);
}

/** Marks that stand in a text for what was taken out of it. */
export function markersIn(text: string): readonly Highlight[] {
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
