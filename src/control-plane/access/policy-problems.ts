/** What is wrong with one policy's text beside everything else that is configured. */
import type { Configuration } from '../../contract/configuration.ts';
import { policyProblems } from '../../modules/policy/policy.ts';

/** A name that no policy of the tree has: a name of the tree holds no space. */
const DRAFT = 'the draft';

export interface PlacedMessage {
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
}

export function policyProblemsOf(configuration: Configuration, cedar: string): PlacedMessage[] {
  const tree = { ...configuration, policies: { [DRAFT]: { description: '', cedar } } };
  return policyProblems(tree).map(({ message, within }) => ({
    message: message.replaceAll(`policy ${DRAFT}`, 'the policy'),
    line: within?.line ?? null,
    column: within?.column ?? null,
  }));
}
