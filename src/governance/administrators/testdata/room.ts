/** The room over stores in memory, with a clock to turn, cheap passwords, and a first owner. */
import { randomBytes } from 'node:crypto';
import { createMemoryAdministratorStore } from '../../../adapters/memory/memory-administrator-store.ts';
import type { AdministrationEntry } from '../../../domain/record.ts';
import type { SignedIn } from '../../../domain/administrator.ts';
import { createAdministrators, type Administrators, type SignInSettings, type Visitor } from '../administrators.ts';
import type { SignInStep } from '../sign-in.ts';
import type { AdministratorStore } from '../store.ts';

export const OWNER = { id: 'ada@example.com', password: 'nine blue lanterns' } as const;
export const ORIGIN = 'https://console.example.com';
export const VISITOR: Visitor = { address: '192.0.2.1', userAgent: 'test', device: undefined, origin: ORIGIN };
export const MINUTE_MS = 60_000;

export interface Room {
  readonly administrators: Administrators;
  readonly store: AdministratorStore;
  readonly clock: { ms: number };
  readonly settings: { -readonly [Key in keyof SignInSettings]: SignInSettings[Key] };
  readonly entries: AdministrationEntry[];
  readonly faults: unknown[];
  /** The record cannot be written while this is true. */
  readonly record: { fails: boolean };
}

export function openRoom(wrap: (store: AdministratorStore) => AdministratorStore = (store) => store): Room {
  const store = createMemoryAdministratorStore();
  const clock = { ms: 1_780_000_000_000 };
  const settings = {
    organization: 'Example',
    publicOrigin: undefined,
    idleMs: 30 * MINUTE_MS,
    absoluteMs: 12 * 60 * MINUTE_MS,
    password: true,
    passkey: true,
    providers: new Map(),
  };
  const entries: AdministrationEntry[] = [];
  const faults: unknown[] = [];
  const record = { fails: false };
  const administrators = createAdministrators({
    store: wrap(store),
    append: async (entry) => {
      if (record.fails) throw new Error('the record cannot be written');
      entries.push(entry);
    },
    clock: { now: () => clock.ms },
    settings: () => settings,
    key: randomBytes(32),
    problemOf: ({ role }) => (role === 'nonsense' ? 'there is no such role' : undefined),
    backChannel: () => Promise.reject(new Error('nobody is asked here')),
    onFault: (error) => faults.push(error),
    passwordCost: { memory: 1_024, passes: 1 },
  });
  return { administrators, store, clock, settings, entries, faults, record };
}

/** Makes the owner by the first link. */
export async function withOwner(room: Room): Promise<Arrived> {
  const { token } = (await room.administrators.links.first()) ?? { token: '' };
  const step = await room.administrators.links.accept(
    { token, id: OWNER.id, displayName: 'Ada', password: OWNER.password },
    VISITOR,
  );
  return arrive(room, step);
}

export interface Arrived {
  readonly cookie: string;
  readonly device: string;
  readonly signedIn: SignedIn;
}

export async function signIn(room: Room, visitor: Visitor = VISITOR): Promise<Arrived> {
  return arrive(room, await room.administrators.signIn.withPassword(OWNER, visitor));
}

export async function arrive({ administrators }: Room, step: SignInStep): Promise<Arrived> {
  if (step.kind !== 'signed-in') throw new Error('this is only half way');
  const { cookie, device } = step;
  return { cookie, device, signedIn: await administrators.authenticate({ cookie, bearer: undefined }) };
}
