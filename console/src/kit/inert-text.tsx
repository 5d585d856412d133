/** What a user, a prompt or a model said: shown as it is, unable to do anything, with what hides in it made visible. */
import { Fragment, useState } from 'react';
import { classNames } from './class-names.ts';
import { piecesOf, type Piece } from './visible-marks.ts';

export interface Highlight {
  /** UTF-16 offsets in the text. */
  readonly from: number;
  readonly to: number;
  /** What was found there: read aloud, and shown on hover. */
  readonly label: string;
  readonly tone?: 'warn' | 'bad' | 'note';
}

interface InertTextProps {
  readonly text: string;
  readonly highlights?: readonly Highlight[];
  /** One line in a table: cut at its end. */
  readonly oneLine?: boolean;
  /** More than this is folded, until somebody asks. */
  readonly maxChars?: number;
  readonly className?: string;
}

const TONES = {
  warn: 'bg-warn-soft text-warn decoration-warn',
  bad: 'bg-bad-soft text-bad decoration-bad',
  note: 'bg-note-soft text-note decoration-note',
} as const;

export function InertText(props: InertTextProps) {
  const { text, highlights = [], oneLine = false, maxChars = 4_000, className } = props;
  const [isWhole, setWhole] = useState(false);
  const limit = oneLine ? Math.min(maxChars, 300) : maxChars;
  const isCut = !isWhole && text.length > limit;
  const shown = isCut ? text.slice(0, limit) : text;
  return (
    <span
      // Whatever direction it claims, it stays within its own place.
      dir="auto"
      className={classNames(
        'isolate [unicode-bidi:isolate]',
        // What is read aloud alone is cut with it.
        oneLine ? 'relative block truncate' : 'block break-words whitespace-pre-wrap',
        className,
      )}
    >
      {stretchesOf(shown, highlights).map((stretch) => (
        <Stretch key={stretch.from} stretch={stretch} />
      ))}
      {isCut && '…'}
      {!oneLine && text.length > maxChars && (
        <button
          type="button"
          onClick={() => setWhole(!isWhole)}
          className="ml-2 rounded text-sm text-accent underline"
        >
          {isWhole ? 'Show less' : `Show all ${text.length.toLocaleString()} characters`}
        </button>
      )}
    </span>
  );
}

interface Stretch {
  readonly from: number;
  readonly pieces: readonly Piece[];
  readonly highlights: readonly Highlight[];
}

function Stretch({ stretch: { pieces, highlights } }: { readonly stretch: Stretch }) {
  const content = pieces.map((piece) =>
    piece.mark === undefined ? (
      <Fragment key={piece.from}>{piece.text}</Fragment>
    ) : (
      <span
        key={piece.from}
        title={piece.mark.name}
        className="mx-px rounded-sm border border-warn bg-warn-soft px-0.5 align-baseline font-mono text-[0.75em] text-warn"
      >
        <span className="sr-only">[{piece.mark.name}]</span>
        <span aria-hidden>{piece.mark.short}</span>
      </span>
    ),
  );
  const [first] = highlights;
  if (first === undefined) return content;
  const label = highlights.map((each) => each.label).join(', ');
  return (
    <mark title={label} className={`rounded-sm underline decoration-2 ${TONES[first.tone ?? 'warn']}`}>
      {content}
      <span className="sr-only"> [{label}]</span>
    </mark>
  );
}

/** The text between two edges of highlights has the same highlights throughout. */
function stretchesOf(text: string, highlights: readonly Highlight[]): readonly Stretch[] {
  const within = (offset: number) => Math.max(0, Math.min(text.length, offset));
  const edges = new Set([0, text.length]);
  for (const { from, to } of highlights) edges.add(within(from)).add(within(to));
  const sorted = [...edges].sort((one, other) => one - other);
  return sorted.slice(0, -1).map((from, index) => {
    const to = sorted[index + 1] ?? text.length;
    return {
      from,
      pieces: piecesOf(text.slice(from, to), from),
      highlights: highlights.filter((each) => each.from <= from && each.to >= to && each.to > each.from),
    };
  });
}
