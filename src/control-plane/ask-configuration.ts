/** What the configuration room says no with, as refusals of the API. */
import { Refusal, type PartProblem } from '../domain/refusal.ts';
import { pointerOf } from './read-ask.ts';
import {
  ConfigurationConflict,
  ConfigurationError,
  formatPath,
} from '../governance/configuration/configuration.ts';

/** Where in the body stands what is at `from` in the tree. */
export interface Relocation {
  readonly from: readonly string[];
  readonly to: readonly string[];
}

const AS_IT_STANDS: Relocation = { from: [], to: [] };

/** @throws Refusal `unacceptable` with each problem in its place; `etag_stale` where another change came between */
export async function askConfiguration<Answer>(
  work: () => Promise<Answer>,
  relocation: Relocation = AS_IT_STANDS,
): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigurationConflict)
      throw new Refusal('etag_stale', error.message, { cause: error });
    if (error instanceof ConfigurationError)
      throw new Refusal('unacceptable', problemText(error), {
        problems: problemsOf(error, relocation),
        cause: error,
      });
    throw error;
  }
}

const MAX_PROBLEMS = 100;

function problemsOf({ problems }: ConfigurationError, relocation: Relocation): readonly PartProblem[] {
  return problems.slice(0, MAX_PROBLEMS).map(({ path, message, line, column }) => ({
    in: 'body',
    pointer: pointerOf(relocated(path, relocation)),
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }));
}

function relocated(
  path: readonly (string | number)[],
  { from, to }: Relocation,
): readonly (string | number)[] {
  return from.every((token, index) => path[index] === token) ? [...to, ...path.slice(from.length)] : path;
}

function problemText({ problems }: ConfigurationError): string {
  const [first] = problems;
  if (first === undefined) return 'the configuration cannot be used';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${first.path.length > 0 ? `${formatPath(first.path)}: ` : ''}${first.message}${more}`;
}
