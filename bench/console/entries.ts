/** A record as a house of some size writes it in a month: most is answered, some is refused, rewritten or fails. */
import { newId } from '../../src/base/ids.ts';
import type { InteractionEntry } from '../../src/domain/record.ts';
import type { SpooledEntry } from '../../src/governance/activity/store.ts';

const PRINCIPALS = 2_000;
const APPLICATIONS = 12;
const MODELS = ['gpt-5', 'gpt-5-mini', 'claude-5', 'claude-5-haiku', 'gemini-3', 'llama-4'];
const KINDS = ['EMAIL_ADDRESS', 'PERSON', 'IBAN_CODE', 'PHONE_NUMBER', 'CREDIT_CARD', 'aws_access_key'];

/** The same again from the same seed (Mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  // Few are asked for often: as models and persons are.
  return items[Math.floor(random() ** 2 * items.length)] as Item;
}

export function spooledEntry(index: number, at: number, random: () => number): SpooledEntry {
  const fate = random();
  const model = pick(MODELS, random);
  const provider = model.startsWith('gpt') ? 'openai' : model.startsWith('claude') ? 'anthropic' : 'google';
  const total = Math.round(200 * Math.exp(random() * 3) * 100) / 100;
  const refused = fate < 0.04;
  const failed = fate >= 0.04 && fate < 0.05;
  const rewritten = fate >= 0.05 && fate < 0.17;
  return {
    index,
    principal: `sub_${Math.floor(random() ** 2 * PRINCIPALS)
      .toString(16)
      .padStart(32, '0')}`,
    hasContent: false,
    isErased: false,
    entry: {
      ...baseOf(at, model, provider, total, random),
      ...(refused ? refusedFacts(random) : failed ? failedFacts(provider, model) : {}),
      ...(rewritten ? rewrittenFacts(random) : {}),
    },
  };
}

function baseOf(
  at: number,
  model: string,
  provider: string,
  total: number,
  random: () => number,
): InteractionEntry {
  return {
    kind: 'interaction',
    id: newId('req', at),
    at,
    snapshot: '12-9f86d081884c',
    endpoint: provider === 'anthropic' ? 'anthropic/messages' : 'openai/chat_completions',
    stream: random() < 0.4,
    application: `application-${Math.floor(random() ** 2 * APPLICATIONS)}`,
    requestedModel: model,
    configuredModel: model,
    provider,
    providerModel: `${model}-2026-08-01`,
    policies: [random() < 0.9 ? 'employees' : 'contractors'],
    guardrails: [],
    quiet: { request: 'pii@ad03f5c3a571 prompt-injection@9283fe650dc5 secrets@22cd2c5532ff' },
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [{ provider, model, result: '200', durationMs: Math.ceil(total) }],
    outcome: 'answered',
    usage: {
      inputTokens: 100 + Math.floor(random() * 2_000),
      outputTokens: 50 + Math.floor(random() * 900),
      cachedInputTokens: 0,
      cacheWriteTokens: 0,
      reasoningTokens: 0,
      source: 'reported',
    },
    costMicros: 500 + Math.floor(random() * 20_000),
    timings: { identity: 0.1, policy: 0.2, limits: 0.4, scan: 4, first_byte: total / 2, total },
    events: random() < 0.01 ? { stand_in_invented: 1 } : {},
  };
}

function findingOf(kind: string, guardrail: string, scanner: string) {
  return {
    direction: 'request',
    guardrail,
    scanner,
    kind,
    pointer: '/messages/0/content',
    start: 3,
    end: 9,
    confidence: 0.9,
  } as const;
}

function refusedFacts(random: () => number): Partial<InteractionEntry> {
  const guardrail = random() < 0.6 ? 'prompt-injection' : 'secrets';
  return {
    outcome: 'refused',
    action: 'block',
    refusal: 'content_policy_violation',
    refusedBy: guardrail,
    status: 400,
    attempts: [],
    guardrails: [{ id: guardrail, version: '1', action: 'block', findings: 1, direction: 'request' }],
    findings: [findingOf(guardrail === 'secrets' ? 'aws_access_key' : 'direct', guardrail, guardrail)],
  };
}

function failedFacts(provider: string, model: string): Partial<InteractionEntry> {
  return {
    outcome: 'failed',
    refusal: 'provider_unavailable',
    status: 502,
    attempts: [{ provider, model, result: '503', durationMs: 900 }],
  };
}

function rewrittenFacts(random: () => number): Partial<InteractionEntry> {
  return {
    action: 'pseudonymize',
    guardrails: [{ id: 'pii', version: '1', action: 'pseudonymize', findings: 2, direction: 'request' }],
    findings: [findingOf(pick(KINDS, random), 'pii', 'pii'), findingOf('PERSON', 'pii', 'pii')],
  };
}
