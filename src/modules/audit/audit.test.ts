import { describe, expect, test, vi } from 'vitest';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import type { InteractionEntry, Outcome } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createAudit } from './audit.ts';
import type { AuditStore } from './store.ts';

const clock = { now: () => 5_000 };

function interaction(id: string, outcome: Outcome = 'answered'): InteractionEntry {
  return {
    kind: 'interaction',
    id,
    at: 1_000,
    snapshot: 's1',
    endpoint: 'openai.chat',
    stream: false,
    application: 'app',
    policies: [],
    guardrails: [],
    quiet: {},
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [],
    outcome,
    timings: {},
    events: {},
    content: { wrappedKey: 'k', nonce: 'n', ciphertext: 'c' },
  };
}

const room = (change: Partial<AuditStore> = {}, timeoutMs = 1_000) => {
  const store = { ...openMemoryStores({ instance: 'one' }).audit, ...change };
  return createAudit({ store, timeoutMs, clock });
};

test('an entry is recorded and read again', async () => {
  const audit = room();
  expect(await audit.append(interaction('req_1'))).toEqual({ instance: 'one', sequence: 1 });
  const { entries } = await audit.read({ limit: 5 });
  expect(entries.map(({ entry }) => entry.id)).toEqual(['req_1']);
});

describe('a store that', () => {
  test.each<[string, AuditStore['append']]>([
    [
      'throws',
      () => {
        throw new Error('broken');
      },
    ],
    ['rejects', () => Promise.reject(new Error('the disk is full'))],
    ['hangs', () => new Promise(() => undefined)],
    ['gives no receipt', () => Promise.resolve(undefined as never)],
    ['gives no number', () => Promise.resolve({ instance: 'one' } as never)],
    ['gives a number that is none', () => Promise.resolve({ instance: 'one', sequence: Number.NaN })],
    ['counts from 0', () => Promise.resolve({ instance: 'one', sequence: 0 })],
    ['names no instance', () => Promise.resolve({ instance: 7 as never, sequence: 1 })],
  ])('%s refuses', async (_, append) => {
    const startedAt = performance.now();
    const error = await room({ append }, 30)
      .append(interaction('a'))
      .catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(Refusal);
    expect((error as Refusal).code).toBe('record_unavailable');
    expect((error as Refusal).cause).toBeInstanceOf(Error);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
  });
});

describe('interactions that a crash interrupted', () => {
  test('are ended once, each with what was known of it and without its content', async () => {
    const audit = room();
    await audit.append(interaction('open_1', 'released'));
    await audit.append(interaction('whole'));
    await audit.append(interaction('open_2', 'released'));
    await audit.append(interaction('ended', 'released'));
    await audit.append({ ...interaction('ended'), kind: 'interaction_end' });
    expect(await audit.closeInterrupted()).toBe(2);
    const { entries } = await audit.read({ limit: 10, after: 5 });
    const { content: _content, ...known } = interaction('open_1');
    expect(entries.map(({ entry }) => entry)).toEqual([
      { ...known, kind: 'interaction_end', at: 5_000, outcome: 'interrupted' },
      { ...known, id: 'open_2', kind: 'interaction_end', at: 5_000, outcome: 'interrupted' },
    ]);
    expect(await audit.closeInterrupted()).toBe(0);
  });

  test('stop the start where they cannot be ended', async () => {
    const append = vi.fn(() => Promise.reject(new Error('gone')));
    const { audit } = openMemoryStores();
    await audit.append(interaction('open', 'released'));
    const broken = createAudit({ store: { ...audit, append }, timeoutMs: 100, clock });
    await expect(broken.closeInterrupted()).rejects.toThrow(Refusal);
  });
});
