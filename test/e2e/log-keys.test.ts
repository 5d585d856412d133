/** `bartizan audit rotate-key` beside a running gateway: its checkpoints change hands, and an old verifier can follow. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openCheckpoint } from '../../src/tlog/checkpoint.ts';
import { parseVerifierKey } from '../../src/tlog/keys.ts';
import { makeHome, type ChildGateway, type Home } from './child.ts';
import { until } from './gateway.ts';

const ORIGIN = 'log.example/audit';

let home: Home;
let child: ChildGateway;

beforeAll(async () => {
  home = await makeHome({
    BARTIZAN_LOG_ORIGIN: ORIGIN,
    BARTIZAN_LOG_ACCESS: 'public',
    BARTIZAN_HEARTBEAT_MS: '500',
  });
  child = await home.start();
});
afterAll(() => home.remove());

async function signatures(...keys: readonly string[]): Promise<number> {
  const answer = await fetch(`${child.url}/log/checkpoint`);
  const note = new Uint8Array(await answer.arrayBuffer());
  return openCheckpoint(note, { origin: ORIGIN, logKeys: keys.map(parseVerifierKey) }).logSignatures.length;
}

// Each command is a process of its own.
const PATIENCE = { timeout: 120_000 };

test(
  'a rotation changes the signatures of the gateway that runs, and is provable under the old key',
  PATIENCE,
  async () => {
    const before = (await home.run(['audit', 'key'])).trim();
    const told = await home.run(['audit', 'rotate-key', '--overlap-days', '1']);
    const after = /^after {2}(.+)$/m.exec(told)?.[1] ?? '';
    expect(told).toContain(`before ${before}\n`);
    await until(async () => ((await signatures(before, after)) === 2 ? true : undefined), 60_000);

    const handovers = join(home.directory, 'handovers');
    const keys = (await home.run(['audit', 'key', '--handovers', handovers])).trim().split('\n');
    expect(keys.map((line) => line.split('  ')[0])).toEqual([after, before]);
    expect(keys[1]).toMatch(/checkpoints from size 0 to \d+, beside the next until \d{4}-/);
    expect(await (await fetch(`${child.url}/log/key`)).text()).toBe(`${after}\n${before}\n`);

    const bundle = join(handovers, 'handover-1.tlog-proof');
    expect(await readFile(bundle, 'utf8')).toContain(ORIGIN);
    const verified = await home.run(['audit', 'verify', bundle, '--key', before]);
    expect(verified).toContain(`hands over to the key ${after}\n`);
    await expect(home.run(['audit', 'verify', bundle, '--key', after])).rejects.toThrow(/NOT verified/);
    await expect(home.run(['audit', 'rotate-key'])).rejects.toThrow(/still overlap/);
  },
);

test(
  'who holds the first key alone follows the handovers, in a kit and beside a proof',
  PATIENCE,
  async () => {
    const own = await makeHome({ BARTIZAN_LOG_ORIGIN: ORIGIN });
    const at = (name: string) => join(own.directory, name);
    try {
      await own.run(['audit', 'hold', 'add', '--application', 'demo', '--matter', 'm', '--reason', 'r']);
      const first = (await own.run(['audit', 'key'])).trim();
      for (let rotation = 0; rotation < 2; rotation++)
        await own.run(['audit', 'rotate-key', '--overlap-days', '0']);
      await own.run(['audit', 'hold', 'add', '--application', 'demo', '--matter', 'm', '--reason', 'r']);
      await own.run(['audit', 'kit', '--from', '2026-01-01', '-o', at('kit.zip')]);
      const told = await own.run(['audit', 'verify', at('kit.zip'), '--key', first]);
      expect(told).toContain('It was handed over to a further key 2 times');
      await own.run(['audit', 'key', '--handovers', at('handovers')]);
      await own.run(['audit', 'prove', '0', '-o', at('0.tlog-proof')]);
      const verify = ['audit', 'verify', at('0.tlog-proof'), '--key', first];
      await expect(own.run(verify)).rejects.toThrow(/unsigned_by_log/);
      const handovers = [2, 1].map((each) => at(`handovers/handover-${each}.tlog-proof`));
      expect(await own.run([...verify, '--handovers', ...handovers])).toContain('verified: entry 0');
    } finally {
      await own.remove();
    }
  },
);

test('it holds over a restart', PATIENCE, async () => {
  await child.stop();
  child = await home.start();
  const [after = ''] = (await home.run(['audit', 'key'])).split('  ');
  await until(async () => ((await signatures(after)) === 1 ? true : undefined), 60_000);
});
