import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createUndiciTransport } from '../../adapters/undici/transport.ts';
import { systemClock } from '../../base/clock.ts';
import { createScannerServices } from '../../compose/scanner-services.ts';
import type { Scanner, Sighting } from '../../modules/scanning/scanner.ts';
import { openDetector, type Detector } from './testdata/detector.ts';
import { webhook } from './webhook.ts';

const PLACE = { direction: 'request', role: 'user', channel: 'user' } as const;
const SECRET_TEXT = 'Zebra-Quartz is the code name';

const transport = createUndiciTransport();
const services = createScannerServices({
  transport,
  secretOf: (reference) =>
    'env' in reference && reference.env === 'DETECTOR_TOKEN'
      ? Promise.resolve('t0ken')
      : Promise.reject(new Error('the credential is not set')),
  clock: systemClock,
});
let detector: Detector;

beforeAll(async () => {
  detector = await openDetector();
});
beforeEach(() => detector.reset());
afterAll(async () => {
  await transport.close();
  await detector.close();
});

function created(more: Record<string, unknown> = {}, wanted: readonly string[] = []): readonly Scanner[] {
  const config = webhook.config.parse({
    url: detector.url,
    kinds: ['CODE_NAME', 'PLACE'],
    allow_private_network: true,
    timeout_ms: 300,
    ...more,
  });
  return [webhook.create(config, wanted, services)].flat();
}

async function scan(scanners: readonly Scanner[], text: string): Promise<readonly Sighting[]> {
  const seen = await Promise.all(
    scanners.map(async (scanner) => scanner.scan(text, 0, PLACE, true, Infinity)),
  );
  return seen.flat();
}

function answer(findings: unknown): void {
  detector.answer = () => ({ status: 200, body: JSON.stringify({ findings }) });
}

test('the detector is asked once for all kinds, and told text and place', async () => {
  answer([
    { kind: 'PLACE', start: 2, end: 5, confidence: 0.4 },
    { kind: 'CODE_NAME', start: 0, end: 4, confidence: 0.9 },
  ]);
  const seen = await scan(created({ secret: { env: 'DETECTOR_TOKEN' } }), 'a text');
  expect(seen).toEqual([
    { kind: 'CODE_NAME', start: 0, end: 4, confidence: 0.9 },
    { kind: 'PLACE', start: 2, end: 5, confidence: 0.4 },
  ]);
  expect(detector.requests).toEqual([
    {
      authorization: 'Bearer t0ken',
      contentType: 'application/json',
      body: { text: 'a text', direction: 'request', role: 'user', channel: 'user' },
    },
  ]);
});

test('without a secret there is no credential', async () => {
  answer([]);
  await scan(created(), 'a text');
  expect(detector.requests[0]?.authorization).toBeUndefined();
});

test('kinds that nobody asks for are not told', async () => {
  answer([{ kind: 'PLACE', start: 0, end: 1 }]);
  expect(await scan(created({}, ['CODE_NAME']), 'a text')).toEqual([]);
});

test('of findings of one kind that overlap, the surest stays', async () => {
  answer([
    { kind: 'PLACE', start: 4, end: 6, confidence: 0.2 },
    { kind: 'PLACE', start: 0, end: 3, confidence: 0.5 },
    { kind: 'PLACE', start: 2, end: 4, confidence: 0.8 },
  ]);
  expect(await scan(created(), 'a text')).toEqual([
    { kind: 'PLACE', start: 2, end: 4, confidence: 0.8 },
    { kind: 'PLACE', start: 4, end: 6, confidence: 0.2 },
  ]);
});

test('a detector that counts code points is understood', async () => {
  answer([{ kind: 'PLACE', start: 2, end: 3 }]);
  const [seen] = await scan(created({ offsets: 'code_points' }), '😀😀🏠 here');
  expect(seen).toMatchObject({ start: 4, end: 6 });
});

test('a long text is asked about in pieces, and findings stand where they are in the whole', async () => {
  detector.answer = ({ text }) => ({
    status: 200,
    body: JSON.stringify({
      findings: [...text.matchAll(/zebra/g)].map(({ index }) => ({
        kind: 'CODE_NAME',
        start: index,
        end: index + 5,
      })),
    }),
  });
  const words = (from: number): string => Array.from({ length: 60 }, (_, i) => `word${from + i}`).join(' ');
  const text = `${words(0)} zebra ${words(100)}\n\nzebra`;
  const seen = await scan(created({ max_characters: 200 }), text);
  expect(seen.map(({ start, end }) => text.slice(start, end))).toEqual(['zebra', 'zebra']);
  expect(detector.requests.length).toBeGreaterThan(4);
  const asked = detector.requests.map(({ body }) => (body as { text: string }).text);
  expect(asked.every((piece) => piece.length <= 200 && text.includes(piece))).toBe(true);
  expect(asked.join('').replaceAll(/\s/g, '')).toHaveLength(text.replaceAll(/\s/g, '').length);
});

test('the same text at two places is asked about once', async () => {
  answer([{ kind: 'PLACE', start: 0, end: 4 }]);
  const scanners = created();
  const both = await Promise.all([scan(scanners, 'a text'), scan(scanners, 'a text')]);
  expect(both.map((seen) => seen.length)).toEqual([1, 1]);
  expect(detector.requests).toHaveLength(1);
});

test('blank text is not sent anywhere', async () => {
  await scan(created(), ' \n\n ');
  expect(detector.requests).toEqual([]);
});

describe('whatever a detector does wrong is a fault, and no error holds the text or the answer', () => {
  test.each<readonly [string, Partial<Detector>, string]>([
    ['refuses', { answer: () => ({ status: 500, body: SECRET_TEXT }) }, 'status 500'],
    ['sends elsewhere', { answer: () => ({ status: 302, body: '' }) }, 'status 302'],
    ['hangs', { answer: () => null }, 'timeout'],
    ['hangs up', { hangsUp: true }, 'closed_early'],
    ['answers prose', { answer: () => ({ status: 200, body: SECRET_TEXT }) }, 'not JSON'],
    [
      'answers something else',
      { answer: () => ({ status: 200, body: '{"ok":true}' }) },
      'not a list of findings',
    ],
    [
      'tells more than was asked',
      { answer: () => ({ status: 200, body: '{"findings":[],"note":"x"}' }) },
      'not a list of findings',
    ],
    [
      'sees behind the end',
      { answer: () => ({ status: 200, body: '{"findings":[{"kind":"PLACE","start":0,"end":999}]}' }) },
      'not in the text',
    ],
    [
      'sees nothing at all',
      { answer: () => ({ status: 200, body: '{"findings":[{"kind":"PLACE","start":3,"end":3}]}' }) },
      'not in the text',
    ],
    [
      'names a kind of its own',
      {
        answer: () => ({
          status: 200,
          body: JSON.stringify({ findings: [{ kind: SECRET_TEXT, start: 0, end: 1 }] }),
        }),
      },
      'not configured',
    ],
    ['answers without end', { answer: () => ({ status: 200, body: ' '.repeat(300_000) }) }, 'too_large'],
  ])('one that %s', async (_, behavior, message) => {
    Object.assign(detector, behavior);
    const error: Error = await scan(created(), SECRET_TEXT).then(
      () => expect.unreachable(),
      (reason: Error) => reason,
    );
    expect(`${error.message} ${String(error.cause)}`).toContain(message);
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('Zebra');
  });
});

test('an address of a private network is not called unless that is allowed', async () => {
  answer([]);
  await expect(scan(created({ allow_private_network: false }), 'a text')).rejects.toThrow(
    'address_forbidden',
  );
  expect(detector.requests).toEqual([]);
});

test('a secret that is not set is a fault, and nothing is sent', async () => {
  answer([]);
  await expect(scan(created({ secret: { env: 'OTHER' } }), 'a text')).rejects.toThrow('not set');
  expect(detector.requests).toEqual([]);
});

test('a text of more pieces than are asked about is a fault, not a pass', async () => {
  answer([]);
  await expect(scan(created({ max_characters: 200 }), 'word '.repeat(30_000))).rejects.toThrow('too long');
});
