/** What I have objected to, and what was answered. */
import { MessageSquareWarning } from 'lucide-react';
import { useAskPages } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { ContestBadge, subjectOf } from './contest-facts.tsx';

export function OwnObjections() {
  const contests = useAskPages('listOwnContests');
  if (contests.rows === undefined)
    return contests.error === null ? <Skeleton lines={6} /> : <ProblemNotice problem={contests.error} />;
  if (contests.rows.length === 0)
    return (
      <EmptyState icon={MessageSquareWarning} title="You have not objected to anything">
        Where a rule refuses or rewrites what you say, “Object” is beside it. Somebody else than you looks at
        it, and the answer is here.
      </EmptyState>
    );
  return (
    <>
      <ul aria-label="My objections" className="space-y-3">
        {contests.rows.map((contest) => (
          <li key={contest.id} className="space-y-2 rounded-lg border border-line bg-surface p-4 shadow-card">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <ContestBadge state={contest.state} />
              <span className="font-medium">{subjectOf(contest)}</span>
              <span className="text-sm text-muted">
                <TimeText atMs={contest.atMs} form="relative" />
              </span>
            </div>
            <InertText text={contest.message} maxChars={600} />
            {contest.answer === null ? (
              <p className="text-sm text-muted">Not answered yet.</p>
            ) : (
              <div className="border-l-2 border-accent pl-3">
                <p className="text-sm text-muted">
                  {contest.decidedBy} answered
                  {contest.decidedAtMs !== null && (
                    <>
                      {' '}
                      <TimeText atMs={contest.decidedAtMs} form="relative" />
                    </>
                  )}
                </p>
                <InertText text={contest.answer} />
              </div>
            )}
            <code className="block text-xs break-all text-muted">{contest.interaction}</code>
          </li>
        ))}
      </ul>
      {contests.hasNextPage && (
        <div className="text-center">
          <Button busy={contests.isFetchingNextPage} onClick={() => contests.fetchNextPage()}>
            Load more
          </Button>
        </div>
      )}
    </>
  );
}
