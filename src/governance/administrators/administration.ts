/** What owners do to the accounts of others: invite, give roles, lock out, remove. The last owner stays. */
import type { Assignment, SignedIn } from '../../domain/administrator.ts';
import { Refusal } from '../../domain/refusal.ts';
import { LOCAL, newAccount, settled, statusOf, type AccountStatus } from './account.ts';
import type { Links, NewLink } from './links.ts';
import type { Means } from './means.ts';
import { assignmentText, stateOf } from './record.ts';
import type { StoredAdministrator } from './store.ts';

export interface ShownAdministrator {
  readonly account: StoredAdministrator;
  readonly status: AccountStatus;
  readonly passkeys: number;
}

export interface AdministratorFilter {
  readonly after?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
  readonly status?: AccountStatus | undefined;
  readonly role?: string | undefined;
}

/** Who acts: somebody who signed in, or the operating-system account at the command line, which may do everything. */
export type By = SignedIn | string;

export interface AccountChange {
  readonly displayName?: string | undefined;
  readonly assignments?: readonly Assignment[] | undefined;
  readonly disabled?: boolean | undefined;
}

/** Throws where what is there is not what the change was made for. */
type Expect = (current: StoredAdministrator) => void;

export interface Administration {
  list(
    filter: AdministratorFilter,
  ): Promise<{ readonly items: readonly ShownAdministrator[]; readonly next: string | null }>;
  /** @throws Refusal `not_found` */
  get(id: string): Promise<ShownAdministrator>;
  /** @throws Refusal `conflict` where there is such an account */
  invite(
    by: By,
    wish: { readonly id: string; readonly displayName: string; readonly assignments: readonly Assignment[] },
  ): Promise<{ readonly shown: ShownAdministrator; readonly link: NewLink }>;
  /** `anySource`: a password even for those who sign in elsewhere. @throws Refusal `conflict` */
  renewLink(by: By, id: string, options?: { readonly anySource?: boolean }): Promise<NewLink>;
  /** @throws Refusal `conflict` where the last owner would be none any more */
  update(by: By, id: string, change: AccountChange, expect?: Expect): Promise<ShownAdministrator>;
  resetFactors(by: By, id: string): Promise<void>;
  endSessions(by: By, id: string): Promise<number>;
  remove(by: By, id: string, expect?: Expect): Promise<void>;
}

export interface AdministrationMeans extends Means {
  readonly links: Links;
  /** What is wrong with giving this to somebody; undefined: nothing. */
  readonly problemOf: (assignment: Assignment) => string | undefined;
}

const actorOf = (by: By) => (typeof by === 'string' ? by : by.administrator.id);

export function createAdministration(means: AdministrationMeans): Administration {
  return { ...looking(means), ...inviting(means), ...changing(means) };
}

function looking(means: AdministrationMeans): Pick<Administration, 'list' | 'get'> {
  return {
    list: (filter) => listAccounts(means, filter),
    get: async (id) => shownOf(means, await means.accounts.get(id)),
  };
}

function inviting(means: AdministrationMeans): Pick<Administration, 'invite' | 'renewLink'> {
  const { accounts, recorder, links } = means;
  return {
    async invite(by, { id, displayName, assignments }) {
      requireAssignable(means, assignments);
      const account = newAccount(id, { displayName, assignments, nowMs: means.clock.now() });
      requireMayTouch(by, account, account);
      if (await accounts.find(id)) throw new Refusal('conflict', 'there is such an administrator already');
      const act = { actor: actorOf(by), action: 'administrator.invite', account, after: stateOf(account) };
      await recorder.around(act, () =>
        accounts.edit(id, (current) => {
          if (current) throw new Refusal('conflict', 'there is such an administrator already');
          return account;
        }),
      );
      return { shown: await shownOf(means, account), link: await links.invite(account) };
    },
    async renewLink(by, id, { anySource = false } = {}) {
      const account = await accounts.get(id);
      requireMayTouch(by, account, account);
      if (account.source !== LOCAL && !anySource)
        throw new Refusal('conflict', `this account signs in at ${account.source}: it has no password here`);
      if (account.disabledAtMs !== null) throw new Refusal('conflict', 'this account is disabled');
      await recorder.record({ actor: actorOf(by), action: 'administrator.link', account });
      return links.invite(account);
    },
  };
}

type Changing = Pick<Administration, 'update' | 'resetFactors' | 'endSessions' | 'remove'>;

function changing(means: AdministrationMeans): Changing {
  const { accounts, recorder, sessions, store } = means;
  return {
    update: async (by, id, change, expect = () => {}) =>
      shownOf(means, await applyChange(means, { by, id, change, expect })),
    async resetFactors(by, id) {
      const account = await accounts.get(id);
      requireMayTouch(by, account, account);
      const act = { actor: actorOf(by), action: 'administrator.reset_factors', account };
      await recorder.around(act, async () => {
        await accounts.change(id, (current) => ({ ...current, totp: null }));
        await store.factors.clear(account.id);
      });
      await sessions.endAll(account.id);
    },
    async endSessions(by, id) {
      const account = await accounts.get(id);
      requireMayTouch(by, account, account);
      await recorder.record({ actor: actorOf(by), action: 'administrator.end_sessions', account });
      return sessions.endAll(account.id);
    },
    async remove(by, id, expect = () => {}) {
      const account = await accounts.get(id);
      expect(account);
      requireMayTouch(by, account, account);
      const act = { actor: actorOf(by), action: 'administrator.remove', account, before: stateOf(account) };
      await recorder.around(act, () =>
        accounts.edit(id, (current) => {
          if (!current) throw new Refusal('not_found', 'there is no such administrator');
          expect(current);
          requireMayTouch(by, current, current);
          return null;
        }),
      );
      await sessions.endAll(account.id);
    },
  };
}

interface Order {
  readonly by: By;
  readonly id: string;
  readonly change: AccountChange;
  readonly expect: Expect;
}

/** Records, changes where nothing comes between, and ends what the account may not go on with. */
async function applyChange(
  means: AdministrationMeans,
  { by, id, change, expect }: Order,
): Promise<StoredAdministrator> {
  const { accounts, recorder } = means;
  const next = (current: StoredAdministrator): StoredAdministrator => {
    expect(current);
    const made = settled(changed(means, current, change));
    requireMayTouch(by, current, made);
    return made;
  };
  const before = await accounts.get(id);
  const after = next(before);
  const isRenamed = before.displayName !== after.displayName;
  const act = {
    actor: actorOf(by),
    action: 'administrator.update',
    account: before,
    before: stateOf(before),
    after: stateOf(after),
    changes: isRenamed ? [`display name ${before.displayName} → ${after.displayName}`] : [],
  };
  const made = await recorder.around(act, () => accounts.change(id, next));
  if (stateOf(before) !== stateOf(made)) await endAfterChange(means, by, made);
  return made;
}

function changed(
  means: AdministrationMeans,
  current: StoredAdministrator,
  { displayName, assignments, disabled }: AccountChange,
): StoredAdministrator {
  if (assignments) requireAssignable(means, assignments);
  const disabledAtMs = disabled === false ? null : (current.disabledAtMs ?? means.clock.now());
  return {
    ...current,
    ...(displayName === undefined ? {} : { displayName }),
    ...(assignments === undefined ? {} : { assignments }),
    ...(disabled === undefined ? {} : { disabledAtMs }),
  };
}

/** @throws Refusal `unacceptable` with each assignment that cannot be given */
function requireAssignable({ problemOf }: AdministrationMeans, assignments: readonly Assignment[]): void {
  const texts = assignments.map(assignmentText);
  const problems = assignments.flatMap((assignment, at) => {
    const isTwice = texts.indexOf(texts[at] ?? '') !== at;
    const message = isTwice ? 'stands here twice' : problemOf(assignment);
    return message === undefined ? [] : [{ in: 'body' as const, pointer: `/assignments/${at}`, message }];
  });
  const [first] = problems;
  if (first) throw new Refusal('unacceptable', `body at ${first.pointer}: ${first.message}`, { problems });
}

/**
 * Whoever names administrators and is no owner makes no owner, and does nothing to one: or they would be one themselves.
 * @throws Refusal `permission_denied`
 */
function requireMayTouch(by: By, before: StoredAdministrator, after: StoredAdministrator): void {
  if (typeof by === 'string' || by.administrator.assignments.some(isOwnerRole)) return;
  if (
    [before, after].some((account) =>
      [...account.assignments, ...account.providerAssignments].some(isOwnerRole),
    )
  )
    throw new Refusal('permission_denied', 'owners are looked after by owners alone');
}

function isOwnerRole({ role, scope }: Assignment): boolean {
  return role === 'owner' && scope.kind === 'organization';
}

/** Others sign in again under what holds now; whoever did it to themselves goes on, under a new cookie. */
async function endAfterChange({ sessions }: Means, by: By, { id }: StoredAdministrator): Promise<void> {
  const isOwn = typeof by !== 'string' && by.administrator.id === id;
  await sessions.endAll(id, isOwn ? by.credentialId : undefined);
}

async function shownOf({ store }: Means, account: StoredAdministrator): Promise<ShownAdministrator> {
  const passkeys = (await store.factors.passkeys(account.id)).length;
  return { account, status: statusOf(account), passkeys };
}

const STEP = 200;

async function listAccounts(
  means: Means,
  { after, limit, search = '', status, role }: AdministratorFilter,
): ReturnType<Administration['list']> {
  const wanted = search.toLowerCase();
  const fits = (account: StoredAdministrator) =>
    `${account.id}\n${account.displayName}`.toLowerCase().includes(wanted) &&
    (status === undefined || statusOf(account) === status) &&
    (role === undefined ||
      [...account.assignments, ...account.providerAssignments].some((each) => each.role === role));
  const found: StoredAdministrator[] = [];
  let from = after;
  for (;;) {
    const page = await means.store.accounts.list({
      limit: STEP,
      ...(from === undefined ? {} : { after: from }),
    });
    found.push(...page.filter(fits));
    from = page.at(-1)?.id;
    if (found.length > limit || page.length < STEP) break;
  }
  const items = found.slice(0, limit);
  return {
    items: await Promise.all(items.map((account) => shownOf(means, account))),
    next: found.length > limit ? (items.at(-1)?.id ?? null) : null,
  };
}
