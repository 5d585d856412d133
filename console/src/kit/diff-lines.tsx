/** The lines of a comparison: numbered, marked with plus and minus, what lies far from a change left out. */
import { Chunk } from '@codemirror/merge';
import { Text } from '@codemirror/state';
import type { DiffProps } from './diff.tsx';
import { InertText } from './inert-text.tsx';

interface Line {
  readonly kind: 'same' | 'removed' | 'added' | 'left out';
  readonly before?: number;
  readonly after?: number;
  readonly text: string;
}

const LOOK = {
  same: { sign: ' ', name: '', className: '' },
  removed: { sign: '−', name: 'removed: ', className: 'bg-bad-soft' },
  added: { sign: '+', name: 'added: ', className: 'bg-good-soft' },
  'left out': { sign: '', name: '', className: 'bg-sunken text-muted' },
} as const;

const DIFF_MS = 500;

export function DiffLines({ before, after, label, context = 3 }: DiffProps) {
  const lines = linesOf(before, after, context);
  if (lines.length === 0) return <p className="text-muted">Nothing differs.</p>;
  return (
    <div
      role="region"
      aria-label={label}
      tabIndex={0}
      className="max-h-[36rem] overflow-auto rounded-md border border-line font-mono text-sm"
    >
      <table className="w-full border-collapse">
        <tbody>
          {lines.map((line, index) => (
            // A line has no name but its place.
            <tr key={index} className={LOOK[line.kind].className}>
              <td className="w-0 px-2 text-right text-muted select-none">{line.before}</td>
              <td className="w-0 px-2 text-right text-muted select-none">{line.after}</td>
              <td className="w-0 pr-1 select-none" aria-hidden>
                {LOOK[line.kind].sign}
              </td>
              <td className="pr-3">
                {LOOK[line.kind].name !== '' && <span className="sr-only">{LOOK[line.kind].name}</span>}
                <InertText text={line.text === '' ? ' ' : line.text} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function linesOf(before: string, after: string, context: number): readonly Line[] {
  const a = Text.of(before.split('\n'));
  const b = Text.of(after.split('\n'));
  const lines: Line[] = [];
  let atA = 1;
  let atB = 1;
  for (const chunk of Chunk.build(a, b, { timeout: DIFF_MS })) {
    const removed = linesIn(a, chunk.fromA, chunk.endA, chunk.toA);
    const added = linesIn(b, chunk.fromB, chunk.endB, chunk.toB);
    const same = lineNumberAt(a, chunk.fromA) - atA;
    lines.push(
      ...unchanged(a, { atA, atB, count: same, context, isFirst: lines.length === 0, isLast: false }),
    );
    atA += same;
    atB += same;
    for (const text of removed) lines.push({ kind: 'removed', before: atA++, text });
    for (const text of added) lines.push({ kind: 'added', after: atB++, text });
  }
  if (lines.length === 0) return [];
  const rest = a.lines - atA + 1;
  lines.push(...unchanged(a, { atA, atB, count: rest, context, isFirst: false, isLast: true }));
  return lines;
}

function lineNumberAt(text: Text, offset: number): number {
  return offset > text.length ? text.lines + 1 : text.lineAt(offset).number;
}

function linesIn(text: Text, from: number, end: number, to: number): readonly string[] {
  return to <= from ? [] : text.sliceString(from, end).split('\n');
}

interface Unchanged {
  readonly atA: number;
  readonly atB: number;
  readonly count: number;
  readonly context: number;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

function unchanged(text: Text, { atA, atB, count, context, isFirst, isLast }: Unchanged): readonly Line[] {
  const head = isFirst ? 0 : Math.min(context, count);
  const tail = isLast ? 0 : Math.min(context, count - head);
  const leftOut = count - head - tail;
  const line = (index: number): Line => ({
    kind: 'same',
    before: atA + index,
    after: atB + index,
    text: text.line(atA + index).text,
  });
  const words = `${leftOut} ${leftOut === 1 ? 'line' : 'lines'} as before`;
  return [
    ...Array.from({ length: head }, (_, index) => line(index)),
    ...(leftOut > 0 ? [{ kind: 'left out', text: words } as const] : []),
    ...Array.from({ length: tail }, (_, index) => line(count - tail + index)),
  ];
}
