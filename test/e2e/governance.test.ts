/** Who may do what, and how much: credentials, policies, gates, limits, fallback, through the running gateway. */
import Anthropic from '@anthropic-ai/sdk';
import OpenAI from 'openai';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { InteractionEntry } from '../../src/domain/record.ts';
import { anthropicClient } from './anthropic-client.ts';
import { ask, DIALECTS, OPENAI_CHAT, post } from './dialects.ts';
import { until } from './gateway.ts';
import { openaiClient } from './openai-clients.ts';
import { thrownBy } from './suite.ts';
import { SLOW_TEXT } from './upstream.ts';
import { startWorld, type World } from './world.ts';

let world: World;

beforeAll(async () => {
  world = await startWorld({
    groups: { trainees: {} },
    principals: {
      ada: { kind: 'person', groups: ['trainees'], gates: { terms: null } },
      bob: { kind: 'person', gates: { terms: '2020-01-01' } },
    },
    applications: {
      desk: { purpose: 'Everything' },
      clinic: { purpose: 'Letters', models: ['openai.*', 'eu-or-us'] },
      portal: { gates: ['terms'] },
      metered: {},
      small: {},
      crowded: {},
    },
    policies: {
      everyone: { cedar: 'permit (principal, action == Action::"call_model", resource);' },
      reidentify: { cedar: 'permit (principal, action == Action::"reidentify", resource);' },
      'no-trainees-on-google': {
        cedar: `forbid (principal in Group::"trainees", action == Action::"call_model", resource)
          when { context.provider == Provider::"google" };`,
      },
      'personal-data-stays-in-the-eu': {
        cedar: `forbid (principal, action == Action::"call_model", resource)
          when { context.labels.contains("pii.EMAIL_ADDRESS") } unless { context.region like "eu-*" };`,
      },
    },
    guardrails: {
      mail: {
        scanner: 'pii',
        kinds: ['EMAIL_ADDRESS'],
        action: 'flag',
        directions: ['request'],
        applications: ['clinic'],
      },
    },
    limits: {
      'three-a-day': {
        measure: 'requests',
        capacity: 3,
        window: 'day',
        per: 'application',
        applications: ['metered'],
      },
      'few-tokens': {
        measure: 'tokens',
        capacity: 500,
        window: 'month',
        per: 'principal',
        applications: ['small'],
      },
      'one-at-a-time': {
        measure: 'concurrent_requests',
        capacity: 2,
        per: 'application',
        applications: ['crowded'],
      },
    },
    models: {
      'eu-or-us': {
        candidates: [
          { provider: 'openai', model: 'us.plain' },
          { provider: 'bedrock', model: 'eu.anthropic.plain', priority: 1 },
        ],
      },
      falls: {
        candidates: [
          { provider: 'openai', model: 'first.error-500' },
          { provider: 'google', model: 'second.plain', priority: 1 },
          { provider: 'anthropic', model: 'third.plain', priority: 2 },
        ],
      },
      rejects: {
        candidates: [
          { provider: 'openai', model: 'first.error-400' },
          { provider: 'anthropic', model: 'second.plain', priority: 1 },
        ],
      },
    },
  });
  const { office } = world.gateway;
  const { configuration } = (await office.configurations.current())!;
  const { bedrock } = configuration.providers;
  await office.configurations.apply(
    {
      ...configuration,
      providers: { ...configuration.providers, bedrock: { ...bedrock!, region: 'eu-central-1' } },
    },
    { actor: 'test' },
  );
});
afterAll(() => world.stop());

describe('credentials', () => {
  test.each(DIALECTS)('are read where the clients of $name put them', async (dialect) => {
    expect(await ask(dialect, world, { model: 'simulator' })).toMatchObject({ status: 200 });
  });

  test.each(DIALECTS)('of the wrong form, unknown or missing are refused in $name', async (dialect) => {
    for (const headers of [dialect.credential('bz_nobody'), dialect.credential('{}'), {}]) {
      const { status, json } = await post({
        url: world.url + dialect.path('simulator', false),
        headers,
        body: dialect.body('simulator', 'hi', false),
      });
      expect(status).toBe(401);
      expect(dialect.errorOf(json).code).toMatch(/^(?:invalid|missing)_credential$/);
    }
  });

  test('two at once are refused, even where they are the same', async () => {
    const headers = { authorization: `Bearer ${world.key}`, 'x-api-key': world.key };
    const { status, json } = await ask(OPENAI_CHAT, world, { model: 'simulator', headers });
    expect(status).toBe(400);
    expect(OPENAI_CHAT.errorOf(json).code).toBe('ambiguous_credential');
  });

  test('are checked before the body is looked at', async () => {
    const { status } = await post({
      url: `${world.url}/v1/chat/completions`,
      headers: {},
      body: '{nonsense',
    });
    expect(status).toBe(401);
  });

  test('a revoked key is refused within a second', async () => {
    const { id, key } = await world.newKey('desk');
    expect(await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator' })).toMatchObject({ status: 200 });
    const revokedAt = performance.now();
    await world.gateway.office.keys.revoke(id);
    await until(async () =>
      (await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator' })).status === 401 ? true : undefined,
    );
    expect(performance.now() - revokedAt).toBeLessThan(1_000);
  });

  test('an expired key is refused', async () => {
    const { key } = await world.newKey('desk', { expiresAtMs: Date.now() - 1 });
    const { status, json } = await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator' });
    expect(status).toBe(401);
    expect(OPENAI_CHAT.errorOf(json).code).toBe('expired_credential');
  });

  test('without the scope for inference are refused', async () => {
    const { key } = await world.newKey('desk', { scopes: ['reidentify'] });
    const error = await thrownBy(() => openaiClient({ ...world, key }).models.list());
    expect(error).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator' })).toMatchObject({ status: 403 });
  });

  test('name the principal on whose behalf they call only with the scope for it', async () => {
    const headers = { 'x-bartizan-principal': 'person:ada' };
    const { status } = await ask(OPENAI_CHAT, world, { model: 'simulator', headers });
    expect(status).toBe(403);
    const { key } = await world.newKey('desk', { scopes: ['inference', 'assert_principal'] });
    const allowed = await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator', headers });
    expect(allowed.status).toBe(200);
    const [entry] = await world.recorded(allowed.id);
    expect(entry).toMatchObject({
      principal: { kind: 'person', id: 'ada' },
      assertedBy: { kind: 'service', id: 'desk' },
    });
  });
});

describe('policies', () => {
  test.each(DIALECTS)('a denial names its policy in $name', async (dialect) => {
    const { key } = await world.newKey('desk', { principal: { kind: 'person', id: 'ada' } });
    const { status, json, text, id } = await ask(dialect, { ...world, key }, { model: 'google.plain' });
    expect(status).toBe(403);
    expect(dialect.errorOf(json).code).toBe('policy_denied');
    expect(text).toContain('no-trainees-on-google');
    const [entry] = await world.recorded(id);
    expect(entry).toMatchObject({
      outcome: 'refused',
      refusal: 'policy_denied',
      policies: ['no-trainees-on-google'],
    });
  });

  test('a denial is the clients’ own permission error', async () => {
    const { key } = await world.newKey('desk', { principal: { kind: 'person', id: 'ada' } });
    const openai = openaiClient({ ...world, key });
    const anthropic = anthropicClient({ ...world, key });
    const messages = [{ role: 'user' as const, content: 'hi' }];
    expect(
      await thrownBy(() => openai.chat.completions.create({ model: 'google.plain', messages })),
    ).toBeInstanceOf(OpenAI.PermissionDeniedError);
    expect(
      await thrownBy(() => anthropic.messages.create({ model: 'google.plain', messages, max_tokens: 5 })),
    ).toBeInstanceOf(Anthropic.PermissionDeniedError);
  });

  test('what is denied is not listed', async () => {
    const names = async (key: string) => {
      const ids: string[] = [];
      for await (const { id } of openaiClient({ ...world, key }).models.list()) ids.push(id);
      return ids;
    };
    const { key } = await world.newKey('clinic');
    expect(await names(key)).not.toContain('simulator');
    expect(await names(world.key)).toContain('simulator');
  });

  test('a model that the application may not use is unknown to it', async () => {
    const { key } = await world.newKey('clinic');
    expect(await ask(OPENAI_CHAT, { ...world, key }, { model: 'anthropic.plain' })).toMatchObject({
      status: 404,
    });
  });

  test('are asked again once it is known what the prompt holds', async () => {
    const { key } = await world.newKey('clinic');
    const clean = await ask(OPENAI_CHAT, { ...world, key }, { model: 'openai.plain' });
    expect(clean.status).toBe(200);
    const before = world.upstream.asked.length;
    const { status, text } = await ask(
      OPENAI_CHAT,
      { ...world, key },
      { model: 'openai.plain', prompt: 'Write to ada@example.org' },
    );
    expect(status).toBe(403);
    expect(text).toContain('personal-data-stays-in-the-eu');
    expect(text).not.toContain('ada@example.org');
    expect(world.upstream.asked.length).toBe(before);
  });

  test('leave the candidates that may be called with what the prompt holds', async () => {
    const { key } = await world.newKey('clinic');
    expect((await ask(OPENAI_CHAT, { ...world, key }, { model: 'eu-or-us' })).status).toBe(200);
    expect(world.upstream.last().vendor).toBe('openai');
    expect(
      (await ask(OPENAI_CHAT, { ...world, key }, { model: 'eu-or-us', prompt: 'Write to ada@example.org' }))
        .status,
    ).toBe(200);
    expect(world.upstream.last().vendor).toBe('bedrock');
  });

  test('gates that are open let pass, and closed or expired ones are named', async () => {
    for (const [id, status] of [
      ['ada', 200],
      ['bob', 403],
      ['eve', 403],
    ] as const) {
      const { key } = await world.newKey('portal', { principal: { kind: 'person', id } });
      const reply = await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator' });
      expect(reply.status).toBe(status);
      if (status === 403)
        expect(reply.json).toMatchObject({ error: { bartizan: { code: 'gate_closed', gate: 'terms' } } });
    }
  });
});

describe('limits', () => {
  test('count down in the headers, then refuse by name with the time to wait', async () => {
    const { key } = await world.newKey('metered');
    for (const left of [2, 1, 0]) {
      const { status, headers } = await ask(OPENAI_CHAT, { ...world, key }, { model: 'simulator' });
      expect(status).toBe(200);
      expect(headers.get('ratelimit')).toMatch(new RegExp(`"three-a-day";r=${left};t=\\d+`));
      expect(headers.get('ratelimit-policy')).toBe('"three-a-day";q=3;qu="requests";w=86400');
      expect(headers.get('x-ratelimit-remaining-requests')).toBe(String(left));
      expect(headers.get('anthropic-ratelimit-requests-remaining')).toBeNull();
    }
    for (const dialect of DIALECTS) {
      const { status, headers, json, id } = await ask(dialect, { ...world, key }, { model: 'simulator' });
      expect(status).toBe(429);
      const seconds = Number(headers.get('retry-after'));
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThanOrEqual(86_400);
      const { message, code } = dialect.errorOf(json);
      expect(code).toBe('limit_exceeded');
      expect(message).toMatch(/"three-a-day" \(3 requests per day\).*resets at \d{4}-\d\d-\d\dT/);
      expect(headers.get('ratelimit')).toMatch(/"three-a-day";r=0/);
      expect(await world.recorded(id)).toMatchObject([
        { outcome: 'refused', refusal: 'limit_exceeded', status: 429 },
      ]);
    }
    const error = await thrownBy(() =>
      openaiClient({ ...world, key }).chat.completions.create({
        model: 'simulator',
        messages: [{ role: 'user', content: 'hi' }],
      }),
    );
    expect(error).toBeInstanceOf(OpenAI.RateLimitError);
  });

  test('of tokens reserve what an answer may take, and settle what it took', async () => {
    const { key } = await world.newKey('small');
    const chat = (max: number) =>
      post({
        url: `${world.url}/v1/chat/completions`,
        headers: { authorization: `Bearer ${key}` },
        body: { ...OPENAI_CHAT.body('openai.plain', 'hi', false), max_completion_tokens: max },
      });
    expect((await chat(600)).status).toBe(429);
    expect((await chat(400)).status).toBe(200);
    // 42 were reported, so that another 400 fit.
    const { status, headers } = await chat(400);
    expect(status).toBe(200);
    expect(Number(headers.get('x-ratelimit-remaining-tokens'))).toBeLessThan(100);
    await until(async () => ((await chat(450)).status === 429 ? true : undefined));
    expect((await chat(390)).status).toBe(200);
  });

  test('of requests at once admit exactly as many, and again once they ended', async () => {
    const { key } = await world.newKey('crowded');
    const burst = () =>
      Promise.all(
        Array.from({ length: 6 }, () => ask(OPENAI_CHAT, { ...world, key }, { model: 'openai.slow' })),
      );
    for (let round = 0; round < 2; round++) {
      const statuses = (await burst()).map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses).toEqual([200, 200, 429, 429, 429, 429]);
    }
  });
});

describe('fallback', () => {
  test('goes to the next candidate that is permitted, and the record tells of every attempt', async () => {
    const open = await ask(OPENAI_CHAT, world, { model: 'falls' });
    expect(open.status).toBe(200);
    expect(world.upstream.last().vendor).toBe('google');
    const { key } = await world.newKey('desk', { principal: { kind: 'person', id: 'ada' } });
    const { status, id } = await ask(OPENAI_CHAT, { ...world, key }, { model: 'falls', stream: true });
    expect(status).toBe(200);
    expect(world.upstream.last().vendor).toBe('anthropic');
    const [entry] = await world.recorded(id);
    expect((entry as InteractionEntry).attempts.map(({ provider, result }) => [provider, result])).toEqual([
      ['openai', '500'],
      ['anthropic', '200'],
    ]);
    expect(entry).toMatchObject({
      provider: 'anthropic',
      providerModel: 'third.plain',
      requestedModel: 'falls',
    });
  });

  test('does not go on where the request itself was wrong', async () => {
    const { status } = await ask(OPENAI_CHAT, world, { model: 'rejects' });
    expect(status).toBe(400);
    expect(world.upstream.last().vendor).toBe('openai');
  });
});

describe('a client that goes away', () => {
  test('cancels the call upstream, and what was received by then is settled', async () => {
    const { key } = await world.newKey('desk', { principal: { kind: 'person', id: 'leaver' } });
    const openai = openaiClient({ ...world, key });
    const { data: stream, response } = await openai.chat.completions
      .create({ model: 'openai.slow', messages: [{ role: 'user', content: 'go on' }], stream: true })
      .withResponse();
    let heard = '';
    for await (const chunk of stream) {
      heard += chunk.choices[0]?.delta.content ?? '';
      if (heard.length > 30) break;
    }
    expect(SLOW_TEXT.startsWith(heard)).toBe(true);
    await until(() => (world.upstream.last('slow').cancelled ? true : undefined), 1_000);
    const entries = await world.recorded(response.headers.get('x-bartizan-request-id') ?? '');
    expect(entries).toMatchObject([
      { kind: 'interaction', outcome: 'released' },
      { kind: 'interaction_end', outcome: 'client_closed', usage: { source: 'estimated' } },
    ]);
    const { usage } = entries[1] as InteractionEntry;
    expect(usage?.outputTokens).toBeGreaterThan(0);
    expect(usage?.outputTokens).toBeLessThan(SLOW_TEXT.length / 4);
  });

  test('before the first byte is recorded as such', async () => {
    const controller = new AbortController();
    const asked = world.upstream.asked.length;
    const gone = fetch(`${world.url}/v1/chat/completions`, {
      method: 'POST',
      signal: controller.signal,
      headers: { authorization: `Bearer ${world.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(OPENAI_CHAT.body('openai.slow', 'hi', false)),
    });
    await until(() => (world.upstream.asked.length > asked ? true : undefined));
    controller.abort();
    await expect(gone).rejects.toThrow();
    const last = await until(async () => {
      const entry = (await world.record()).at(-1)?.entry;
      return entry?.kind === 'interaction' && entry.outcome === 'client_closed' ? entry : undefined;
    });
    expect(last).toMatchObject({ refusal: 'client_closed', requestedModel: 'openai.slow' });
    expect(world.upstream.last('slow').cancelled).toBe(true);
  });
});

describe('response headers', () => {
  test.each(DIALECTS)('tell in $name what was done', async (dialect) => {
    const { headers, id } = await ask(dialect, world, { model: 'simulator' });
    expect(id).toMatch(/^req_/);
    expect(headers.get('x-bartizan-verdict')).toBe('allow');
    expect(headers.get('x-bartizan-guardrails')).toBeNull();
    const { key } = await world.newKey('clinic');
    const flagged = await ask(
      dialect,
      { ...world, key },
      { model: 'eu-or-us', prompt: 'I am ada@example.org', stream: true },
    );
    expect(flagged.status).toBe(200);
    expect(flagged.headers.get('x-bartizan-verdict')).toBe('flag');
    expect(flagged.headers.get('x-bartizan-guardrails')).toBe('mail;flag');
  });
});
