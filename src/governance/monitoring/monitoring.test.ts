/** Metrics, traces and logs of interactions: what they say, and that they hold no content. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { describe, expect, test, vi } from 'vitest';
import type { InteractionEntry } from '../../domain/record.ts';
import { spanAttributesOf, spanNameOf } from './genai-conventions.ts';
import { createMonitoring } from './monitoring.ts';

const ANSWERED: InteractionEntry = {
  kind: 'interaction',
  id: 'req_1',
  at: 1_700_000_000_000,
  snapshot: '1-abc',
  endpoint: 'openai.chat/chat',
  stream: true,
  application: 'demo',
  requestedModel: 'assistant',
  configuredModel: 'assistant',
  provider: 'claude',
  providerModel: 'claude-sonnet-4-5',
  responseModel: 'claude-sonnet-4-5-20250929',
  policies: ['all'],
  guardrails: [],
  quiet: {},
  findings: [
    {
      direction: 'request',
      guardrail: 'mail',
      scanner: 'pii',
      kind: 'EMAIL_ADDRESS',
      pointer: '/messages/0/content',
      start: 0,
      end: 5,
      confidence: 1,
    },
  ],
  moreFindings: 2,
  action: 'pseudonymize',
  attempts: [],
  outcome: 'answered',
  finish: 'stop',
  usage: {
    inputTokens: 12,
    outputTokens: 34,
    cachedInputTokens: 5,
    cacheWriteTokens: 0,
    reasoningTokens: 0,
    source: 'reported',
  },
  costMicros: 1_500_000,
  inquiries: [
    {
      guardrail: 'advice',
      direction: 'request',
      configuredModel: 'reviewer',
      provider: 'claude',
      result: 'answered',
      count: 2,
      durationMs: 500,
      longestMs: 300,
      inputTokens: 40,
      outputTokens: 6,
      costMicros: 250_000,
    },
    {
      guardrail: 'hook',
      direction: 'request',
      result: 'timed_out',
      count: 1,
      durationMs: 1_500,
      longestMs: 1_500,
    },
  ],
  timings: { first_byte: 120, total: 480 },
  events: { stand_in_invented: 3 },
};
const REFUSED: InteractionEntry = {
  ...ANSWERED,
  requestedModel: 'a text that a stranger made up',
  outcome: 'refused',
  refusal: 'unknown_model',
};

/** What was resolved for it is not there. */
const { provider: _provider, usage: _usage, ...UNRESOLVED } = REFUSED;

function monitoring(otlpEndpoint?: string) {
  return createMonitoring({ logLevel: 'silent', instance: 'test', inFlight: () => 7, otlpEndpoint });
}

describe('Prometheus metrics', () => {
  test.each([
    'bartizan_requests_total{endpoint="openai.chat/chat",model="assistant",provider="claude",outcome="answered",action="pseudonymize"} 1',
    'bartizan_tokens_total{model="assistant",provider="claude",type="output"} 34',
    'bartizan_cost_usd_total{model="assistant",provider="claude"} 1.5',
    'bartizan_findings_total{direction="request",scanner="pii",kind="EMAIL_ADDRESS"} 1',
    'bartizan_events_total{event="stand_in_invented"} 3',
    'bartizan_inquiries_total{guardrail="advice",result="answered"} 2',
    'bartizan_inquiries_total{guardrail="hook",result="timed_out"} 1',
    'bartizan_inquiry_seconds_total{guardrail="hook",result="timed_out"} 1.5',
    'bartizan_tokens_total{model="reviewer",provider="claude",type="input"} 40',
    'bartizan_cost_usd_total{model="reviewer",provider="claude"} 0.25',
    'bartizan_requests_in_flight 7',
  ])('tell %s', async (line) => {
    const { interaction, metrics } = monitoring();
    interaction(ANSWERED, undefined);
    expect(await metrics()).toContain(line);
  });

  test('take no label from a client that names a model nobody knows', async () => {
    const { interaction, metrics } = monitoring();
    interaction(UNRESOLVED, undefined);
    const text = await metrics();
    expect(text).not.toContain('stranger');
    expect(text).toContain('bartizan_refusals_total{code="unknown_model"} 1');
  });
});

test('the log tells its sizes, the age of its last quorum, and which witness failed why', async () => {
  const { checkpoint, witnessFailed, metrics } = monitoring();
  const age = async () => Number(/^bartizan_log_quorum_age_seconds ([\d.e-]+)$/m.exec(await metrics())?.[1]);
  witnessFailed('auditor', 'timed_out');
  checkpoint({ integratedSize: 12, publishedSize: 11, hasQuorum: true });
  expect(await age()).toBeLessThan(5);
  const text = await metrics();
  expect(text).toContain('bartizan_log_size 12');
  expect(text).toContain('bartizan_log_published_size 11');
  expect(text).toContain('bartizan_log_witness_failures_total{witness="auditor",reason="timed_out"} 1');
  vi.useFakeTimers({ now: Date.now() + 100_000, toFake: ['Date'] });
  checkpoint({ integratedSize: 12, publishedSize: 12, hasQuorum: false });
  expect(await age()).toBeGreaterThan(99);
  checkpoint({ integratedSize: 12, publishedSize: 12, hasQuorum: false, lateQuorumAtMs: Date.now() - 3_000 });
  expect(await age()).toBe(3);
  vi.useRealTimers();
});

describe('the mapping to the GenAI conventions', () => {
  test('names the span by operation and model, and carries usage', () => {
    expect(spanNameOf(ANSWERED)).toBe('chat assistant');
    expect(spanAttributesOf(ANSWERED)).toMatchObject({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'claude',
      'gen_ai.request.model': 'assistant',
      'gen_ai.response.model': 'claude-sonnet-4-5-20250929',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 12,
      'gen_ai.usage.output_tokens': 34,
      'bartizan.findings': 3,
    });
  });

  test('says why a refused request was refused, and not what it asked for', () => {
    expect(spanNameOf(UNRESOLVED)).toBe('chat');
    expect(spanAttributesOf(UNRESOLVED)).toMatchObject({
      'error.type': 'unknown_model',
      'gen_ai.request.model': 'none',
    });
  });
});

test('spans and metrics reach a collector over OTLP/HTTP, under the trace of the client', async () => {
  const received = new Map<string, Buffer>();
  const collector = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.set(request.url ?? '', Buffer.concat(chunks));
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  collector.listen(0, '127.0.0.1');
  await once(collector, 'listening');
  const address = collector.address();
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  const { interaction, close } = monitoring(`http://127.0.0.1:${address.port}`);
  interaction(ANSWERED, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01');
  await close();
  collector.close();
  const traces = received.get('/v1/traces')?.toString('utf8') ?? '';
  expect(traces).toContain('0af7651916cd43dd8448eb211c80319c');
  expect(traces).toContain('chat assistant');
  expect(received.get('/v1/metrics')?.toString('utf8')).toContain('gen_ai.client.token.usage');
});

test('a fault is logged by class and place, never by its message', async () => {
  const { log, fault, metrics } = monitoring();
  const lines: unknown[] = [];
  log.level = 'error';
  log.error = (fact: unknown) => lines.push(fact);
  fault(
    'pipeline',
    new TypeError('alice@example.com is not a number', { cause: new Error('alice@example.com') }),
    'req_1',
  );
  expect(JSON.stringify(lines)).toContain('TypeError');
  expect(JSON.stringify(lines)).not.toContain('alice');
  expect(await metrics()).toContain('bartizan_faults_total{where="pipeline"} 1');
});

test('the export is watched by counts, positions and codes', async () => {
  const monitoring = createMonitoring({
    logLevel: 'silent',
    instance: 'one',
    inFlight: () => 0,
    otlpEndpoint: undefined,
  });
  const { siem } = monitoring;
  siem.sent('there', 7);
  siem.rejected('there', { position: 4, reason: 'odd' });
  siem.failed('there', 'deadline', 1);
  siem.lost('there', 3);
  siem.behind('there', 120, 90_000);
  const text = await monitoring.metrics();
  expect(text).toContain('bartizan_siem_sent_total{destination="there"} 7');
  expect(text).toContain('bartizan_siem_rejected_total{destination="there"} 1');
  expect(text).toContain('bartizan_siem_failed_total{destination="there"} 1');
  expect(text).toContain('bartizan_siem_lost_total{destination="there"} 3');
  expect(text).toContain('bartizan_siem_behind_entries{destination="there"} 120');
  expect(text).toContain('bartizan_siem_behind_seconds{destination="there"} 90');
  await monitoring.close();
});
