import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createUndiciTransport } from '../../adapters/undici/transport.ts';
import { systemClock } from '../../base/clock.ts';
import { createScannerServices } from '../../compose/scanner-services.ts';
import type { Scanner, Sighting } from '../../modules/scanning/scanner.ts';
import { CATEGORIES } from './category-scores.ts';
import { openaiModeration } from './openai-moderation.ts';
import { openEndpoint, type Endpoint } from './testdata/endpoint.ts';

const PLACE = { direction: 'response', role: 'assistant', channel: 'answer' } as const;
const SECRET_TEXT = 'Zebra-Quartz is the code name';

const transport = createUndiciTransport();
const services = createScannerServices({
  transport,
  secretOf: () => Promise.resolve('t0ken'),
  clock: systemClock,
});
let endpoint: Endpoint;

beforeAll(async () => {
  endpoint = await openEndpoint();
});
beforeEach(() => endpoint.reset());
afterAll(async () => {
  await transport.close();
  await endpoint.close();
});

function created(more: Record<string, unknown> = {}, wanted: readonly string[] = []): readonly Scanner[] {
  const config = openaiModeration.config.parse({
    url: endpoint.url,
    allow_private_network: true,
    timeout_ms: 300,
    ...more,
  });
  return [openaiModeration.create(config, wanted, services)].flat();
}

async function scan(scanners: readonly Scanner[], text: string): Promise<readonly Sighting[]> {
  const seen = await Promise.all(
    scanners.map(async (scanner) => scanner.scan(text, 0, PLACE, true, Infinity)),
  );
  return seen.flat();
}

/** The form of the API's own answer, with fields that are not read. */
function moderation(scores: Record<string, unknown>): { status: number; body: string } {
  const all = { ...Object.fromEntries(CATEGORIES.map((category) => [category, 0.001])), ...scores };
  const result = { flagged: true, categories: {}, category_scores: all, category_applied_input_types: {} };
  return { status: 200, body: JSON.stringify({ id: 'modr-1', model: 'm', results: [result] }) };
}

test('a paragraph is told for each category that reaches its threshold, and asked about once', async () => {
  endpoint.answer = () => moderation({ violence: 0.91, 'self-harm/intent': 0.5, hate: 0.49, unheard_of: 1 });
  const seen = await scan(created({ credential: { secret: 'openai' } }), 'a text');
  expect(seen).toEqual([
    { kind: 'self-harm/intent', start: 0, end: 6, confidence: 0.5 },
    { kind: 'violence', start: 0, end: 6, confidence: 0.91 },
  ]);
  expect(endpoint.requests).toEqual([
    {
      authorization: 'Bearer t0ken',
      contentType: 'application/json',
      body: { model: 'omni-moderation-latest', input: 'a text' },
    },
  ]);
});

test('with thresholds, their categories alone are told, from there on', async () => {
  endpoint.answer = () => moderation({ violence: 0.91, hate: 0.3 });
  const seen = await scan(created({ thresholds: { hate: 0.2, sexual: 0.1 } }), 'a text');
  expect(seen.map(({ kind }) => kind)).toEqual(['hate']);
});

test('categories that nobody asks for are not told', async () => {
  endpoint.answer = () => moderation({ violence: 0.91, hate: 0.9 });
  expect((await scan(created({}, ['hate']), 'a text')).map(({ kind }) => kind)).toEqual(['hate']);
});

test('a category that the configuration names and the endpoint does not know is a mistake at the start', () => {
  expect(() => created({ thresholds: { rudeness: 0.5 } })).toThrow();
});

test('each paragraph is told by itself', async () => {
  endpoint.answer = ({ input }) => moderation({ violence: input.includes('sword') ? 0.9 : 0.1 });
  const text = `${'peace '.repeat(20)}\n\n${'sword '.repeat(20)}\n\n${'peace '.repeat(20)}`;
  const [seen, ...others] = await scan(created({ max_characters: 200 }), text);
  expect(others).toEqual([]);
  expect(text.slice(seen?.start, seen?.end)).toBe(`${'sword '.repeat(20)}\n\n`);
});

describe('whatever the endpoint does wrong is a fault, and no error holds the text or the answer', () => {
  test.each<readonly [string, Partial<Endpoint>, string]>([
    ['refuses', { answer: () => ({ status: 401, body: SECRET_TEXT }) }, 'status 401'],
    ['is overrun', { answer: () => ({ status: 429, body: SECRET_TEXT }) }, 'status 429'],
    ['hangs', { answer: () => null }, 'timeout'],
    ['hangs up', { hangsUp: true }, 'closed_early'],
    ['answers prose', { answer: () => ({ status: 200, body: SECRET_TEXT }) }, 'not JSON'],
    ['answers something else', { answer: () => ({ status: 200, body: '{"results":[]}' }) }, 'no scores'],
    ['scores beyond 1', { answer: () => moderation({ hate: 7 }) }, 'no scores'],
    ['scores in words', { answer: () => moderation({ hate: SECRET_TEXT }) }, 'no scores'],
    ['leaves a category out', { answer: () => moderation({ illicit: null }) }, 'no score for illicit'],
    ['answers without end', { answer: () => ({ status: 200, body: ' '.repeat(100_000) }) }, 'too_large'],
  ])('one that %s', async (_, behavior, message) => {
    Object.assign(endpoint, behavior);
    const error: Error = await scan(created(), SECRET_TEXT).then(
      () => expect.unreachable(),
      (reason: Error) => reason,
    );
    expect(`${error.message} ${String(error.cause)}`).toContain(message);
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('Zebra');
  });
});
