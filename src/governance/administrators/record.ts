/** Writes down what is done to accounts: names lie beside the log, and the leaf calls an account by its reference. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Assignment } from '../../domain/administrator.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import type { StoredAdministrator } from './store.ts';

export type Append = (entry: AdministrationEntry) => Promise<unknown>;

export interface Act {
  readonly actor: string;
  /** `administrator.invite`, … */
  readonly action: string;
  readonly account: { readonly id: string; readonly reference: string };
  /** What of roles and state was before and is after; never a name. */
  readonly before?: string;
  readonly after?: string;
  readonly changes?: readonly string[];
}

export interface Recorder {
  /** Resolves once it is durable. @throws Refusal `record_unavailable` */
  record(act: Act): Promise<void>;
  /** Records, then does it; where that fails, the record says so. */
  around<T>(act: Act, work: () => Promise<T>): Promise<T>;
}

export function createRecorder(append: Append, clock: Clock): Recorder {
  const record = async ({ actor, action, account, before, after, changes = [] }: Act): Promise<void> => {
    await append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action,
      subject: account.reference,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      changes: [`account ${account.id}`, ...changes],
    });
  };
  return {
    record,
    async around(act, work) {
      await record(act);
      try {
        return await work();
      } catch (error) {
        // The record said what was about to be: it must not stand there as if it had been.
        await record({ ...act, action: `${act.action}.failed` });
        throw error;
      }
    },
  };
}

/** Roles and state of an account as the record says them. */
export function stateOf({ assignments, providerAssignments, disabledAtMs }: StoredAdministrator): string {
  const roles = [...assignments, ...providerAssignments].map(assignmentText).join(' ');
  return `${disabledAtMs === null ? 'enabled' : 'disabled'} ${roles}`.trim();
}

export function assignmentText({ role, scope }: Assignment): string {
  return scope.kind === 'organization' ? role : `${role}@${scope.kind}:${scope.id}`;
}
