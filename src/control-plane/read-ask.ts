/** Parses what a request brings by the operation's schemas, and says everything that is wrong with it at once. */
import type { z } from 'zod';
import type { Operation } from '../contract/api/operation.ts';
import { Refusal, type PartProblem } from '../domain/refusal.ts';

export interface Brought {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

export interface ParsedAsk {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

const MAX_PROBLEMS = 50;

/** @throws Refusal `invalid_request` with a problem for each part that is wrong */
export function readAsk(operation: Operation, brought: Brought): ParsedAsk {
  const problems: PartProblem[] = [];
  const parsed = {
    path: part('path', operation.parameters, brought.path, problems),
    query: part('query', operation.query, brought.query, problems),
    body: part('body', operation.body, brought.body, problems),
  };
  if (problems.length > 0) throw new Refusal('invalid_request', problemText(problems), { problems });
  return parsed;
}

function part(
  place: PartProblem['in'],
  schema: z.ZodType | undefined,
  value: unknown,
  problems: PartProblem[],
): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  for (const { path, message } of result.error.issues.slice(0, MAX_PROBLEMS))
    problems.push({ in: place, pointer: pointerOf(path), message });
  return undefined;
}

export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((token) => `/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function problemText(problems: readonly PartProblem[]): string {
  const [first] = problems;
  if (first === undefined) return 'the request does not have the right form';
  const place = `${first.in}${first.pointer === '' ? '' : ` at ${first.pointer}`}`;
  const more = problems.length > 1 ? ` (and ${problems.length - 1} more)` : '';
  return `${place}: ${first.message}${more}`;
}
