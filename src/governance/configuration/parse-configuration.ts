/** From `bartizan.yaml` to a configuration, or to all that is wrong with it. */
import type { z } from 'zod';
import { configurationSchema, type Configuration } from '../../contract/configuration.ts';
import { ConfigurationError, withoutPlace, type PlacedProblem, type Problem } from './configuration-error.ts';
import { referenceProblems } from './references.ts';
import { readYaml } from './yaml-source.ts';

/** What only other rooms and plug-ins know to be wrong with a tree. MUST NOT throw. */
export type Validator = (configuration: Configuration) => readonly Problem[];

/** @throws ConfigurationError naming line and column of each problem */
export function parseConfiguration(yamlText: string, validators: readonly Validator[] = []): Configuration {
  const source = readYaml(yamlText);
  return checkConfiguration(source.tree, validators, source.place);
}

/**
 * The same checks for a tree that did not come from a text.
 * @throws ConfigurationError
 */
export function checkConfiguration(
  tree: unknown,
  validators: readonly Validator[],
  place: (problem: Problem, at?: 'key' | 'value') => PlacedProblem = withoutPlace,
): Configuration {
  const parsed = configurationSchema.safeParse(tree);
  if (!parsed.success)
    throw new ConfigurationError(
      inOrder(parsed.error.issues.flatMap((issue) => problemsOf(issue, [], place))),
    );
  const problems = [referenceProblems, ...validators].flatMap((validate) => validate(parsed.data));
  if (problems.length > 0) throw new ConfigurationError(inOrder(problems.map((problem) => place(problem))));
  return parsed.data;
}

function inOrder(problems: readonly PlacedProblem[]): readonly PlacedProblem[] {
  return problems.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

type Issue = z.core.$ZodIssue;

function problemsOf(
  issue: Issue,
  parent: Problem['path'],
  place: (problem: Problem, at?: 'key' | 'value') => PlacedProblem,
): PlacedProblem[] {
  const path = [...parent, ...issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part))];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => place({ path: [...path, key], message: 'unknown key' }, 'key'));
    case 'invalid_key':
      return issue.issues.map(({ message }) => place({ path, message: `not a name: ${message}` }, 'key'));
    case 'invalid_union': {
      // The form that comes closest to what was written is the one that was meant.
      const nearest = issue.errors.toSorted((a, b) => a.length - b.length)[0] ?? [];
      return nearest.length > 0
        ? nearest.flatMap((inner) => problemsOf(inner, path, place))
        : [place({ path, message: issue.message })];
    }
    default:
      return [place({ path, message: issue.message.replace(/^Invalid input: /, '') })];
  }
}
