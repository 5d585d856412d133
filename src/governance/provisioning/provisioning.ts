/** What a directory says of people becomes their accounts: made, given roles by their groups, disabled, removed. */
import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { Assignment } from '../../domain/administrator.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createTurns } from './turns.ts';
import type { DirectoryKind, DirectoryStore, StoredDirectoryEntry } from './store.ts';

export type { DirectoryKind };

/** As the directory's protocol says it. */
export type DirectoryContent = Readonly<Record<string, unknown>>;

export interface DirectoryEntry {
  readonly kind: DirectoryKind;
  readonly id: string;
  readonly version: number;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
  readonly content: DirectoryContent;
}

/** An account as it shall be. */
export interface ProvisionedAccount {
  readonly id: string;
  readonly displayName: string;
  readonly isActive: boolean;
  readonly assignments: readonly Assignment[];
}

/** Those who keep the accounts. */
export interface ProvisionedAccounts {
  /**
   * Makes it so, whatever it was; where it is not active, sessions and tokens end at once.
   * @throws Refusal `conflict` where the account is none of the directory's, or is the last owner's
   */
  put(account: ProvisionedAccount, actor: string): Promise<void>;
  /** With all that belongs to it; nothing where there is none. @throws Refusal `conflict` */
  remove(id: string, actor: string): Promise<void>;
}

export interface Provisioning {
  /** @throws Refusal `not_found` */
  find(kind: DirectoryKind, id: string): Promise<DirectoryEntry>;
  /** In the order in which they came. */
  list(kind: DirectoryKind): Promise<readonly DirectoryEntry[]>;
  /** @throws Refusal `conflict` where the name is taken */
  create(kind: DirectoryKind, content: DirectoryContent, actor: string): Promise<DirectoryEntry>;
  /**
   * `change` gets what stands there, and no other change comes between.
   * @throws Refusal `not_found`, `conflict`, and whatever `change` throws
   */
  change(
    kind: DirectoryKind,
    id: string,
    change: (current: DirectoryEntry) => DirectoryContent,
    actor: string,
  ): Promise<DirectoryEntry>;
  /** @throws Refusal `not_found`, `conflict`, and whatever `check` throws */
  remove(
    kind: DirectoryKind,
    id: string,
    check: (current: DirectoryEntry) => void,
    actor: string,
  ): Promise<void>;
  /**
   * Makes every account so again, as the directory and the tree say it. Resolves to how many there are.
   * @throws AggregateError once all the others are so
   */
  reconcile(actor: string): Promise<number>;
}

export interface ProvisioningSettings {
  readonly store: DirectoryStore;
  readonly accounts: ProvisionedAccounts;
  /** The roles that the members of these groups hold, as the tree says at present. */
  readonly rolesOf: (groups: readonly string[]) => readonly Assignment[];
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly clock: Clock;
}

const userFacts = z.object({
  userName: z.string(),
  displayName: z.string().optional(),
  active: z.boolean().default(true),
});
const groupFacts = z.object({
  displayName: z.string(),
  members: z.array(z.object({ value: z.string() })).default([]),
});

export function createProvisioning(settings: ProvisioningSettings): Provisioning {
  const { store, accounts, append, clock } = settings;
  const record = (action: string, { kind, id }: DirectoryEntry, actor: string) =>
    append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action: `directory.${kind}.${action}`,
      subject: id,
    });
  // What one change makes of an account depends on all groups: at this replica, one at a time. Of two replicas at once,
  // the next reconciliation makes good what they did not see of each other.
  const turns = createTurns();
  const list = async (kind: DirectoryKind) => (await store.list(kind)).map(opened);

  async function find(kind: DirectoryKind, id: string): Promise<DirectoryEntry> {
    const found = await store.find(kind, id);
    if (found === undefined) throw new Refusal('not_found', `there is no such ${kind}`);
    return opened(found);
  }

  async function requireFree(kind: DirectoryKind, name: string, id?: string): Promise<void> {
    if ((await store.list(kind)).some((each) => each.name === name && each.id !== id)) throw taken(kind);
  }

  async function settle(users: readonly DirectoryEntry[], groups: readonly DirectoryEntry[], actor: string) {
    for (const user of users) await accounts.put(accountOf(user, groups, settings.rolesOf), actor);
  }

  /** Accounts first: where a change breaks off half-way, the directory sees it fail, and says it again. */
  async function settleFor(entry: DirectoryEntry, before: DirectoryEntry | undefined, actor: string) {
    const groups = await list('group');
    if (entry.kind === 'user') return settle([entry], groups, actor);
    const concerned = new Set([...membersOf(entry), ...(before ? membersOf(before) : [])]);
    const users = (await list('user')).filter(({ id }) => concerned.has(id));
    await settle(users, [...groups.filter(({ id }) => id !== entry.id), entry], actor);
  }

  async function reconcile(actor: string): Promise<number> {
    const [users, groups] = [await list('user'), await list('group')];
    const faults: unknown[] = [];
    // One that cannot be made so keeps no other from it.
    for (const user of users) await settle([user], groups, actor).catch((fault) => faults.push(fault));
    if (faults.length > 0)
      throw new AggregateError(
        faults,
        `${faults.length} of ${users.length} accounts are not as they should be`,
      );
    return users.length;
  }

  return {
    find,
    list,
    create: (kind, content, actor) =>
      turns.take(async () => {
        const atMs = clock.now();
        const id = newId(kind === 'user' ? 'usr' : 'grp', atMs);
        const entry = { kind, id, version: 1, createdAtMs: atMs, modifiedAtMs: atMs, content };
        await requireFree(kind, nameOf(entry));
        await record('create', entry, actor);
        await settleFor(entry, undefined, actor);
        if (!(await store.add(closed(entry)))) throw taken(kind);
        return entry;
      }),
    change: (kind, id, change, actor) =>
      turns.take(async () => {
        const before = await find(kind, id);
        const content = change(before);
        const entry = { ...before, content, version: before.version + 1, modifiedAtMs: clock.now() };
        if (kind === 'user' && nameOf(entry) !== nameOf(before))
          throw new Refusal('unacceptable', 'userName cannot be changed: it is who they are on record');
        await requireFree(kind, nameOf(entry), id);
        await record('change', entry, actor);
        await settleFor(entry, before, actor);
        if (await store.change(closed(entry))) return entry;
        // Best effort: whoever asked is told, and the next reconciliation tells of what is left.
        await reconcile(actor).catch(() => undefined);
        throw new Refusal('etag_stale');
      }),
    remove: (kind, id, check, actor) =>
      turns.take(async () => {
        const before = await find(kind, id);
        check(before);
        await record('remove', before, actor);
        if (kind === 'user') await accounts.remove(userFacts.parse(before.content).userName, actor);
        else await settleFor({ ...before, content: { ...before.content, members: [] } }, before, actor);
        if (await store.remove(kind, id, before.version)) return;
        // Best effort: whoever asked is told, and the next reconciliation tells of what is left.
        await reconcile(actor).catch(() => undefined);
        throw new Refusal('etag_stale');
      }),
    reconcile: (actor) => turns.take(() => reconcile(actor)),
  };
}

function accountOf(
  { id, content }: DirectoryEntry,
  groups: readonly DirectoryEntry[],
  rolesOf: ProvisioningSettings['rolesOf'],
): ProvisionedAccount {
  const { userName, displayName = userName, active } = userFacts.parse(content);
  const own = groups.filter((group) => membersOf(group).includes(id));
  const names = own.map((group) => groupFacts.parse(group.content).displayName);
  return { id: userName, displayName, isActive: active, assignments: rolesOf(names) };
}

/** Ids of users; those that are there no more included. */
export function membersOf({ content }: DirectoryEntry): readonly string[] {
  return groupFacts.parse(content).members.map(({ value }) => value);
}

function nameOf({ kind, content }: Pick<DirectoryEntry, 'kind' | 'content'>): string {
  const name = kind === 'user' ? userFacts.parse(content).userName : groupFacts.parse(content).displayName;
  return name.toLowerCase();
}

function taken(kind: DirectoryKind): Refusal {
  return new Refusal('conflict', `there is a ${kind} of this name already`, {
    pointer: kind === 'user' ? '/userName' : '/displayName',
  });
}

function closed(entry: DirectoryEntry): StoredDirectoryEntry {
  return { ...entry, name: nameOf(entry), content: JSON.stringify(entry.content) };
}

function opened({ content, ...entry }: StoredDirectoryEntry): DirectoryEntry {
  // Written by this room.
  return { ...entry, content: JSON.parse(content) as DirectoryContent };
}
