/** A provider's usage export against the record: the upstream counts what it was asked, through the gateway and around it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ReconciledFiles } from '../../src/compose/reconcile-usage.ts';
import type { AdministrationEntry } from '../../src/domain/record.ts';
import { ask, DIALECTS, OPENAI_CHAT, post } from './dialects.ts';
import { until } from './gateway.ts';
import { CREDENTIALS, startWorld, type World } from './world.ts';

const PROGRAM = resolve(import.meta.dirname, '..', '..', 'src', 'cli', 'bartizan.ts');
const DAY_SECONDS = 86_400;

let world: World;

const TODAY = new Date().toISOString().slice(0, 10);
const KEYS = `date,model,api key,requests,input tokens,output tokens
${TODAY},claude-sonnet-4-5,prod,1,30,12
${TODAY},m,stray,1,1,1
`;

beforeAll(async () => {
  world = await startWorld();
  await writeFile(join(world.directory, 'keys.csv'), KEYS);
});
afterAll(() => world.stop());

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

function reconcile(...args: readonly string[]): Promise<Ran> {
  const env = { PATH: process.env['PATH'], BARTIZAN_DATA: join(world.directory, 'data') };
  return new Promise((done) => {
    const command = [PROGRAM, 'audit', 'reconcile', ...args];
    execFile(process.execPath, command, { cwd: world.directory, env }, (failed, out, error) => {
      done({ code: failed === null ? 0 : Number(failed.code), out, error });
    });
  });
}

async function reconciled(...args: readonly string[]): Promise<ReconciledFiles & { readonly code: number }> {
  const { code, out, error } = await reconcile(...args, '--json');
  expect(error).toBe('');
  return { ...(JSON.parse(out) as ReconciledFiles), code };
}

/** What the upstream, as OpenAI, would tell of all that it was asked: errors are not billed. */
async function exportUsage(name: string): Promise<string> {
  const billed = world.upstream.asked.filter(
    ({ vendor, scenario }) => vendor.startsWith('openai') && !scenario.startsWith('error'),
  );
  const start = Math.floor(Date.now() / 1_000 / DAY_SECONDS) * DAY_SECONDS;
  const results = billed.map(({ path }) =>
    path.includes('embeddings')
      ? {
          object: 'organization.usage.embeddings.result',
          model: 'text-embedding-3-small',
          num_model_requests: 1,
          input_tokens: 9,
        }
      : {
          object: 'organization.usage.completions.result',
          model: 'gpt-5-mini-2025-08-07',
          num_model_requests: 1,
          input_tokens: 30,
          output_tokens: 12,
          input_cached_tokens: 10,
        },
  );
  const bucket = { object: 'bucket', start_time: start, end_time: start + DAY_SECONDS, results };
  const file = join(world.directory, name);
  const text = JSON.stringify({ object: 'page', data: [bucket], has_more: false }, null, 1);
  await writeFile(file, name.endsWith('.gz') ? gzipSync(text) : text);
  return file;
}

/** With the provider's key, and past the gateway. */
function askAround(): Promise<{ readonly status: number }> {
  return post({
    url: `${world.upstream.url}/openai/v1/chat/completions`,
    headers: { authorization: `Bearer ${CREDENTIALS.OPENAI_CREDENTIAL}` },
    body: OPENAI_CHAT.body('openai.echo', 'Hello', false),
  });
}

async function useGateway(): Promise<void> {
  const ids: string[] = [];
  for (const dialect of DIALECTS) {
    for (const stream of [false, true]) {
      const { id, status } = await ask(dialect, world, { model: 'openai.echo', stream });
      expect(status).toBe(200);
      ids.push(id);
    }
  }
  for (const model of ['openai.error-400', 'openai.error-500'])
    ids.push((await ask(OPENAI_CHAT, world, { model })).id);
  const embedded = await post({
    url: `${world.url}/v1/embeddings`,
    headers: OPENAI_CHAT.credential(world.key),
    body: { model: 'openai.embed', input: ['one'] },
  });
  expect(embedded.status).toBe(200);
  for (const id of [...ids, embedded.id]) await world.recorded(id);
}

async function recordedReconciliations(): Promise<readonly AdministrationEntry[]> {
  const { entries } = await world.gateway.office.audit.read({ limit: 1_000 });
  return entries.flatMap(({ entry }) =>
    entry.kind === 'administration' && entry.action === 'audit.reconcile' ? [entry] : [],
  );
}

test('what went through the gateway is explained, and one request around it is found', async () => {
  await useGateway();
  const clean = await exportUsage('clean.json');
  const explained = await reconciled('--usage', clean);
  expect(explained).toMatchObject({ code: 0, format: 'openai', findings: [], notes: [], rows: 9 });
  expect(explained.lines.map(({ model, exported }) => [model, exported])).toEqual([
    ['gpt-5-mini', { requests: 8, inputTokens: 240, outputTokens: 96 }],
    ['text-embedding-3-small', { requests: 1, inputTokens: 9, outputTokens: 0 }],
  ]);

  expect((await askAround()).status).toBe(200);
  const file = await exportUsage('around.json.gz');
  const found = await reconciled('--usage', file);
  expect(found.code).toBe(1);
  expect(found.findings.map(({ kind, of, unexplained }) => [kind, of, unexplained])).toEqual([
    ['unexplained_requests', 'requests', 1],
    ['unexplained_tokens', 'inputTokens', 30],
    ['unexplained_tokens', 'outputTokens', 12],
  ]);

  const said = await reconcile('--usage', file, '--provider', 'openai');
  expect(said.code).toBe(1);
  expect(said.out).toMatch(
    /FINDING .* unexplained_requests {2}openai {2}gpt-5-mini {2}1 of 9 requests \(8 recorded\)/,
  );

  const entries = await until(async () => {
    const all = await recordedReconciliations();
    return all.length >= 3 ? all : undefined;
  });
  const sha256 = createHash('sha256')
    .update(await readFile(file))
    .digest('hex');
  expect(entries.at(-1)).toMatchObject({ subject: `openai usage, sha256 ${sha256}` });
  expect(entries.at(-1)?.after).toMatch(/^10 rows, \d+ interactions, \d+ findings, \d+ notes$/);
  expect(JSON.stringify(entries)).not.toContain('around.json');
});

test('keys of the export are mapped to providers, and others are unknown', async () => {
  const { id } = await ask(OPENAI_CHAT, world, { model: 'anthropic.echo' });
  await world.recorded(id);
  const { code, findings } = await reconciled('--usage', 'keys.csv', '--key', 'prod=anthropic');
  expect(code).toBe(1);
  expect(findings.filter(({ of }) => of === 'requests')).toMatchObject([
    { kind: 'unknown_key', key: 'stray' },
  ]);
});

test.each([
  ['a file that is not there', ['--usage', 'nowhere.json'], /^a file of --usage cannot be read: ENOENT/],
  ['a CSV file of nobody', ['--usage', 'keys.csv'], /say with --provider whose usage it is/],
  ['both ways of saying whose', ['--usage', 'keys.csv', '--provider', 'a', '--key', 'b=c'], /not both/],
  ['one file twice', ['--usage', 'keys.csv', 'keys.csv', '--provider', 'openai'], /a file was given twice/],
  ['a tolerance of everything', ['--usage', 'keys.csv', '--tolerance', '100%'], /a share as 1%/],
  ['a day that is none', ['--usage', 'keys.csv', '--from', 'yesterday'], /a day as 2026-11-23/],
])('%s is refused with one sentence', async (_, args, message) => {
  const { code, out, error } = await reconcile(...args);
  expect(code).toBe(1);
  expect(out).toBe('');
  expect(error).toMatch(message);
  expect(error.trim().split('\n')).toHaveLength(1);
});

test('a gzip file that is cut off is refused', async () => {
  const file = join(world.directory, 'cut.gz');
  await writeFile(file, gzipSync('date,model,input_tokens,output_tokens\n'.repeat(100)).subarray(0, 40));
  const { code, error } = await reconcile('--usage', file, '--provider', 'openai');
  expect([code, error]).toEqual([1, 'the file is no whole gzip file\n']);
});
