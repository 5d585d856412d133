/** What is wrong with policies, each problem with its place: an administrator sees all of them at once. */

export interface PolicyProblem {
  /** Into the declarative tree. */
  readonly path: readonly string[];
  readonly message: string;
  /** Line and column within the policy's own text, from 1. */
  readonly within?: { readonly line: number; readonly column: number };
}

export class PolicyError extends Error {
  readonly problems: readonly PolicyProblem[];
  constructor(problems: readonly PolicyProblem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'PolicyError';
    this.problems = problems;
  }
}

function formatProblem({ path, message, within }: PolicyProblem): string {
  const place = within ? ` (line ${within.line}, column ${within.column})` : '';
  return `${path.join('.')}${place}: ${message}`;
}
