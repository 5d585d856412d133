/** Guardrails that ask a model: who may be asked, what it costs whom, what the record says, and that nothing fails open. */
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { InteractionEntry, RecordedInquiry } from '../../src/domain/record.ts';
import { ask, OPENAI_CHAT } from './dialects.ts';
import { startGateway, until, type RunningGateway } from './gateway.ts';
import { JUDGE_USAGE, startJudge, type JudgeServer } from './judge-server.ts';
import { startUpstream, type Upstream } from './upstream.ts';

const MAIL = 'zebra.quartz@example.com';
const RULE = 'It may not give advice on investments.';
/** Dominates what a question may come to use, so that a budget holds a known number of them. */
const MAX_OUTPUT = 2_000;

let judge: JudgeServer;
let upstream: Upstream;
let gateway: RunningGateway;

function guardrail(application: string, more: object = {}, config: object = {}): object {
  return {
    scanner: 'judge',
    action: 'block',
    directions: ['request'],
    // The name of the model is a text too.
    channels: ['user'],
    applications: [application],
    timeout_ms: 4_000,
    config: { model: 'reviewer', rule: RULE, timeout_ms: 3_000, cache_entries: 0, ...config },
    ...more,
  };
}

beforeAll(async () => {
  judge = await startJudge();
  upstream = await startUpstream();
  gateway = await startGateway(JSON.stringify(configuration()), { OPENAI_CREDENTIAL: 'sk-upstream' });
});
beforeEach(() => {
  judge.asked.length = 0;
  judge.says = () => false;
});
afterAll(async () => {
  await gateway.stop();
  await upstream.stop();
  await judge.stop();
});

function configuration(): object {
  const provider = { kind: 'openai', base_url: judge.url, allow_private_network: true, retries: 0 };
  const credential = { credential: { env: 'OPENAI_CREDENTIAL' } };
  const names = [
    'plain',
    'clinic',
    'labelled',
    'crowd',
    'limited',
    'lenient',
    'answers',
    'impatient',
    'trainees',
    'falls',
    'hooked',
  ];
  return {
    version: 1,
    applications: {
      desk: {},
      ...Object.fromEntries(
        names.map((name) => [
          name,
          { data_class: name === 'clinic' ? 'restricted' : 'internal', models: ['openai.*'] },
        ]),
      ),
    },
    groups: { trainees: {} },
    principals: { ada: { kind: 'person', groups: ['trainees'] } },
    providers: {
      openai: {
        kind: 'openai',
        base_url: `${upstream.url}/openai/v1`,
        allow_private_network: true,
        ...credential,
      },
      judges: { ...provider, ...credential, circuit: { failures: 10_000 } },
      'judges-eu': { ...provider, ...credential, region: 'eu-central-1' },
      'judges-down': { ...provider, ...credential, base_url: 'http://127.0.0.1:9/v1' },
    },
    models: {
      'openai.*': { candidates: [{ provider: 'openai' }] },
      reviewer: { candidates: [{ provider: 'judges', model: 'gpt-5.6-terra' }] },
      'reviewer-limited': { candidates: [{ provider: 'judges', model: 'gpt-5.6-terra' }] },
      'reviewer-anywhere': {
        candidates: [
          { provider: 'judges', model: 'world' },
          { provider: 'judges-eu', model: 'eu', priority: 1 },
        ],
      },
      'reviewer-falls': {
        candidates: [
          { provider: 'judges-down', model: 'nowhere' },
          { provider: 'judges', model: 'gpt-5.6-terra', priority: 1 },
        ],
      },
    },
    policies: {
      all: { cedar: 'permit (principal, action, resource);' },
      'restricted-stays-in-the-eu': {
        cedar: `forbid (principal, action == Action::"call_model", resource)
          when { context.application.data_class == "restricted" && resource.name like "reviewer*" }
          unless { context.region like "eu-*" };`,
      },
      'addresses-stay-in-the-eu': {
        cedar: `forbid (principal, action == Action::"call_model", resource)
          when { context.labels.contains("pii.EMAIL_ADDRESS") && resource.name like "reviewer*" }
          unless { context.region like "eu-*" };`,
      },
      'trainees-not-to-judges': {
        cedar: `forbid (principal in Group::"trainees", action == Action::"call_model", resource)
          when { context.provider == Provider::"judges" };`,
      },
    },
    limits: {
      // Guardrails are no persons.
      'nothing-for-persons-alone': {
        measure: 'requests',
        capacity: 1,
        window: 'day',
        per: 'principal',
        principals: ['person:*'],
        applications: ['plain'],
      },
      'one-review': {
        measure: 'requests',
        capacity: 1,
        window: 'day',
        per: 'model',
        models: ['reviewer-limited'],
      },
    },
    guardrails: {
      plain: guardrail('plain'),
      clinic: guardrail('clinic'),
      'clinic-anywhere': guardrail('clinic', {}, { model: 'reviewer-anywhere' }),
      mail: {
        scanner: 'pii',
        config: { kinds: ['EMAIL_ADDRESS'] },
        action: 'flag',
        applications: ['labelled'],
      },
      labelled: guardrail('labelled'),
      crowd: guardrail(
        'crowd',
        {},
        { max_output_tokens: MAX_OUTPUT, max_tokens_per_hour: 3.75 * MAX_OUTPUT },
      ),
      limited: guardrail('limited', {}, { model: 'reviewer-limited' }),
      lenient: guardrail('lenient', { on_error: 'allow' }, { model: 'reviewer-limited' }),
      answers: guardrail('answers', { directions: ['response'], channels: [] }),
      impatient: guardrail('impatient', { timeout_ms: 200 }, { timeout_ms: 1_500 }),
      trainees: guardrail('trainees'),
      falls: guardrail('falls', {}, { model: 'reviewer-falls' }),
      hooked: {
        scanner: 'webhook',
        action: 'flag',
        directions: ['request'],
        channels: ['user'],
        applications: ['hooked'],
        config: { url: 'http://127.0.0.1:9/scan', kinds: ['ANY'], allow_private_network: true },
      },
    },
  };
}

/** One request of an application, and what the record says of it when it is over. */
async function sent(
  application: string,
  prompt: string,
  { stream = false, principal }: { stream?: boolean; principal?: { kind: 'person'; id: string } } = {},
) {
  const { key } = await gateway.newKey(application, principal ? { principal } : {});
  const reply = await ask(OPENAI_CHAT, { url: gateway.url, key }, { model: 'openai.plain', prompt, stream });
  const entry = (await gateway.recorded(reply.id)).at(-1) as InteractionEntry;
  return { ...reply, entry, inquiries: entry.inquiries ?? [] };
}

const inquiry = (guardrail: string, result: string, more: Partial<RecordedInquiry> = {}) =>
  expect.objectContaining({ guardrail, direction: 'request', result, count: 1, ...more });

const codeOf = (reply: { json: Parameters<typeof OPENAI_CHAT.errorOf>[0] }) =>
  OPENAI_CHAT.errorOf(reply.json).code;

/** What the usage room holds of a guardrail's principal, once it is written. */
async function usageOf(guardrail: string) {
  return until(async () => {
    const { stores, clock } = gateway.gateway.office;
    const rows = await stores.usage.read({ fromMs: 0, toMs: clock.now() + 86_400_000 });
    return rows.find(({ principal }) => principal === `service:guardrail/${guardrail}`);
  }, 15_000);
}

describe('a judge', () => {
  test('blocks what it says violates the rule, and the entry tells who was asked, how long and for how much', async () => {
    judge.says = () => true;
    const { status, entry, inquiries, ...reply } = await sent('plain', 'Zebra-Quartz says: buy shares.');
    expect([status, codeOf(reply)]).toEqual([400, 'content_policy_violation']);
    expect(upstream.asked.some(({ text }) => text.includes('Zebra'))).toBe(false);
    expect(entry).toMatchObject({ action: 'block', refusedBy: 'plain' });
    expect(inquiries).toEqual([
      inquiry('plain', 'answered', {
        configuredModel: 'reviewer',
        provider: 'judges',
        providerModel: 'gpt-5.6-terra',
        attempts: 1,
        ...JUDGE_USAGE,
        costMicros: 840,
        durationMs: expect.any(Number),
        longestMs: expect.any(Number),
      }),
    ]);
    expect(JSON.stringify(entry)).not.toMatch(/Zebra|investments/);
  });

  test('lets pass what it says does not, and its cost is not the interaction’s own', async () => {
    const { status, entry } = await sent('plain', 'Good morning.');
    expect(status).toBe(200);
    expect(entry.usage?.inputTokens).not.toBe(JUDGE_USAGE.inputTokens);
    expect(entry.inquiries).toHaveLength(1);
  });

  test('costs nothing where it is not in force', async () => {
    const { status, entry } = await sent('desk', 'Good morning.');
    expect(status).toBe(200);
    expect(entry).not.toHaveProperty('inquiries');
    expect(judge.asked).toEqual([]);
  });

  test('is asked about paragraphs apart, and told as one line', async () => {
    const { inquiries } = await sent('plain', `${'word '.repeat(400)}\n\n${'other '.repeat(400)}\n\nend`);
    expect(inquiries).toEqual([
      inquiry('plain', 'answered', { count: judge.asked.length, inputTokens: 300 * judge.asked.length }),
    ]);
    expect(judge.asked.length).toBeGreaterThan(1);
  });

  test('judges answers while they stream', async () => {
    const { status, entry, inquiries } = await sent('answers', 'Say something.', { stream: true });
    expect([status, entry.kind, entry.outcome]).toEqual([200, 'interaction_end', 'answered']);
    expect(inquiries).toEqual([inquiry('answers', 'answered', { direction: 'response' })]);
  });

  test('falls back to the next candidate as any other call does', async () => {
    const { status, inquiries } = await sent('falls', 'Good morning.');
    expect(status).toBe(200);
    expect(inquiries).toEqual([inquiry('falls', 'answered', { provider: 'judges', attempts: 2 })]);
  });
});

describe('whatever goes wrong with a judge refuses the request, and the entry says what', () => {
  test.each<readonly [string, string, JudgeServer['says'], string]>([
    ['refuses', 'plain', () => 500, 'provider_unavailable'],
    ['answers nonsense', 'plain', () => 'Sure!', 'answered'],
    ['hangs', 'impatient', () => new Promise(() => undefined), 'unfinished'],
  ])('one that %s', async (_, application, says, result) => {
    judge.says = says;
    const { status, entry, inquiries, text, ...reply } = await sent(application, 'Zebra-Quartz.');
    expect([status, codeOf(reply)]).toEqual([503, 'scanner_failed']);
    expect(entry).toMatchObject({ refusal: 'scanner_failed', refusedBy: application });
    expect(inquiries).toEqual([inquiry(application, result)]);
    expect(text + JSON.stringify(entry)).not.toContain('Zebra');
  });

  test('a question that nobody waits for any longer is metered all the same', async () => {
    judge.says = () => new Promise(() => undefined);
    await sent('impatient', 'Good morning.');
    expect(await usageOf('impatient')).toMatchObject({
      application: 'impatient',
      model: 'reviewer',
      outputTokens: 0,
    });
  });
});

describe('policy holds for what a judge would be shown', () => {
  test('data of a class that stays in the EU goes to no judge elsewhere', async () => {
    const { status, entry, inquiries, ...reply } = await sent('clinic', 'A letter.');
    expect([status, codeOf(reply)]).toEqual([503, 'scanner_failed']);
    expect(inquiries).toEqual([
      inquiry('clinic', 'policy_denied', { configuredModel: 'reviewer' }),
      inquiry('clinic-anywhere', 'answered', { provider: 'judges-eu' }),
    ]);
    expect(entry.refusedBy).toBe('clinic');
    expect(judge.asked.map(({ model }) => model)).toEqual(['eu']);
  });

  test('what other scanners found is known before a judge is asked', async () => {
    expect((await sent('labelled', 'Good morning.')).status).toBe(200);
    const { status, inquiries } = await sent('labelled', `Write to ${MAIL}.`);
    expect(status).toBe(503);
    expect(inquiries).toEqual([inquiry('labelled', 'policy_denied')]);
    expect(judge.asked).toHaveLength(1);
  });

  test('where the sender is forbidden a provider, the sender’s text does not go there either', async () => {
    const { inquiries } = await sent('trainees', 'Mine.', { principal: { kind: 'person', id: 'ada' } });
    expect(inquiries).toEqual([inquiry('trainees', 'policy_denied')]);
    expect((await sent('trainees', 'Ours.')).status).toBe(200);
    expect(judge.asked).toHaveLength(1);
  });

  test('nobody can be a guardrail', async () => {
    const { key } = await gateway.newKey('desk', { scopes: ['inference', 'assert_principal'] });
    const headers = { 'x-bartizan-principal': 'service:guardrail/plain' };
    const reply = await ask(OPENAI_CHAT, { url: gateway.url, key }, { model: 'openai.plain', headers });
    expect([reply.status, codeOf(reply)]).toEqual([401, 'invalid_credential']);
  });
});

describe('limits', () => {
  test('of many requests at once a judge’s budget admits exactly as many as it holds, and what was not used it has again', async () => {
    const { key } = await gateway.newKey('crowd');
    const done = Promise.withResolvers<boolean>();
    judge.says = () => done.promise;
    const replies: number[] = [];
    const requests = Array.from({ length: 12 }, async (_, index) => {
      const options = { model: 'openai.plain', prompt: `Text ${index}.` };
      const { status, id } = await ask(OPENAI_CHAT, { url: gateway.url, key }, options);
      replies.push(status);
      return { status, id };
    });
    await until(() => (replies.length === 9 && judge.asked.length === 3 ? true : undefined));
    expect(replies).toEqual(Array.from({ length: 9 }, () => 503));
    done.resolve(false);
    const all = await Promise.all(requests);
    expect(all.filter(({ status }) => status === 200)).toHaveLength(3);
    const results = await Promise.all(
      all.map(async ({ id }) => ((await gateway.recorded(id))[0] as InteractionEntry).inquiries?.[0]?.result),
    );
    expect(results.toSorted((a = '', b = '') => a.localeCompare(b))).toEqual([
      ...Array.from({ length: 3 }, () => 'answered'),
      ...Array.from({ length: 9 }, () => 'limit_exceeded'),
    ]);
    // Three times 320 tokens were used of 7,500.
    expect((await sent('crowd', 'One more.')).status).toBe(200);
    expect(await usageOf('crowd')).toMatchObject({
      application: 'crowd',
      model: 'reviewer',
      provider: 'judges',
    });
  });

  test('that are configured hold for a judge, and what then happens its guardrail says', async () => {
    expect((await sent('limited', 'First.')).status).toBe(200);
    const second = await sent('limited', 'Second.');
    expect([second.status, second.entry.refusedBy]).toEqual([503, 'limited']);
    expect(second.inquiries).toEqual([inquiry('limited', 'limit_exceeded')]);
    const lenient = await sent('lenient', 'Third.');
    expect(lenient.status).toBe(200);
    expect(lenient.headers.get('x-bartizan-guardrails')).toBe('lenient;failed-open');
    expect(lenient.inquiries).toEqual([inquiry('lenient', 'limit_exceeded')]);
  });
});

test('what came of a detector is told by guardrail, and it is left alone once it is dead', async () => {
  const { entry, inquiries } = await sent('hooked', 'A text.');
  expect(entry).toMatchObject({ refusal: 'scanner_failed', refusedBy: 'hooked' });
  expect(inquiries).toEqual([inquiry('hooked', 'connect_failed')]);
  for (let i = 0; i < 4; i++) await sent('hooked', 'A text.');
  expect((await sent('hooked', 'A text.')).inquiries).toEqual([inquiry('hooked', 'circuit_open')]);
});

test('the operator sees it: usage by the guardrail’s principal, and the entry', async () => {
  const { id } = await sent('plain', 'Good evening.');
  await usageOf('plain');
  const run = async (...args: string[]) => {
    const environment = {
      ...process.env,
      BARTIZAN_DATA: `${gateway.directory}/data`,
      BARTIZAN_LOG_LEVEL: 'silent',
    };
    const program = resolve(import.meta.dirname, '../../src/cli/bartizan.ts');
    const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env: environment });
    return stdout;
  };
  expect(await run('usage')).toMatch(
    /^plain {2}service:guardrail\/plain {2}reviewer {2}judges: \d+, \d+, \d+, \d+, 0\.00\d*[1-9]\d*$/m,
  );
  expect(JSON.parse(await run('audit', 'show', id))).toMatchObject({
    inquiries: [{ guardrail: 'plain', configuredModel: 'reviewer', result: 'answered', costMicros: 840 }],
  });
});
