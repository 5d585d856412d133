import { once } from 'node:events';
import type { Worker } from 'node:worker_threads';
import { describe, expect, test } from 'vitest';
import { defaultGuardrails } from './default-guardrails.ts';
import { createLineScanner, type LineScannerSettings } from './line-scanner.ts';
import { scanLines } from './scan-pool.ts';
import { createTextScanner } from './text-scanner.ts';

const settings: LineScannerSettings = {
  guardrails: defaultGuardrails(['pii', 'secrets']),
  direction: 'request',
  channel: 'user',
  minConfidence: undefined,
  maxCharacters: 1_000,
};

interface Line {
  readonly id: string | number;
  readonly findings: readonly {
    readonly scanner: string;
    readonly category: string;
    readonly start: number;
  }[];
  readonly verdict: string;
  readonly scores: Readonly<Record<string, number>>;
  readonly timings: Readonly<Record<string, number>>;
  readonly error?: string;
}

async function scanned(line: string, change: Partial<LineScannerSettings> = {}): Promise<Line> {
  const scanLine = await createLineScanner({ ...settings, ...change });
  const result = await scanLine(line, 7);
  const read = JSON.parse(result.line) as Line;
  expect(result.isFailed).toBe(read.error !== undefined);
  return read;
}

describe('a line', () => {
  test('tells its findings in UTF-16 offsets, the verdict, and scores and times by scanner', async () => {
    const line = await scanned(JSON.stringify({ id: 'a', text: '😀 mail joe@example.com' }));
    expect(line).toMatchObject({ id: 'a', verdict: 'redact', scores: { secrets: 0 } });
    expect(line.findings).toMatchObject([{ scanner: 'pii', category: 'EMAIL_ADDRESS', start: 8, end: 23 }]);
    expect(line.scores['pii']).toBeGreaterThan(0.5);
    expect(Object.keys(line.timings)).toEqual(['pii', 'secrets', 'total']);
  });

  test('without an id is called by its number', async () => {
    expect((await scanned('{"text":"nothing to see"}')).id).toBe(7);
  });

  test('says of its own where its text stands', async () => {
    const guardrails = settings.guardrails.map((each) => ({ ...each, directions: ['response' as const] }));
    const text = 'mail joe@example.com';
    expect((await scanned(JSON.stringify({ text }), { guardrails })).verdict).toBe('allow');
    expect((await scanned(JSON.stringify({ text, direction: 'response' }), { guardrails })).verdict).toBe(
      'redact',
    );
  });

  test.each([
    ['not json', 'invalid_json'],
    ['{"id":"a"}', 'invalid_request'],
    ['{"id":"a","text":7}', 'invalid_request'],
    ['[]', 'invalid_request'],
    [JSON.stringify({ text: 'x'.repeat(1_001) }), 'too_large'],
  ])('that cannot be scanned is not let pass, and says why without its text: %#', async (line, error) => {
    const result = await scanned(line);
    expect(result).toMatchObject({ verdict: 'block', findings: [] });
    expect(result.error).toContain(error);
    expect(result.error).not.toContain('xxx');
  });
});

test('what is less sure than its guardrail asks for is a score, and a finding where it is asked for', async () => {
  const [pii] = defaultGuardrails(['pii']);
  if (!pii) throw new Error('there is no such guardrail');
  const strict = [{ ...pii, minConfidence: 1 }];
  const text = { text: 'call +49 30 901820', direction: 'request', channel: 'user' } as const;
  const by = await (await createTextScanner(strict, undefined))(text);
  expect(by).toMatchObject({ findings: [], verdict: 'allow' });
  expect(by.scores['pii']).toBeGreaterThan(0);
  expect((await (await createTextScanner(strict, 0))(text)).findings).toHaveLength(1);
});

test('as many lines come out as went in, in their order, whatever thread scanned them', async () => {
  const count = 1_000;
  async function* lines() {
    for (let id = 0; id < count; id++) {
      yield id % 97 === 0
        ? 'broken'
        : JSON.stringify({ id, text: `${'word '.repeat(id % 50)}a${id}@example.com` });
      if (id % 100 === 0) yield '';
    }
  }
  const ids: (string | number)[] = [];
  let failed = 0;
  for await (const { line, isFailed } of scanLines(lines(), settings, 2)) {
    ids.push((JSON.parse(line) as Line).id);
    if (isFailed) failed++;
  }
  expect(ids).toHaveLength(count);
  expect(failed).toBe(Math.ceil(count / 97));
  expect(ids.filter((_, index) => index % 97 !== 0)).toEqual(
    Array.from({ length: count }, (_, id) => id).filter((id) => id % 97 !== 0),
  );
});

test.each([
  ['at once', () => Promise.resolve()],
  ['when the thread is gone', threadGone],
])(
  'a thread that cannot begin ends the scan with an error, where its first line comes %s',
  async (_, until) => {
    const wait = until();
    async function* lines() {
      await wait;
      yield '{"text":"a"}';
    }
    const guardrails = defaultGuardrails(['pii']).map((each) => ({ ...each, scanner: 'none-such' }));
    await expect(scanLines(lines(), { ...settings, guardrails }, 1).next()).rejects.toThrow(
      'scanning thread',
    );
  },
);

/** The next thread that begins has ended. */
async function threadGone(): Promise<void> {
  const [thread] = (await once(process, 'worker')) as [Worker];
  await new Promise((resolve) => thread.once('exit', resolve));
}
