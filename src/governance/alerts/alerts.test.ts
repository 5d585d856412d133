/** Alerts: when they are told, how often, and that no destination harms anything. */
import { afterEach, describe, expect, test } from 'vitest';
import { alertSchema, type AlertCondition } from '../../contract/alerts.ts';
import type { InteractionEntry } from '../../domain/record.ts';
import { createAlerts, type Alert, type AlertDelivery, type Alerts, type Fact } from './alerts.ts';
import { AlertError, type AlertMessage, type AlertSink } from './sink.ts';

const MINUTE = 60_000;
const PACE = { timeoutMs: 60, retriesMs: [5, 10] };
const open: Alerts[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((alerts) => alerts.stop()));
});

function conditionOf(on: object): AlertCondition {
  const to = { kind: 'webhook', url: 'https://example.com' };
  return alertSchema.parse({ on, to }).on;
}

function house(on: object, sink?: AlertSink | (() => never)) {
  const told: AlertMessage[] = [];
  const faults: unknown[] = [];
  const failures: AlertDelivery[] = [];
  const time = { now: 1_000_000 * MINUTE };
  const alerts = createAlerts({
    console: () => 'https://bartizan.example/console',
    onFault: (error) => faults.push(error),
    onFailure: (delivery) => failures.push(delivery),
    clock: { now: () => time.now },
    pace: PACE,
    tickMs: 5,
  });
  open.push(alerts);
  const alert: Alert = {
    name: 'watch',
    on: conditionOf(on),
    to: 'webhook',
    coolDownMs: 30 * MINUTE,
    settings: '1',
    open: () =>
      typeof sink === 'function' ? sink() : (sink ?? { deliver: async (message) => void told.push(message) }),
  };
  alerts.configure([alert]);
  return { alerts, alert, told, faults, failures, time };
}

function interaction(over: Partial<InteractionEntry> = {}): Fact {
  return {
    kind: 'interaction',
    entry: {
      kind: 'interaction',
      id: 'req_1',
      at: 0,
      snapshot: '1',
      endpoint: 'openai/chat_completions',
      stream: false,
      principal: { kind: 'person', id: 'alice@example.com' },
      application: 'demo',
      requestedModel: 'secret-model-name',
      policies: [],
      guardrails: [],
      quiet: {},
      findings: [],
      moreFindings: 0,
      action: 'allow',
      attempts: [],
      outcome: 'refused',
      refusal: 'policy_denied',
      timings: {},
      events: {},
      content: 'what was said',
      ...over,
    },
  };
}

const settled = (ms = 40) => new Promise((resolve) => setTimeout(resolve, ms));
const times = (count: number, alerts: Alerts, fact: Fact) => {
  for (let index = 0; index < count; index++) alerts.observe(fact);
};

describe('what is counted', () => {
  const on = { event: 'refusals', more_than: 3, within_minutes: 5, codes: ['policy_denied'] };

  test('is told once it is more than so many within so many minutes, with a link to its records', async () => {
    const { alerts, told, time } = house(on);
    times(3, alerts, interaction());
    time.now += 6 * MINUTE;
    times(3, alerts, interaction());
    await settled();
    expect(told).toEqual([]);
    times(1, alerts, interaction());
    await settled();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      alert: 'watch',
      event: 'refusals',
      isTest: false,
      title: '4 requests were refused within 5 minutes.',
      facts: { count: 4, more_than: 3, within_minutes: 5 },
    });
    const link = new URL(told[0]?.link ?? '');
    expect(link.pathname).toBe('/console/activity');
    expect(Object.fromEntries(link.searchParams)).toEqual({
      outcome: 'refused',
      refusal: 'policy_denied',
      fromMs: String(time.now - 5 * MINUTE),
    });
  });

  test('holds neither content nor whom it was about', async () => {
    const { alerts, told } = house(on);
    times(9, alerts, interaction());
    await settled();
    expect(JSON.stringify(told)).not.toMatch(/alice|secret-model-name|what was said|req_1/);
  });

  test('is told again only after the cool-down', async () => {
    const { alerts, told, time } = house(on);
    times(50, alerts, interaction());
    await settled();
    time.now += 29 * MINUTE;
    times(50, alerts, interaction());
    await settled();
    expect(told).toHaveLength(1);
    time.now += MINUTE;
    times(1, alerts, interaction());
    await settled();
    expect(told).toHaveLength(2);
  });

  test.each([
    ['another code', { refusal: 'limit_exceeded' }],
    ['answered', { outcome: 'answered' }],
  ] as const)('does not count what is %s', async (_, over) => {
    const { alerts, told } = house(on);
    times(9, alerts, interaction(over));
    await settled();
    expect(told).toEqual([]);
  });
});

const acted = (id: string, action: 'block' | 'allow' | 'redact') =>
  interaction({
    outcome: 'answered',
    guardrails: [{ id, version: '1', action, findings: 1, direction: 'request' }],
  });
const called = (provider: string, result: string) =>
  interaction({ outcome: 'answered', attempts: [{ provider, model: 'm', result, durationMs: 1 }] });
const consumed = (share: number, key = 'budget 1 principal/person:alice'): Fact => ({
  kind: 'consumption',
  counters: [{ limit: 'budget', key, share }],
});

describe('each condition', () => {
  test.each<[string, object, readonly Fact[], RegExp]>([
    [
      'a guardrail that acts',
      { event: 'guardrail_hits', more_than: 1, guardrails: ['pii'], actions: ['redact'] },
      [acted('pii', 'redact'), acted('pii', 'redact')],
      /Guardrails acted in 2 interactions/,
    ],
    [
      'a provider that fails',
      { event: 'provider_errors', share: 0.5, at_least: 4 },
      [called('a', '200'), called('a', '503'), called('a', 'connect_failed'), called('a', '429')],
      /3 of 4 calls of the provider a failed/,
    ],
    ['a budget', { event: 'limit_reached', share: 0.8 }, [consumed(0.85)], /85 % of the limit budget/],
    ['a stop', { event: 'stopped' }, [{ kind: 'stopped', part: 'model', name: 'm' }], /Stopped: model m\./],
    [
      'an objection',
      { event: 'objection_opened' },
      [{ kind: 'administration', action: 'contest.open' }],
      /Somebody objects/,
    ],
    [
      'a new administrator',
      { event: 'administrators_changed' },
      [{ kind: 'administration', action: 'administrator.invite' }],
      /administrator\.invite/,
    ],
  ])('%s is told', async (_, on, facts, title) => {
    const { alerts, told, faults } = house(on);
    for (const fact of facts) alerts.observe(fact);
    await settled();
    expect(told.map((message) => message.title)).toEqual([expect.stringMatching(title)]);
    expect(JSON.stringify(told)).not.toContain('alice');
    expect(faults).toEqual([]);
  });

  test.each<[string, object, readonly Fact[]]>([
    [
      'another guardrail, one that only watches, another action',
      { event: 'guardrail_hits', more_than: 0, guardrails: ['pii'], actions: ['redact'] },
      [acted('other', 'redact'), acted('pii', 'allow'), acted('pii', 'block')],
    ],
    [
      'too few calls, and what was the client’s own doing',
      { event: 'provider_errors', share: 0.5, at_least: 3 },
      [called('a', '503'), called('a', '503'), called('b', '400'), called('b', '400'), called('b', '404')],
    ],
    ['what is not used so far', { event: 'limit_reached', share: 0.8 }, [consumed(0.79)]],
    [
      'what did not take effect',
      { event: 'administrators_changed' },
      [{ kind: 'administration', action: 'administrator.invite.failed' }],
    ],
  ])('%s: is not told', async (_, on, facts) => {
    const { alerts, told } = house(on);
    for (const fact of facts) alerts.observe(fact);
    await settled();
    expect(told).toEqual([]);
  });

  test('what happens in the cool-down is told together, after it', async () => {
    const { alerts, told, time } = house({ event: 'stopped' });
    for (const name of ['a', 'b', 'c']) {
      alerts.observe({ kind: 'stopped', part: 'provider', name });
      await settled();
    }
    expect(told).toHaveLength(1);
    time.now += 30 * MINUTE;
    await settled();
    expect(told[1]).toMatchObject({ title: 'Stopped: provider b, provider c.', facts: { count: 2 } });
  });

  test('a counter is told once in its window', async () => {
    const { alerts, told, time } = house({ event: 'limit_reached', share: 0.8 });
    for (const fact of [consumed(0.9), consumed(0.95), consumed(0.97)]) {
      alerts.observe(fact);
      await settled();
      time.now += 60 * MINUTE;
    }
    expect(told).toHaveLength(1);
    alerts.observe(consumed(0.9, 'budget 2'));
    await settled();
    expect(told).toHaveLength(2);
  });

  test('witnesses that are missing are told when that has lasted, not when they come back', async () => {
    const { alerts, told, time } = house({ event: 'witnesses_missing', for_minutes: 5 });
    const look = (hasQuorum: boolean) => alerts.observe({ kind: 'log', hasQuorum });
    look(false);
    time.now += 4 * MINUTE;
    look(false);
    look(true);
    time.now += 4 * MINUTE;
    look(false);
    await settled();
    expect(told).toEqual([]);
    time.now += 5 * MINUTE;
    look(false);
    await settled();
    expect(told[0]?.facts).toEqual({ minutes: 5 });
  });
});

describe('a destination', () => {
  const on = { event: 'refusals', more_than: 0 };
  const never = () => new Promise<never>(() => undefined);

  test.each<[string, AlertSink | (() => never), string, number]>([
    ['that throws', { deliver: () => Promise.reject(new Error('secret words')) }, 'failed', 3],
    [
      'that throws at once',
      {
        deliver: () => {
          throw new Error('x');
        },
      },
      'failed',
      3,
    ],
    ['that hangs', { deliver: never }, 'timed_out', 3],
    [
      'that refuses for good',
      { deliver: () => Promise.reject(new AlertError('http_410', { isFinal: true })) },
      'http_410',
      1,
    ],
    ['whose reason is no code', { deliver: () => Promise.reject(new AlertError('<b>you</b>')) }, 'failed', 3],
    [
      'that cannot be opened',
      () => {
        throw new AlertError('credential_not_set');
      },
      'credential_not_set',
      3,
    ],
  ])('%s harms nothing, is tried so often and no more', async (_, sink, reason, attempts) => {
    const { alerts, faults, failures } = house(on, sink);
    const startedMs = performance.now();
    times(10_000, alerts, interaction());
    expect(performance.now() - startedMs).toBeLessThan(1_000);
    await settled(400);
    expect(alerts.deliveries()).toEqual([
      expect.objectContaining({ outcome: 'failed', reason, attempts, isTest: false }),
    ]);
    expect(failures).toHaveLength(1);
    expect(faults).toEqual([]);
  });

  test('that answers nonsense has taken it', async () => {
    const { alerts } = house(on, { deliver: async () => ({ nonsense: [undefined] }) });
    alerts.observe(interaction());
    await settled();
    expect(alerts.deliveries()).toMatchObject([{ outcome: 'delivered', reason: null, attempts: 1 }]);
  });

  test('that hangs does not hold up the end', async () => {
    const { alerts } = house(on, { deliver: never });
    alerts.observe(interaction());
    await settled(5);
    await alerts.stop();
    expect(alerts.deliveries()).toMatchObject([{ outcome: 'failed', reason: 'stopped' }]);
  });

  test('is tried on demand, once, whatever the condition says', async () => {
    const { alerts, told } = house(on);
    expect(await alerts.test('watch')).toMatchObject({ outcome: 'delivered', isTest: true, attempts: 1 });
    expect(told).toMatchObject([{ isTest: true, title: 'This is a test: nothing has happened.' }]);
    expect(await alerts.test('nobody')).toBeUndefined();
  });
});

test('a fact that is none harms nothing', () => {
  const { alerts, faults } = house({ event: 'refusals', more_than: 0 });
  alerts.observe({ kind: 'interaction', entry: undefined } as never);
  expect(faults).toHaveLength(1);
});

test('an alert that stays as it is keeps its count and its cool-down; one that changes begins anew', async () => {
  const { alerts, alert, told } = house({ event: 'refusals', more_than: 0 });
  alerts.observe(interaction());
  await settled();
  alerts.configure([alert]);
  alerts.observe(interaction());
  await settled();
  expect(told).toHaveLength(1);
  alerts.configure([{ ...alert, settings: '2' }]);
  alerts.observe(interaction());
  await settled();
  expect(told).toHaveLength(2);
  alerts.configure([]);
  expect(alerts.wants('refusals')).toBe(false);
});
