/** What is wrong with a configuration: every problem at once, each with its place. */

/** Told by a check that has the tree, but not the text it was written in. */
export interface Problem {
  /** Into the tree. */
  readonly path: readonly (string | number)[];
  readonly message: string;
  /** Line and column within the text that stands at `path`, from 1: a policy's own. */
  readonly within?: { readonly line: number; readonly column: number };
}

export interface PlacedProblem {
  /** From 1; absent where the tree did not come from a text. */
  readonly line?: number;
  readonly column?: number;
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export class ConfigurationError extends Error {
  readonly problems: readonly PlacedProblem[];
  constructor(problems: readonly PlacedProblem[]) {
    super(problems.map(formatProblem).join('\n'));
    this.name = 'ConfigurationError';
    this.problems = problems;
  }
}

/** Another change came between; nothing was changed. */
export class ConfigurationConflict extends Error {
  readonly current: number;
  constructor(current: number) {
    super(`the configuration has changed meanwhile: version ${current} is in force; plan again`);
    this.name = 'ConfigurationConflict';
    this.current = current;
  }
}

function formatProblem({ line, column, path, message }: PlacedProblem): string {
  const place = line === undefined ? '' : `line ${line}, column ${column}: `;
  return place + (path.length > 0 ? `${formatPath(path)}: ${message}` : message);
}

/** `models."gpt-4.1".candidates.0`: a name that holds a dot is quoted. */
export function formatPath(path: readonly (string | number)[]): string {
  return path
    .map((part) => (typeof part === 'string' && part.includes('.') ? JSON.stringify(part) : part))
    .join('.');
}

/** Where there is no text to point into, a place within a value is told in words. */
export function withoutPlace({ path, message, within }: Problem): PlacedProblem {
  return {
    path,
    message: within ? `${message} (line ${within.line}, column ${within.column} of this text)` : message,
  };
}
