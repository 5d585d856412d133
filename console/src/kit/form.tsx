/** Fields that are sent together: while they are on their way nothing is sent twice, and what was typed stays whatever comes back. */
import { useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface FormProps {
  readonly children: ReactNode;
  /** The button that sends it: a verb. */
  readonly submit: string;
  /** What it throws is shown above the fields. */
  readonly onSubmit: () => unknown;
  /** Beside the button. */
  readonly actions?: ReactNode;
  readonly disabled?: boolean;
  /** The button is as wide as the form. */
  readonly isWide?: boolean;
  /** Pointers of errors that are shown beside their fields: see `errorAt`. */
  readonly shownElsewhere?: readonly string[];
  /** Told what went wrong, for `errorAt`. */
  readonly onProblem?: (problem: unknown) => void;
}

export function Form(props: FormProps) {
  const { children, submit, onSubmit, actions, disabled = false, isWide = false, onProblem } = props;
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>();

  async function send(): Promise<void> {
    setBusy(true);
    try {
      await onSubmit();
      setProblem(undefined);
      onProblem?.(undefined);
    } catch (error) {
      setProblem(error);
      onProblem?.(error);
    }
    setBusy(false);
  }

  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isBusy) void send();
      }}
    >
      <ProblemNotice problem={problem} shownElsewhere={props.shownElsewhere ?? []} />
      {children}
      <div className="flex flex-wrap gap-2">
        <Button
          type="submit"
          tone="primary"
          busy={isBusy}
          disabled={disabled}
          className={isWide ? 'w-full' : ''}
        >
          {submit}
        </Button>
        {actions}
      </div>
    </form>
  );
}
