/** What is recorded, and what is not: one entry for each interaction, without a gap, and no content but where it is asked for. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionEntry } from '../../src/domain/record.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { policyOfKeys } from '../../src/tlog/policy.ts';
import { parseProof, verifyProof } from '../../src/tlog/proof.ts';
import { ask, DIALECTS, OPENAI_CHAT, post } from './dialects.ts';
import { until } from './gateway.ts';
import { CREDENTIALS, PROVIDERS, startWorld, type World } from './world.ts';

const MAIL = 'grace.hopper@example.org';
const CARD = '4111 1111 1111 1111';
const QUIET = 'the quick brown fox of application quiet';
const PROMPT = `${QUIET} writes to ${MAIL} and pays with ${CARD}`;

let world: World;

beforeAll(async () => {
  world = await startWorld({
    applications: {
      desk: {},
      quiet: {},
      redacted: { capture: 'redacted' },
      full: { capture: 'full' },
      later: { record: 'async' },
    },
    guardrails: {
      'stand-ins': { scanner: 'pii', action: 'pseudonymize', directions: ['request'] },
      flags: { scanner: 'pii', action: 'flag', directions: ['response'] },
      secrets: { scanner: 'secrets', action: 'block' },
    },
  });
});
afterAll(() => world.stop());

const SECRET = 'AKIAIOSFODNN7EXAMPLX';

test('one entry for each interaction, its end for each stream, numbers without a gap', async () => {
  const { key } = await world.newKey('quiet');
  const access = { url: world.url, key };
  const before = await world.record();
  const asked: Promise<{ id: string; stream: boolean; isStreamed: boolean }>[] = [];
  const send = async (stream: boolean, work: ReturnType<typeof ask>) => {
    const { id, headers } = await work;
    return { id, stream, isStreamed: headers.get('content-type')?.startsWith('text/event-stream') === true };
  };
  for (const dialect of DIALECTS) {
    for (const scenario of ['echo', 'tools', 'error-400', 'error-500', 'cut', 'html', 'half-event']) {
      for (const [i, provider] of PROVIDERS.entries()) {
        const stream = i % 2 === 0;
        asked.push(
          send(stream, ask(dialect, access, { model: `${provider}.${scenario}`, prompt: PROMPT, stream })),
        );
      }
    }
    asked.push(send(false, ask(dialect, access, { model: 'nobody', prompt: PROMPT })));
    asked.push(
      send(
        true,
        ask(dialect, { ...access, key: 'bz_wrong' }, { model: 'openai.echo', prompt: PROMPT, stream: true }),
      ),
    );
    asked.push(send(false, ask(dialect, access, { model: 'openai.echo', prompt: `${PROMPT} ${SECRET}` })));
  }
  const replies = await Promise.all(asked);
  const streams = replies.filter(({ isStreamed }) => isStreamed);
  const expected = replies.length + streams.length;
  const record = await until(async () => {
    const entries = await world.record();
    return entries.length >= before.length + expected ? entries : undefined;
  });
  expect(record.map(({ sequence }) => sequence)).toEqual(record.map((_, i) => i + 1));
  const added = record.slice(before.length).map(({ entry }) => entry);
  const ids = (kind: string) => added.flatMap((entry) => (entry.kind === kind ? [entry.id] : [])).toSorted();
  expect(ids('interaction')).toEqual(replies.map(({ id }) => id).toSorted());
  expect(ids('interaction_end')).toEqual(streams.map(({ id }) => id).toSorted());
});

test('every answer says where its record stands, and that leaf is provable', async () => {
  const { key } = await world.newKey('desk');
  const access = { url: world.url, key };
  const { audit, log } = world.gateway.office;
  const named = new Set<string>();
  for (const dialect of DIALECTS) {
    const replies = [
      await ask(dialect, access, { model: 'openai.echo', prompt: PROMPT }),
      await ask(dialect, access, { model: 'openai.echo', prompt: PROMPT, stream: true }),
      await ask(dialect, access, { model: 'anthropic.error-500', prompt: PROMPT }),
      await ask(dialect, access, { model: 'nobody', prompt: PROMPT }),
      await ask(dialect, { ...access, key: 'bz_wrong' }, { model: 'openai.echo', prompt: PROMPT }),
      await ask(dialect, access, { model: 'openai.echo', prompt: SECRET }),
    ];
    for (const { id, headers } of replies) {
      const record = headers.get('x-bartizan-record') ?? '';
      const index = Number(record.slice(log.origin.length + 1));
      expect(record).toBe(`${log.origin}/${index}`);
      const [first] = (await audit.read({ id, limit: 1 })).entries;
      expect(first?.index).toBe(index);
      named.add(record);
    }
  }
  expect(named.size).toBe(DIALECTS.length * 6);
  const [record = ''] = named;
  const bundle = await log.prove(Number(record.split('/').at(-1)));
  const { extra = new Uint8Array() } = parseProof(bundle ?? new Uint8Array());
  const policy = policyOfKeys([parseVerifierKey(log.verifierKey)], [], 0);
  expect(verifyProof(bundle ?? new Uint8Array(), leafHash(extra), policy).checkpoint.origin).toBe(log.origin);
  expect(Buffer.from(extra).toString()).not.toContain(MAIL);
});

test('nothing that was said, and no credential, is in any file of the store', async () => {
  const { id } = await ask(OPENAI_CHAT, world, { model: 'openai.echo', prompt: PROMPT, stream: true });
  await world.recorded(id);
  const files = await readdir(join(world.directory, 'data'), { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  expect(contents.some((content) => content.includes(id))).toBe(true);
  const planted = [
    MAIL,
    CARD,
    CARD.replaceAll(' ', ''),
    QUIET,
    'quick brown',
    SECRET,
    world.key,
    ...Object.values(CREDENTIALS),
  ];
  for (const text of planted) expect(contents.filter((content) => content.includes(text))).toEqual([]);
});

describe('captured content', () => {
  const captured = async (application: string, stream: boolean) => {
    const { key } = await world.newKey(application);
    const { id, status } = await ask(
      OPENAI_CHAT,
      { url: world.url, key },
      { model: 'anthropic.echo', prompt: PROMPT, stream },
    );
    expect(status).toBe(200);
    await world.recorded(id);
    const { audit } = world.gateway.office;
    const { entries } = await audit.read({ id, limit: 10 });
    const captured = entries.filter(({ hasContent }) => hasContent);
    expect(captured.length).toBeLessThanOrEqual(1);
    expect(JSON.stringify(entries)).not.toContain('quick');
    return captured[0] && (await audit.content(captured[0].index));
  };

  test.each([false, true])('is none unless it is asked for (streamed: %s)', async (stream) => {
    expect(await captured('quiet', stream)).toBeUndefined();
  });

  test.each([false, true])(
    'as the model saw it, where redacted content is asked for (streamed: %s)',
    async (stream) => {
      const content = await captured('redacted', stream);
      expect(content).toContain('quick brown fox');
      expect(content).toContain('<EMAIL_ADDRESS_');
    },
  );

  test.each([false, true])('as the client said it, where all is asked for (streamed: %s)', async (stream) => {
    expect(await captured('full', stream)).toContain(MAIL);
  });

  test('that is redacted shows no original, neither of the request nor restored in the answer', async () => {
    for (const stream of [false, true]) {
      const content = await captured('redacted', stream);
      expect(content).not.toContain(MAIL);
      expect(content).not.toContain(CARD);
    }
  });
});

describe('an entry', () => {
  test('of a buffered answer tells who, what, how much, how it ended and how long it took', async () => {
    const { key, id: credential } = await world.newKey('quiet', {
      principal: { kind: 'person', id: 'grace' },
    });
    const { id } = await ask(
      OPENAI_CHAT,
      { url: world.url, key },
      { model: 'anthropic.echo', prompt: PROMPT },
    );
    const [entry, ...more] = (await world.recorded(id)) as InteractionEntry[];
    expect(more).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'interaction',
      id,
      endpoint: 'openai.chat/chat',
      stream: false,
      credential,
      principal: { kind: 'person', id: 'grace' },
      application: 'quiet',
      requestedModel: 'anthropic.echo',
      provider: 'anthropic',
      providerModel: 'anthropic.echo',
      responseModel: 'claude-sonnet-4-5-20250929',
      policies: ['all'],
      action: 'pseudonymize',
      outcome: 'answered',
      finish: 'stop',
      attempts: [{ provider: 'anthropic', model: 'anthropic.echo', result: '200' }],
      usage: { inputTokens: 30, outputTokens: 12, cachedInputTokens: 10, source: 'reported' },
    });
    expect(entry?.guardrails.map((guardrail) => [guardrail.id, guardrail.direction])).toContainEqual([
      'stand-ins',
      'request',
    ]);
    expect(entry?.findings.map(({ kind, pointer, start }) => [kind, pointer, start])).toContainEqual([
      'EMAIL_ADDRESS',
      '/messages/0/content',
      PROMPT.indexOf(MAIL),
    ]);
    const { timings = {}, snapshot = '' } = entry ?? {};
    expect(Object.keys(timings)).toEqual(
      expect.arrayContaining(['identity', 'limits', 'scan', 'first_byte', 'total']),
    );
    expect(snapshot).toMatch(/^\d+-[0-9a-f]{12}$/);
  });

  test('stands before the first byte of a stream, and its end follows', async () => {
    const answer = await fetch(`${world.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(OPENAI_CHAT.body('openai.slow', 'hi', true)),
    });
    const id = answer.headers.get('x-bartizan-request-id') ?? '';
    const { entries } = await world.gateway.office.audit.read({ id, limit: 10 });
    expect(entries.map(({ entry }) => entry)).toMatchObject([{ kind: 'interaction', outcome: 'released' }]);
    await answer.text();
    expect(await world.recorded(id)).toMatchObject([
      { outcome: 'released' },
      { kind: 'interaction_end', outcome: 'answered', finish: 'stop', usage: { source: 'reported' } },
    ]);
  });

  test('is written also where the answer does not wait for it', async () => {
    const { key } = await world.newKey('later');
    for (const stream of [false, true]) {
      const { id } = await ask(OPENAI_CHAT, { url: world.url, key }, { model: 'openai.echo', stream });
      const entries = await until(async () => {
        const found = await world.recorded(id);
        return found.length > 0 ? found : undefined;
      });
      expect(entries).toHaveLength(stream ? 2 : 1);
    }
  });

  test('is there for embeddings and counts of tokens too', async () => {
    const headers = { authorization: `Bearer ${world.key}` };
    const embedded = await post({
      url: `${world.url}/v1/embeddings`,
      headers,
      body: { model: 'openai.embed', input: MAIL },
    });
    expect((await world.recorded(embedded.id))[0]).toMatchObject({
      endpoint: 'openai.embeddings/embeddings',
      action: 'pseudonymize',
      usage: { inputTokens: 9 },
    });
    expect(world.upstream.last('embed').text).not.toContain(MAIL);
    const body = { model: 'anthropic.plain', messages: [{ role: 'user', content: 'hi' }] };
    const counted = await post({ url: `${world.url}/v1/messages/count_tokens`, headers, body });
    expect((await world.recorded(counted.id))[0]).toMatchObject({
      endpoint: 'anthropic.messages/count_tokens',
      outcome: 'answered',
    });
  });
});
