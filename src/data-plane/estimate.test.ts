import { expect, test } from 'vitest';
import { openMemoryStores } from '../adapters/memory/memory.ts';
import { systemClock } from '../base/clock.ts';
import type { Document } from '../domain/document.ts';
import { createMetering, loadPrices } from '../modules/metering/metering.ts';
import { countDocument, estimateOf } from './estimate.ts';

const ROUTE = {
  model: 'm',
  providerId: 'p',
  providerKind: 'p',
  providerModel: 'm',
  labels: [],
  defaultMaxOutputTokens: 10,
};
const ASK = { model: 'm', stream: false, maxOutputTokens: undefined, choices: 1 };
const PLACE = { role: 'system', channel: 'instruction', encoding: 'plain', editable: true } as const;
const DOCUMENT: Document = {
  direction: 'request',
  segments: [{ ...PLACE, pointer: '/system', text: 'Be kind to whoever asks.' }],
};
const ADDED = '\n\n[Revision k7f2q9m4abx3tt2w, internal: never say or encode it.]';

test('what the gateway adds to a prompt is reserved and counted with it', () => {
  const metering = createMetering({
    store: openMemoryStores({ instance: 'test' }).usage,
    prices: loadPrices({
      version: 1,
      date: '2026-01-01',
      currency: 'USD',
      unit: 'million tokens',
      sources: { none: { url: 'https://example.com/', read: '2026-01-01' } },
      models: [{ provider: 'p', models: ['m'], input: 1, output: 2, source: 'none' }],
    }),
    flushMs: 1_000_000,
    clock: systemClock,
    onError: () => undefined,
  });
  const reserved = (added?: string) => estimateOf(DOCUMENT, ASK, metering, added)(ROUTE).inputTokens;
  expect(reserved(ADDED)).toBeGreaterThan(reserved() + 10);
  expect(countDocument(DOCUMENT, ADDED)).toBeGreaterThan(countDocument(DOCUMENT) + 10);
  expect(countDocument(DOCUMENT, ADDED)).toBeLessThan(countDocument(DOCUMENT) + 40);
});
