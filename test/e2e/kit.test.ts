/** An auditor's kit as operators make it and auditors check it: from the running gateway, by the command line, without it. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { editLines, tamper } from '../../src/modules/audit/kit/testdata/house.ts';
import { makeHome, type Home } from './child.ts';

let home: Home;
let key: string;
const at = (name: string) => join(home.directory, name);

beforeAll(async () => {
  home = await makeHome();
  const gateway = await home.start();
  for (let i = 0; i < 3; i++) {
    const answer = await fetch(`${gateway.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.key}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        model: 'simulator',
        messages: [{ role: 'user', content: `note ${i} of kit test` }],
      }),
    });
    expect(answer.status).toBe(200);
    await answer.text();
  }
  await gateway.stop();
  key = (await home.run(['audit', 'key'])).trim();
}, 60_000);
afterAll(() => home.remove());

async function failure(args: readonly string[]): Promise<string> {
  return home.run(args).then(
    () => 'nothing failed',
    (error: unknown) => String(error),
  );
}

test('is made, verified by a key and by a checkpoint that was kept, and holds neither persons nor content', async () => {
  await home.run(['audit', 'kit', '--from', '2026-01-01', '-o', at('first.zip')]);
  const told = await home.run(['audit', 'verify', at('first.zip'), '--key', key]);
  expect(told).toMatch(/3 interactions were served by a configuration.*\nverified\n$/s);
  const files = unzipSync(await readFile(at('first.zip')));
  const all = Object.values(files)
    .map((bytes) => Buffer.from(bytes).toString('utf8'))
    .join('\n');
  expect(all).not.toContain('of kit test');
  const last =
    Object.keys(files)
      .filter((name) => name.startsWith('checkpoints/'))
      .at(-1) ?? '';
  await writeFile(at('kept.note'), files[last] ?? '');
  await home.run(['audit', 'kit', '--from', '2026-01-01', '-o', at('second.zip')]);
  const again = JSON.parse(
    await home.run(['audit', 'verify', at('second.zip'), '--key', key, '--known', at('kept.note'), '--json']),
  ) as { isVerified: boolean; checks: { id: string; status: string }[] };
  expect(again.isVerified).toBe(true);
  expect(again.checks.find(({ id }) => id === 'known')?.status).toBe('passed');
}, 60_000);

test('with persons it needs a reason, and stands in the record', async () => {
  expect(await failure(['audit', 'kit', '--from', '2026-01-01', '--role', 'full'])).toContain(
    'needs --reason',
  );
  const full = ['audit', 'kit', '--from', '2026-01-01', '--role', 'full', '--proofs', '-o', at('full.zip')];
  await home.run([...full, '--reason', 'annual audit']);
  expect(await home.run(['audit', 'verify', at('full.zip'), '--key', key])).toContain(
    'proofs of single entries hold',
  );
  expect(await home.run(['audit', 'export'])).toMatch(/"action":"audit.kit".*annual audit/);
}, 60_000);

test('fails by name where it was tampered with, is of another log, or is none', async () => {
  await home.run(['audit', 'kit', '--from', '2026-01-01', '-o', at('kit.zip')]);
  const kit = await readFile(at('kit.zip'));
  await writeFile(
    at('forged.zip'),
    tamper(kit, (files) => editLines(files, (lines) => lines.filter(({ index }) => index !== 2))),
  );
  expect(await failure(['audit', 'verify', at('forged.zip'), '--key', key])).toContain('NOT verified');
  await writeFile(at('none.zip'), 'PK and nothing else');
  expect(await failure(['audit', 'verify', at('none.zip'), '--key', key])).toContain('NOT verified');
  expect(await failure(['audit', 'verify', at('kit.zip'), '--key', 'nonsense'])).toContain('malformed_key');
  expect(
    await failure(['audit', 'kit', '--from', '2020-01-01', '--to', '2020-02-01', '-o', at('no.zip')]),
  ).toContain('there is no entry of that time');
}, 60_000);

test('fsck finds the log intact', async () => {
  expect(await home.run(['audit', 'fsck', '--deep'])).toMatch(/intact: entries 0 to \d+ under/);
}, 30_000);
