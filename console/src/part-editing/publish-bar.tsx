/** At the foot of a form: whether there is something to publish, and the buttons for it. It stays in sight. */
import { RotateCcw } from 'lucide-react';
import { ApiProblem } from '@contract/api/client.ts';
import { Button } from '../kit/button.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';

interface PublishBarProps {
  readonly isChanged: boolean;
  /** The button that does it: a verb. */
  readonly publish: string;
  readonly onPublish: () => unknown;
  readonly onDiscard?: () => void;
  readonly problem: unknown;
  /** Whether the form shows an error beside its field, by the error's pointer. */
  readonly isShown: (pointer: string) => boolean;
  /** Why it cannot be published at the moment. */
  readonly hindrance?: string | undefined;
  /** Said where nothing is changed. */
  readonly settled: string;
}

export function PublishBar(props: PublishBarProps) {
  const { isChanged, publish, onPublish, onDiscard, problem, hindrance, settled } = props;
  return (
    <div className="sticky bottom-0 z-10 -mx-4 space-y-3 border-t border-line bg-page px-4 py-3 md:-mx-7 md:px-7">
      <ProblemNotice problem={problem} shownElsewhere={pointersOf(problem).filter(props.isShown)} />
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <Button tone="primary" disabled={!isChanged || hindrance !== undefined} onClick={onPublish}>
          {publish}
        </Button>
        {isChanged && onDiscard !== undefined && (
          <Button tone="quiet" icon={<RotateCcw aria-hidden />} onClick={onDiscard}>
            Discard
          </Button>
        )}
        <span role="status" className="text-sm text-muted">
          {hindrance ?? (isChanged ? 'Not published yet.' : settled)}
        </span>
      </div>
    </div>
  );
}

function pointersOf(problem: unknown): readonly string[] {
  return problem instanceof ApiProblem ? (problem.problem.errors ?? []).map(({ pointer }) => pointer) : [];
}
