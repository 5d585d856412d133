/**
 * Real prompts through the official OpenAI client: each is answered, or refused by the guardrail that is there for it,
 * and each has its record. BARTIZAN_PROMPTS names a folder of JSON lines with a `text`; without it our own are taken.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import OpenAI from 'openai';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/domain/record.ts';
import { startGateway, until, type RunningGateway } from './gateway.ts';
import { openaiClient } from './openai-clients.ts';

const FOLDER = process.env['BARTIZAN_PROMPTS'] ?? join(import.meta.dirname, 'testdata');
/** At most so many, spread evenly over the files. */
const ROWS = Number(process.env['BARTIZAN_PROMPTS_ROWS'] ?? 2_000);
const AT_ONCE = 16;

interface Prompt {
  readonly text: string;
  /** What must be done about it, where that is known. */
  readonly expect?: string;
}

let gateway: RunningGateway;

beforeAll(async () => {
  gateway = await startGateway(
    JSON.stringify({
      version: 1,
      applications: { demo: {} },
      providers: { simulator: { kind: 'simulator' } },
      models: { simulator: { candidates: [{ provider: 'simulator' }] } },
      policies: { all: { cedar: 'permit (principal, action, resource);' } },
      guardrails: {
        'personal-data': { scanner: 'pii', action: 'pseudonymize', directions: ['request'] },
        secrets: { scanner: 'secrets', action: 'redact' },
        'invisible-text': { scanner: 'invisible-text', action: 'flag' },
        instruments: {
          scanner: 'keywords',
          config: { lists: { banned: ['xylophone'] } },
          action: 'block',
          block: { status: 422 },
        },
      },
      limits: { generous: { measure: 'requests', capacity: 1_000_000, window: 'day', per: 'application' } },
    }),
    { BARTIZAN_LOG_LEVEL: 'silent' },
  );
});
afterAll(() => gateway.stop());

test('every prompt is answered or refused as it should be, none fails, and each has its record', async () => {
  const prompts = await sample(FOLDER, ROWS);
  expect(prompts.length).toBeGreaterThan(0);
  const { key } = await gateway.newKey('demo');
  const openai = openaiClient({ url: gateway.url, key });
  const outcomes = new Map<string, number>();
  const failures: string[] = [];
  const waiting = prompts.entries();
  const before = (await gateway.record()).length;

  const client = async () => {
    for (const [i, prompt] of waiting) {
      const said = await say(openai, prompt.text, i % 2 === 0);
      outcomes.set(said.outcome, (outcomes.get(said.outcome) ?? 0) + 1);
      // The prompt itself is told to nobody: it may be another's.
      if (said.outcome === 'failed') failures.push(`row ${i}: ${said.reason}`);
      const isAsExpected =
        prompt.expect === undefined || (prompt.expect === 'block' ? 'blocked' : 'answered') === said.outcome;
      if (!isAsExpected) failures.push(`row ${i}: ${said.outcome} where ${prompt.expect} was expected`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  expect(failures).toEqual([]);

  const streamed = Math.ceil(prompts.length / 2);
  const blockedStreams = countBlockedStreams(prompts);
  const record = await until(async () => {
    const entries = (await gateway.record()).slice(before);
    return entries.length >= prompts.length + streamed - blockedStreams ? entries : undefined;
  });
  expect(record.map(({ sequence }) => sequence)).toEqual(record.map((_, i) => before + i + 1));
  const interactions = record.map(({ entry }) => entry).filter((entry) => entry.kind === 'interaction');
  expect(interactions).toHaveLength(prompts.length);
  expect(new Set(interactions.map(({ id }) => id)).size).toBe(prompts.length);
  expect(record.filter(({ entry }) => isFailure(entry))).toEqual([]);
  const actions = Object.groupBy(interactions, ({ action }) => action);
  if (process.env['BARTIZAN_PROMPTS'] === undefined) return;
  console.info(
    prompts.length,
    'prompts:',
    Object.fromEntries(outcomes),
    Object.fromEntries(Object.entries(actions).map(([action, some]) => [action, some?.length])),
  );
}, 600_000);

type Told =
  | { readonly outcome: 'answered' | 'blocked' }
  | { readonly outcome: 'failed'; readonly reason: string };

/** The simulator says the prompt again: a client with the right to reidentify reads its own words, but for secrets. */
async function say(openai: OpenAI, text: string, stream: boolean): Promise<Told> {
  const body = { model: 'simulator', messages: [{ role: 'user' as const, content: text }] };
  try {
    const completion = stream
      ? await openai.chat.completions.stream(body).finalChatCompletion()
      : await openai.chat.completions.create(body);
    const choice = completion.choices[0];
    if (choice?.finish_reason !== 'stop')
      return { outcome: 'failed', reason: `it ended by ${choice?.finish_reason}` };
    const said = choice.message.content ?? '';
    const [, echo] = said.split(' You said: ', 2);
    if (echo === undefined) return { outcome: 'failed', reason: 'the answer is not the simulator’s' };
    const isWhole = said.slice(said.indexOf(' You said: ') + ' You said: '.length) === text;
    const isEdited = said.includes('[REDACTED:');
    return isWhole || isEdited
      ? { outcome: 'answered' }
      : { outcome: 'failed', reason: 'the answer is not what was said' };
  } catch (error) {
    if (error instanceof OpenAI.UnprocessableEntityError && error.code === 'content_policy_violation')
      return { outcome: 'blocked' };
    return {
      outcome: 'failed',
      reason: error instanceof OpenAI.APIError ? `${error.status} ${error.code}` : String(error),
    };
  }
}

const isFailure = (entry: AuditEntry) => entry.kind !== 'administration' && entry.outcome === 'failed';

/** A stream that is refused before its first byte has one entry. */
function countBlockedStreams(prompts: readonly Prompt[]): number {
  return prompts.filter(({ text }, i) => i % 2 === 0 && /xylophone/i.test(text)).length;
}

async function sample(folder: string, rows: number): Promise<readonly Prompt[]> {
  const files = (await readdir(folder, { recursive: true }))
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  // Not line by line as a terminal knows lines: U+2028 in a text ends none.
  const lines = texts.flatMap((text) => text.split('\n')).filter((line) => line !== '');
  const step = Math.max(1, lines.length / rows);
  const picked = lines.filter((_, i) => Math.floor(i / step) !== Math.floor((i - 1) / step)).slice(0, rows);
  return picked.flatMap((line) => {
    const { text, expect: wanted } = JSON.parse(line) as { text?: unknown; expect?: string };
    return typeof text === 'string' ? [{ text, ...(wanted === undefined ? {} : { expect: wanted }) }] : [];
  });
}
