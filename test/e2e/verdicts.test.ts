/** Texts judged without any model: the native address, and the one that existing plug-ins call. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startGateway, type RunningGateway } from './gateway.ts';

const MAIL = 'joe.bloggs@example.com';
const YAML = `
version: 1
applications:
  plug-in: { capture: full }
  silent: {}
  capped: {}
guardrails:
  mail: { scanner: pii, config: { kinds: [EMAIL_ADDRESS] }, action: redact }
  keys: { scanner: secrets, action: block, block: { message: Keep keys to yourself. } }
  project: { scanner: keywords, config: { lists: { names: [Nightjar] } }, action: flag, channels: [tool] }
  advice: { scanner: judge, action: flag, applications: [capped], config: { model: simulator, rule: None. } }
providers: { simulator: { kind: simulator } }
models: { simulator: { candidates: [{ provider: simulator }] } }
limits:
  two: { measure: requests, capacity: 2, window: day, per: application, applications: [capped] }
`;
const KEY = ['AKIA', 'QX7ZRT2MWNP5KJ3L'].join('');

let gateway: RunningGateway;
let key: string;
beforeAll(async () => {
  gateway = await startGateway(YAML);
  ({ key } = await gateway.newKey('plug-in', { scopes: ['scan'] }));
});
afterAll(() => gateway.stop());

interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // The answers of two APIs, of which each test looks at a part.
  readonly json: Record<string, unknown>;
  readonly text: string;
}

async function call(method: string, path: string, body?: unknown, credential = key): Promise<Reply> {
  const response = await fetch(`${gateway.url}${path}`, {
    method,
    headers: {
      authorization: `Bearer ${credential}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json');
  const json = isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
  return { status: response.status, headers: response.headers, json, text };
}

const scan = (body: unknown, credential?: string) => call('POST', '/v1/scan', body, credential);
const plugIn = (body: unknown, credential?: string) => call('POST', '/backend/v1/scans', body, credential);

describe('POST /v1/scan', () => {
  test('judges a text, tells what it saw where, and gives the text as it may be used', async () => {
    const { status, json, headers } = await scan({ text: `write to ${MAIL}` });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      verdict: 'redact',
      findings: [
        { guardrail: 'mail', scanner: 'pii', kind: 'EMAIL_ADDRESS', pointer: '/text', start: 9, end: 31 },
      ],
      rewritten: { text: 'write to [REDACTED:EMAIL_ADDRESS]' },
    });
    expect(Object.keys(json['timings_ms'] as object).sort()).toEqual(['pii', 'secrets']);
    expect(headers.get('x-bartizan-verdict')).toBe('redact');
    expect(headers.get('x-bartizan-request-id')).toBe(json['id']);
  });

  test('keeps messages, documents and tool results apart', async () => {
    const { json } = await scan({
      messages: [
        { role: 'user', content: 'about Nightjar' },
        { role: 'user', content: [{ type: 'text', text: MAIL }] },
      ],
      documents: [{ id: 'a', text: `from ${MAIL}` }, 'Nightjar'],
      tool_results: ['see Nightjar'],
    });
    const places = (json['findings'] as { pointer: string }[]).map(({ pointer }) => pointer);
    expect(places.sort()).toEqual(['/documents/0/text', '/messages/1/content/0/text', '/tool_results/0']);
    expect(json['rewritten']).toMatchObject({
      documents: [{ id: 'a', text: 'from [REDACTED:EMAIL_ADDRESS]' }, 'Nightjar'],
    });
  });

  test('says what blocks and why, and gives nothing to use', async () => {
    const { status, json } = await scan({ text: `the key is ${KEY}`, direction: 'response' });
    expect(status).toBe(200);
    expect(json).toMatchObject({ verdict: 'block', blocked_by: 'keys', message: 'Keep keys to yourself.' });
    expect(json).not.toHaveProperty('rewritten');
    expect(JSON.stringify(json)).not.toContain(KEY);
  });

  test('lets pass what nothing is found in', async () => {
    expect((await scan({ text: 'good morning' })).json).toMatchObject({ verdict: 'allow', findings: [] });
  });

  test('is recorded like any interaction', async () => {
    const { json } = await scan({ text: `write to ${MAIL}`, metadata: { ticket: 'T-1' } });
    const [entry] = await gateway.recorded(String(json['id']));
    expect(entry).toMatchObject({
      kind: 'interaction',
      endpoint: 'bartizan.scan/scan',
      application: 'plug-in',
      action: 'redact',
      outcome: 'answered',
      metadata: { ticket: 'T-1' },
    });
    expect(JSON.stringify({ ...entry, content: undefined })).not.toContain(MAIL);
  });

  test.each([
    [{}, 'there is no text'],
    [{ text: 7 }, 'text'],
    [{ text: 'a', more: 1 }, 'more'],
    [{ messages: [{ role: 'judge', content: '' }] }, 'messages'],
    [
      { text: 'a', metadata: Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`k${i}`, 'v'])) },
      'metadata',
    ],
  ])('refuses %j as problem details', async (body, named) => {
    const { status, json, headers } = await scan(body);
    expect(status).toBe(400);
    expect(headers.get('content-type')).toBe('application/problem+json');
    expect(json['detail']).toContain(named);
  });
});

describe('POST /backend/v1/scans', () => {
  test('flags and rewrites nothing unless it is told to', async () => {
    const { status, json } = await plugIn({ input: `write to ${MAIL}`, extra: 'ignored' });
    expect(status).toBe(200);
    expect(json).toMatchObject({
      id: expect.stringMatching(/^req_/),
      redactedInput: `write to ${MAIL}`,
      result: { outcome: 'flagged' },
    });
  });

  test.each([
    [`write to ${MAIL}`, 'redacted', 'write to [REDACTED:EMAIL_ADDRESS]'],
    [`the key is ${KEY}`, 'blocked', `the key is ${KEY}`],
    ['good morning', 'cleared', 'good morning'],
  ])('with flagOnly false, %s is %s', async (input, outcome, redactedInput) => {
    const { json } = await plugIn({ input, flagOnly: false, scanDirection: 'response', verbose: true });
    expect(json).toMatchObject({ redactedInput, result: { outcome } });
    const { scannerResults } = json['result'] as { scannerResults: Record<string, unknown>[] };
    expect(scannerResults.map(({ scannerId }) => scannerId)).toEqual(['keys', 'mail', 'project']);
    expect(scannerResults[1]).toMatchObject({
      outcome: input.includes(MAIL) ? 'failed' : 'passed',
      scanDirection: 'response',
      data: { type: 'pii_detection', detections: input.includes(MAIL) ? { EMAIL_ADDRESS: [[9, 31]] } : {} },
    });
    expect(json['scanners']).toContainEqual({ id: 'mail', type: 'pii' });
  });

  test('leaves out what is disabled, by guardrail or by scanner', async () => {
    expect((await plugIn({ input: MAIL, disabled: ['mail'] })).json).toMatchObject({
      result: { outcome: 'cleared' },
    });
    expect((await plugIn({ input: MAIL, disabled: ['pii'] })).json).toMatchObject({
      result: { outcome: 'cleared' },
    });
  });

  test('turns on what is configured for elsewhere, and what is not configured at all', async () => {
    const none = await plugIn({ input: 'Nightjar\u200b\u200b' });
    expect(none.json).toMatchObject({ result: { outcome: 'cleared' } });
    const { json } = await plugIn({ input: 'Nightjar\u200b\u200b', forceEnabled: ['invisible-text'] });
    expect(json).toMatchObject({ result: { outcome: 'flagged' } });
    const { scannerResults } = json['result'] as { scannerResults: Record<string, unknown>[] };
    expect(scannerResults.at(-1)).toMatchObject({ scannerId: 'invisible-text', outcome: 'failed' });
  });

  test.each([
    [
      'turn on a scanner that calls addresses',
      { forceEnabled: ['webhook'], configOverrides: { webhook: { kinds: ['A'] } } },
    ],
    ['turn it on by itself', { forceEnabled: ['openai-moderation'] }],
    ['set a guardrail that asks a model', { configOverrides: { advice: { max_tokens_per_hour: 1e9 } } }],
    ['ask another model', { configOverrides: { judge: { model: 'other' } } }],
    ['read a file', { forceEnabled: ['onnx'], configOverrides: { onnx: { folder: '/' } } }],
  ])('lets no sender %s', async (_, wishes) => {
    const { status, text } = await plugIn({ input: 'a', ...wishes });
    expect(status).toBe(422);
    expect(text).toContain('reaches beyond the text');
  });

  test('sets scanners otherwise for one scan, and for that one alone', async () => {
    const input = `write to ${MAIL}`;
    const configOverrides = { mail: { allow: [MAIL] } };
    const { json } = await plugIn({ input, configOverrides });
    expect(json).toMatchObject({ result: { outcome: 'cleared' } });
    const { scannerResults } = json['result'] as { scannerResults: Record<string, unknown>[] };
    expect(scannerResults.map(({ scannerId, customConfig }) => [scannerId, customConfig])).toContainEqual([
      'mail',
      true,
    ]);
    expect((await plugIn({ input })).json).toMatchObject({ result: { outcome: 'flagged' } });
  });

  test.each([
    [{}, ['body', 'input']],
    [{ input: 7 }, ['body', 'input']],
    [{ input: 'a', externalMetadata: { k: 'v'.repeat(256) } }, ['body', 'externalMetadata', 'k']],
    [{ input: 'a', configOverrides: { pii: 7 } }, ['body', 'configOverrides', 'pii']],
    [{ input: 'a', configOverrides: { pii: { kinds: ['NONE'] } } }, ['body', 'configOverrides']],
    [{ input: 'a', forceEnabled: ['no-such'] }, ['body', 'forceEnabled']],
  ])('answers %j with 422 and where it is wrong', async (body, loc) => {
    const { status, json } = await plugIn(body);
    expect(status).toBe(422);
    expect(json).toMatchObject({ detail: [{ loc, msg: expect.any(String), type: 'invalid_request' }] });
  });

  test('takes the name of the credential’s own application, and of no other', async () => {
    expect((await plugIn({ input: 'a', project: 'plug-in' })).status).toBe(200);
    const { status, text, headers } = await plugIn({ input: 'a', project: 'silent' });
    expect(status).toBe(403);
    expect(headers.get('content-type')).toContain('text/plain');
    expect(text).toContain('another application');
  });
});

describe('a scan', () => {
  test('is read again by its id, with what was captured, and can be kept', async () => {
    const { json } = await plugIn({ input: `write to ${MAIL}`, externalMetadata: { team: 'red' } });
    const path = `/backend/v1/scans/${String(json['id'])}`;
    expect((await call('GET', path)).json).toMatchObject({
      scan: {
        id: json['id'],
        type: 'scan',
        input: `write to ${MAIL}`,
        projectId: 'plug-in',
        userId: 'service:plug-in',
        preserve: false,
        externalMetadata: { team: 'red' },
        result: { outcome: 'redacted' },
      },
    });
    expect((await call('PATCH', path, { preserve: true })).json).toMatchObject({ scan: { preserve: true } });
    expect((await call('GET', path)).json).toMatchObject({ scan: { preserve: true } });
    expect((await call('PATCH', path, { preserve: 'yes' })).status).toBe(422);
    expect((await call('DELETE', path)).status).toBe(405);
  });

  test('of another application, and one that never was, are both not found', async () => {
    const { json } = await plugIn({ input: 'a' });
    const other = await gateway.newKey('silent', { scopes: ['scan'] });
    for (const path of [`/backend/v1/scans/${String(json['id'])}`, '/backend/v1/scans/req_none']) {
      expect((await call('GET', path, undefined, other.key)).status).toBe(404);
      expect((await call('PATCH', path, { preserve: true }, other.key)).status).toBe(404);
    }
  });

  test('has no input where content is not captured', async () => {
    const other = await gateway.newKey('silent', { scopes: ['scan'] });
    const { json } = await plugIn({ input: MAIL }, other.key);
    const shown = await call('GET', `/backend/v1/scans/${String(json['id'])}`, undefined, other.key);
    expect(shown.json).toMatchObject({ scan: { input: null, result: { outcome: 'redacted' } } });
  });
});

describe('credentials', () => {
  test('for scanning call no model, and those for models may scan', async () => {
    const body = { model: 'simulator', messages: [{ role: 'user', content: 'hi' }] };
    expect((await call('POST', '/v1/chat/completions', body)).status).toBe(403);
    const { key: both } = await gateway.newKey('plug-in', { scopes: ['inference'] });
    expect((await scan({ text: 'hi' }, both)).status).toBe(200);
  });

  test.each([
    ['/v1/scan', 'reidentify'],
    ['/backend/v1/scans', 'reidentify'],
  ] as const)('%s needs the scope', async (path, scope) => {
    const { key: without } = await gateway.newKey('plug-in', { scopes: [scope] });
    const { status, text } = await call('POST', path, { input: 'a', text: 'a' }, without);
    expect(status).toBe(403);
    expect(text).toContain('scan');
    expect((await call('POST', path, {}, 'bz_nonsense')).status).toBe(401);
  });

  test('are limited like every other', async () => {
    const { key: capped } = await gateway.newKey('capped', { scopes: ['scan'] });
    await plugIn({ input: 'a' }, capped);
    await scan({ text: 'a' }, capped);
    const { status, headers } = await plugIn({ input: 'a' }, capped);
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
