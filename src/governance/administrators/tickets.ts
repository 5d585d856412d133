/** What is good once and for a while: links, and the steps that a sign-in waits for. */
import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { StoredTicket, TicketStore } from './store.ts';
import { hashOf, newToken } from './token.ts';

export interface TicketKind<Data> {
  readonly kind: string;
  readonly data: z.ZodType<Data>;
  readonly livesMs: number;
}

export interface Ticket<Data> {
  readonly administrator: string;
  readonly data: Data;
  readonly expiresAtMs: number;
  /** Whether it was there still; now it is used up. */
  take(): Promise<boolean>;
  /** Counts a failed use, and resolves to how many there were. */
  fail(): Promise<number>;
}

export interface Tickets {
  issue<Data>(
    kind: TicketKind<Data>,
    administrator: string,
    data: Data,
  ): Promise<{ readonly token: string; readonly expiresAtMs: number }>;
  /** Undefined for what is none, of another kind, over, or used up. */
  find<Data>(kind: TicketKind<Data>, token: string): Promise<Ticket<Data> | undefined>;
  void(kind: TicketKind<unknown>, administrator: string): Promise<void>;
}

export function createTickets(store: TicketStore, clock: Clock): Tickets {
  return {
    async issue({ kind, livesMs }, administrator, data) {
      const token = newToken();
      const expiresAtMs = clock.now() + livesMs;
      await store.add({ hash: hashOf(token), kind, administrator, data: JSON.stringify(data), expiresAtMs });
      return { token, expiresAtMs };
    },
    async find(kind, token) {
      const hash = hashOf(token);
      const stored = await store.find(hash);
      if (stored?.hash !== hash || stored.kind !== kind.kind || !(clock.now() < stored.expiresAtMs))
        return undefined;
      return opened(kind, stored, store);
    },
    void: ({ kind }, administrator) => store.void(kind, administrator),
  };
}

function opened<Data>(
  { data }: TicketKind<Data>,
  { hash, administrator, data: text, expiresAtMs }: StoredTicket,
  store: TicketStore,
): Ticket<Data> {
  return {
    administrator,
    data: data.parse(JSON.parse(text)),
    expiresAtMs,
    take: async () => (await store.take(hash)) === true,
    fail: () => store.fail(hash),
  };
}
