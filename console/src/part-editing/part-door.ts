/** How the parts of one kind are read and changed: all kinds have the same five operations. */
import type { OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import type { OperationName } from '@contract/api/operations.ts';
import { client } from '../api.ts';
import type { Held, PartDoor } from './part-draft.ts';

type Noun =
  | 'Application'
  | 'Group'
  | 'Guardrail'
  | 'Issuer'
  | 'Limit'
  | 'Model'
  | 'Policy'
  | 'Principal'
  | 'Provider';

/** As the API gives it: with all its defaults. */
export type ValueOf<Of extends Noun> = AnswerOf<OperationOf<`get${Of}`>>['value'];

/** `rereads`: what is read again once something has changed. */
export function partDoor<Of extends Noun>(
  noun: Of,
  rereads: readonly OperationName[],
): PartDoor<ValueOf<Of>> {
  // `part` of the contract gives all kinds the same questions and answers.
  const call = client.call as unknown as (name: OperationName, ask: object) => Promise<Held<ValueOf<Of>>>;
  return {
    get: `get${noun}`,
    rereads,
    create: (name, value) => call(`create${noun}`, { body: { name, value } }),
    change: (name, value, ifMatch) => call(`change${noun}`, { path: { name }, body: { value }, ifMatch }),
    remove: (name, ifMatch) => call(`remove${noun}`, { path: { name }, ifMatch }),
  };
}
