/** What was said and answered, oldest first; to those who listen, an answer is read once it is whole. */
import { FileText } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { InertText } from '../../kit/inert-text.tsx';
import { Spinner } from '../../kit/spinner.tsx';
import { messageIndexOf, type Conversation, type Turn } from './conversation.ts';
import {
  highlightsOfAnswer,
  highlightsOfAttachment,
  highlightsOfSaid,
  hiddenIn,
  type Hidden,
} from './found.ts';
import { RefusalNotice } from './refusal-notice.tsx';
import { wordsFor } from './refusal-words.ts';
import { SaidText } from './said-text.tsx';
import { TurnFacts } from './turn-facts.tsx';

/** Nearer to the end than this: it is followed. */
const NEAR_PX = 160;

export function TurnList({ conversation }: { readonly conversation: Conversation }) {
  const { turns } = conversation;
  const scroller = useRef<HTMLDivElement>(null);
  const last = turns.at(-1);
  /** Whoever has scrolled back to read is left there. */
  const isFollowing = useRef(true);
  const isAsking = last?.state === 'asking';
  useEffect(() => {
    if (isAsking) isFollowing.current = true;
    if (isFollowing.current) scroller.current?.scrollTo({ top: scroller.current.scrollHeight });
  }, [turns, isAsking]);
  return (
    <>
      <div
        ref={scroller}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isFollowing.current = scrollHeight - scrollTop - clientHeight < NEAR_PX;
        }}
        tabIndex={0}
        role="region"
        aria-label="What was said"
        className="max-h-[calc(100dvh-22rem)] min-h-64 space-y-5 overflow-y-auto p-4 focus-visible:-outline-offset-2"
      >
        {turns.length === 0 && (
          <p className="py-10 text-center text-muted">Nothing was said yet. Write your question below.</p>
        )}
        {turns.map((turn) => (
          <OneTurn
            key={turn.id}
            turn={turn}
            message={messageIndexOf(conversation, turn)}
            hidden={hiddenIn(conversation, turn)}
          />
        ))}
      </div>
      <p role="status" aria-live="polite" className="sr-only">
        {last === undefined ? '' : heard(last)}
      </p>
    </>
  );
}

const HEARD_CHARS = 2_000;

function heard({ state, answer, refused, own }: Turn): string {
  switch (state) {
    case 'asking':
    case 'answering':
      return 'An answer is on its way.';
    case 'answered':
      return `Answer: ${answer.slice(0, HEARD_CHARS)}`;
    case 'stopped':
      return 'The answer was stopped.';
    case 'filtered':
    case 'refused':
    case 'failed':
      return wordsFor(refused?.code ?? own?.refusal ?? 'content_policy_violation').title;
  }
}

interface OneTurnProps {
  readonly turn: Turn;
  readonly message: number;
  /** What the model has not seen, of this turn and of those before it. */
  readonly hidden: readonly Hidden[];
}

function OneTurn({ turn, message, hidden }: OneTurnProps) {
  const { said, attachments, model, answer, state } = turn;
  return (
    <div className="space-y-2">
      <article
        aria-label="You"
        className="ml-auto w-fit max-w-[min(46rem,92%)] rounded-lg bg-accent-soft px-3.5 py-2.5"
      >
        {said !== '' && <InertText text={said} highlights={highlightsOfSaid(turn, message)} />}
        {attachments.map(({ name, text }, index) => (
          <details key={`${name} ${index}`} className="mt-1.5 min-w-0">
            <summary className="flex cursor-pointer items-center gap-1.5 text-sm text-accent">
              <FileText aria-hidden className="size-4 shrink-0" />
              <span className="truncate">{name}</span>
            </summary>
            <div className="mt-1 max-h-60 overflow-auto rounded border border-line bg-surface p-2 font-mono text-sm">
              <InertText text={text} highlights={highlightsOfAttachment(turn, message, index)} />
            </div>
          </details>
        ))}
      </article>
      <article aria-label={`Answer of ${model}`} className="max-w-[min(52rem,100%)] space-y-2">
        {answer !== '' && <SaidText text={answer} highlights={highlightsOfAnswer(turn, hidden)} />}
        {(state === 'asking' || state === 'answering') && (
          <p className="flex items-center gap-2 text-sm text-muted">
            <Spinner /> {state === 'asking' ? 'Looked at, and asked…' : 'Answering…'}
          </p>
        )}
        {state === 'stopped' && <p className="text-sm text-muted">You stopped it here.</p>}
        {(state === 'refused' || state === 'filtered' || state === 'failed') && <RefusalNotice turn={turn} />}
        <TurnFacts turn={turn} />
      </article>
    </div>
  );
}
