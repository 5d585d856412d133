/** What was said, as text: code between fences in boxes of its own, marks of what was taken out made visible. Never markup. */
import { CopyButton } from '../../kit/copy-button.tsx';
import { InertText, type Highlight } from '../../kit/inert-text.tsx';

interface Block {
  readonly kind: 'text' | 'code';
  readonly language: string;
  readonly text: string;
  /** Where it begins in what was said. */
  readonly from: number;
}

const FENCE = /^```/m;

/** A fence that is still open is code already: more of it is on its way. */
function blocksOf(text: string): readonly Block[] {
  let next = 0;
  return text.split(FENCE).flatMap((stretch, index): readonly Block[] => {
    const at = next;
    next += stretch.length + 3;
    if (index % 2 === 0) {
      const begun = stretch.replace(/^\n+/, '');
      const shown = begun.replace(/\s+$/, '');
      const from = at + stretch.length - begun.length;
      return shown === '' ? [] : [{ kind: 'text', language: '', text: shown, from }];
    }
    const [language = '', ...lines] = stretch.split('\n');
    const from = at + language.length + 1;
    return [{ kind: 'code', language: language.trim(), text: lines.join('\n').replace(/\n$/, ''), from }];
  });
}

/** Those that touch the block, at their offsets in it. */
function within({ from, text }: Block, highlights: readonly Highlight[]): readonly Highlight[] {
  return highlights.flatMap((each) => {
    const [start, end] = [Math.max(0, each.from - from), Math.min(text.length, each.to - from)];
    return start < end ? [{ ...each, from: start, to: end }] : [];
  });
}

interface SaidTextProps {
  readonly text: string;
  /** At offsets of the text. */
  readonly highlights: readonly Highlight[];
}

export function SaidText({ text, highlights }: SaidTextProps) {
  return (
    <div className="space-y-2">
      {blocksOf(text).map((block, index) =>
        block.kind === 'code' ? (
          // Blocks only ever grow at the end.
          <Code key={index} block={block} highlights={within(block, highlights)} />
        ) : (
          <InertText key={index} text={block.text} highlights={within(block, highlights)} maxChars={20_000} />
        ),
      )}
    </div>
  );
}

interface CodeProps {
  readonly block: Block;
  readonly highlights: readonly Highlight[];
}

function Code({ block: { language, text }, highlights }: CodeProps) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3 text-sm text-muted">
        <span className="truncate">{language === '' ? 'Code' : language}</span>
        <CopyButton text={text} label="Copy the code" />
      </figcaption>
      <pre tabIndex={0} aria-label="Code" className="overflow-x-auto p-3 font-mono text-sm">
        <InertText text={text} highlights={highlights} maxChars={20_000} className="!whitespace-pre" />
      </pre>
    </figure>
  );
}
