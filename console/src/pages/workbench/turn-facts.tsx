/** What was done to the words of one turn, by which rule, and where the record has it. */
import { BookCheck } from 'lucide-react';
import { OutcomeBadge } from '../../kit/badge.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { useMay, WHOLE_LOG } from '../../session/session.ts';
import { ObjectDialog } from './object-dialog.tsx';
import type { Turn } from './conversation.ts';
import { deedsOf } from './found.ts';
import { isContestable } from './refusal-words.ts';

export function TurnFacts({ turn }: { readonly turn: Turn }) {
  const maySeeRecords = useMay('interactions.read');
  const maySeeProofs = useMay(WHOLE_LOG);
  const { own, requestId, record, state } = turn;
  if (requestId === undefined || state === 'asking' || state === 'answering') return null;
  // What blocked is in the refusal already.
  const deeds = own === undefined ? [] : deedsOf(own).filter(({ action }) => action !== 'block');
  return (
    <footer className="space-y-1 text-sm text-muted">
      {deeds.length > 0 && (
        <ul aria-label="What the guardrails did" className="space-y-1">
          {deeds.map(({ key, direction, action, id, description, kinds }) => (
            <li key={key} className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
              <OutcomeBadge value={action} />
              <span>
                {direction === 'request' ? 'In your question' : 'In the answer'}
                {kinds !== '' && `: ${kinds}`}
              </span>
              <InertText
                text={description === '' ? `Rule ${id}` : description}
                className="!inline text-text"
                maxChars={300}
              />
            </li>
          ))}
        </ul>
      )}
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <code className="text-xs break-all">{requestId}</code>
        {maySeeRecords && <Link to={`/activity/${encodeURIComponent(requestId)}`}>In the record</Link>}
        {maySeeProofs && record !== undefined && (
          <Link
            to={`/audit?entry=${encodeURIComponent(record.split('/').at(-1) ?? '')}`}
            className="inline-flex items-center gap-1"
          >
            <BookCheck aria-hidden className="size-3.5" />
            Proof
          </Link>
        )}
        {isContestable(turn) && <ObjectDialog turn={turn} />}
      </p>
    </footer>
  );
}
