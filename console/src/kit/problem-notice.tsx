/** A no from the API, said so that something can be done about it. */
import { CircleAlert } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { ApiProblem } from '@contract/api/client.ts';

interface ProblemNoticeProps {
  /** Nothing is shown where nothing is wrong. */
  readonly problem: unknown;
  /** Pointers of errors that are shown beside their fields. */
  readonly shownElsewhere?: readonly string[];
  /** What can be done: buttons. */
  readonly children?: ReactNode;
}

export function ProblemNotice({ problem, shownElsewhere = [], children }: ProblemNoticeProps) {
  const notice = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (problem !== undefined && problem !== null) notice.current?.scrollIntoView({ block: 'nearest' });
  }, [problem]);
  if (problem === undefined || problem === null) return null;
  const all = errorsOf(problem);
  const errors = all.filter(({ pointer }) => !shownElsewhere.includes(pointer));
  // What stands beside its field is not said twice.
  const { title, detail, code } = all.length > 0 && errors.length === 0 ? MARKED_BELOW : wordsOf(problem);
  return (
    <div ref={notice} role="alert" className="flex gap-3 rounded-md bg-bad-soft p-3 text-text">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-bad">{title}</p>
        {detail !== title && <p className="text-sm break-words">{detail}</p>}
        {errors.length > 0 && (
          <ul className="mt-1.5 list-disc space-y-0.5 pl-4 text-sm">
            {errors.map(({ pointer, message, line, column }) => (
              <li key={`${pointer} ${message} ${line}`} className="break-words">
                {pointer !== '' && <code className="mr-1">{pointer}</code>}
                {line !== undefined && `line ${line}${column === undefined ? '' : `, column ${column}`}: `}
                {message}
              </li>
            ))}
          </ul>
        )}
        {code !== undefined && <p className="mt-1 text-xs break-all text-muted">{code}</p>}
        {children !== undefined && <div className="mt-2 flex gap-2">{children}</div>}
      </div>
    </div>
  );
}

const MARKED_BELOW = { title: 'Not yet', detail: 'Look at what is marked below.', code: undefined };

function wordsOf(problem: unknown): { title: string; detail: string; code: string | undefined } {
  if (problem instanceof ApiProblem) {
    const { title, detail, code, instance } = problem.problem;
    return {
      title,
      detail,
      code: instance === undefined ? code : `${code} · ${instance.replace(/^urn:bartizan:request:/, '')}`,
    };
  }
  if (problem instanceof TypeError)
    return {
      title: 'Bartizan could not be reached',
      detail: 'Nothing was changed. Check the connection and try again.',
      code: undefined,
    };
  const detail = problem instanceof Error ? problem.message : String(problem);
  return { title: 'That did not work', detail, code: undefined };
}

type FieldError = NonNullable<ApiProblem['problem']['errors']>[number];

function errorsOf(problem: unknown): readonly FieldError[] {
  return problem instanceof ApiProblem ? (problem.problem.errors ?? []) : [];
}

/** What is wrong with one field of the body, by its JSON pointer: `/name`. */
export function errorAt(problem: unknown, pointer: string): string | undefined {
  const messages = errorsOf(problem)
    .filter((error) => error.in === 'body' && error.pointer === pointer)
    .map(({ message }) => message);
  return messages.length === 0 ? undefined : messages.join('; ');
}
