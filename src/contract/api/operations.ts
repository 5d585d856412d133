/** Everything that the API can do: one line for each resource. */
import { configurationTreeOperations } from './configuration-tree.ts';
import { metaOperations } from './meta.ts';
import { sessionOperations } from './session.ts';

export const OPERATIONS = {
  ...configurationTreeOperations,
  ...metaOperations,
  ...sessionOperations,
};

export type OperationName = keyof typeof OPERATIONS;
export const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];
