/** What stands in place of a thing that could not be read: that it is not there is no fault, and all else is a problem. */
import { MapPinOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { EmptyState } from './empty-state.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface UnreadProps {
  readonly problem: unknown;
  /** What can be done about a problem: buttons. */
  readonly children?: ReactNode;
}

export function Unread({ problem, children }: UnreadProps) {
  if (problem instanceof ApiProblem && problem.problem.code === 'not_found')
    return (
      <EmptyState icon={MapPinOff} title="It is not here">
        There is none of this name, it was removed, or your roles do not reach it.
      </EmptyState>
    );
  return <ProblemNotice problem={problem}>{children}</ProblemNotice>;
}
