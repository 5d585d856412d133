/** What was said, as text: code between fences in boxes of its own, marks of what was taken out made visible. Never markup. */
import { CopyButton } from '../../kit/copy-button.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { markersIn } from './found.ts';

interface Block {
  readonly kind: 'text' | 'code';
  readonly language: string;
  readonly text: string;
}

/** A fence that is still open is code already: more of it is on its way. */
function blocksOf(text: string): readonly Block[] {
  return text.split(/^```/m).flatMap((stretch, index): readonly Block[] => {
    if (index % 2 === 0) {
      const shown = stretch.replace(/^\n+|\s+$/g, '');
      return shown === '' ? [] : [{ kind: 'text', language: '', text: shown }];
    }
    const [language = '', ...lines] = stretch.split('\n');
    return [{ kind: 'code', language: language.trim(), text: lines.join('\n').replace(/\n$/, '') }];
  });
}

export function SaidText({ text }: { readonly text: string }) {
  return (
    <div className="space-y-2">
      {blocksOf(text).map((block, index) =>
        block.kind === 'code' ? (
          // Blocks only ever grow at the end.
          <Code key={index} block={block} />
        ) : (
          <InertText key={index} text={block.text} highlights={markersIn(block.text)} maxChars={20_000} />
        ),
      )}
    </div>
  );
}

function Code({ block: { language, text } }: { readonly block: Block }) {
  return (
    <figure className="overflow-hidden rounded-md border border-line bg-sunken">
      <figcaption className="flex items-center justify-between gap-2 border-b border-line py-0.5 pr-1 pl-3 text-sm text-muted">
        <span className="truncate">{language === '' ? 'Code' : language}</span>
        <CopyButton text={text} label="Copy the code" />
      </figcaption>
      <pre tabIndex={0} aria-label="Code" className="overflow-x-auto p-3 font-mono text-sm">
        <InertText text={text} highlights={markersIn(text)} maxChars={20_000} className="!whitespace-pre" />
      </pre>
    </figure>
  );
}
