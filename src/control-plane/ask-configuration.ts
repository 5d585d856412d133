/** What the configuration room says no with, as refusals of the API. */
import { Refusal, type PartProblem } from '../domain/refusal.ts';
import {
  ConfigurationConflict,
  ConfigurationError,
  formatPath,
} from '../governance/configuration/configuration.ts';

/** @throws Refusal `unacceptable` with each problem in its place; `etag_stale` where another change came between */
export async function askConfiguration<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigurationConflict)
      throw new Refusal('etag_stale', error.message, { cause: error });
    if (error instanceof ConfigurationError)
      throw new Refusal('unacceptable', problemText(error), { problems: problemsOf(error), cause: error });
    throw error;
  }
}

const MAX_PROBLEMS = 100;

function problemsOf({ problems }: ConfigurationError): readonly PartProblem[] {
  return problems.slice(0, MAX_PROBLEMS).map(({ path, message, line, column }) => ({
    in: 'body',
    pointer: path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
    message,
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }));
}

function problemText({ problems }: ConfigurationError): string {
  const [first] = problems;
  if (first === undefined) return 'the configuration cannot be used';
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${first.path.length > 0 ? `${formatPath(first.path)}: ` : ''}${first.message}${more}`;
}
