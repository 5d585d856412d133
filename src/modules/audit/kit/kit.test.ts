import { randomBytes } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import type { Coverage } from './statements.ts';
import { coverageFor } from './testdata/coverage.ts';
import { leafHash } from '../../../tlog/hashes.ts';
import {
  COSIGNATURE_V1,
  ED25519,
  formatVerifierKey,
  noteSigner,
  parseVerifierKey,
} from '../../../tlog/keys.ts';
import { formatNote, parseNote } from '../../../tlog/note.ts';
import { policyOfKeys } from '../../../tlog/policy.ts';
import { formatPolicy } from '../../../tlog/policy-text.ts';
import { formatProof, parseProof } from '../../../tlog/proof.ts';
import { TLOG_ERROR_MEANINGS } from '../../../tlog/errors.ts';
import { KIT_ERROR_MEANINGS } from './kit-codes.ts';
import { loadPageVerifier } from './testdata/page-verifier.ts';
import { sourceOfBytes, verifyKit, type KitReport, type KitTrust } from '../audit.ts';
import {
  busyHouse,
  editJson,
  editLines,
  openHouse,
  SECOND,
  snapshotOf,
  START_MS,
  tamper,
  textIn,
  type Files,
  type House,
  type Line,
} from './testdata/house.ts';

const page = loadPageVerifier();

/** By both verifiers, which must come to the same: the one at the command line and the one in the page. */
async function verify(kit: Uint8Array, trust: KitTrust = {}): Promise<KitReport> {
  const report = await verifyKit(sourceOfBytes(kit), trust);
  const { checks, isVerified, isTrusted } = await page.verifyKit(new Blob([Buffer.from(kit)]), {
    ...(trust.policy && { trust: Buffer.from(formatPolicy(trust.policy)).toString('utf8') }),
    ...(trust.known && { known: Buffer.from(trust.known).toString('utf8') }),
  });
  const told = (all: KitReport['checks']) =>
    all.map(({ id, status, sentence, failureCount, failures }) => ({
      id,
      status,
      sentence,
      failureCount,
      failures: failures.map(({ code, index }) => `${code} ${index ?? ''}`),
    }));
  expect(told(checks)).toEqual(told(report.checks));
  expect({ isVerified, isTrusted }).toEqual({ isVerified: report.isVerified, isTrusted: report.isTrusted });
  return report;
}
const codesOf = (report: KitReport) =>
  Object.fromEntries(
    report.checks
      .filter(({ status }) => status === 'failed')
      .map(({ id, failures }) => [id, [...new Set(failures.map(({ code }) => code))]]),
  );
const statusesOf = (report: KitReport) =>
  Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));
const without = (line: Line, ...members: readonly string[]) =>
  Object.fromEntries(Object.entries(line).filter(([name]) => !members.includes(name))) as unknown as Line;
const MINUTE = 60 * SECOND;
const noteOf = async ({ store }: House, size: number) =>
  Buffer.from((await store.checkpointAt(size))?.note ?? '', 'utf8');

describe('a kit', () => {
  test('of the whole record verifies, and says what it shows', async () => {
    const house = await busyHouse();
    const kit = await house.makeKit();
    const report = await verify(kit, { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    expect(report.isVerified).toBe(true);
    expect(report.facts).toMatchObject({ firstSize: 0, entries: 39, interactions: 30, checkpoints: 6 });
    expect(statusesOf(report)).toMatchObject({ trust: 'passed', known: 'skipped', leaves: 'passed' });
  });

  test('of a part is widened to the checkpoints around it', async () => {
    const house = await busyHouse();
    const kit = await house.makeKit({ fromMs: START_MS + 2.5 * MINUTE, toMs: START_MS + 3.5 * MINUTE });
    const report = await verify(kit, { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    expect(report.facts).toMatchObject({ firstSize: 14, lastSize: 27, checkpoints: 3 });
  });

  test('without a key from outside says in capitals that only inner consistency was checked', async () => {
    const house = await busyHouse();
    const report = await verify(await house.makeKit());
    expect(report).toMatchObject({ isVerified: true, isTrusted: false });
    expect(report.checks.find(({ id }) => id === 'trust')?.sentence).toContain('ONLY INNER CONSISTENCY');
  });

  test('of nothing is not made', async () => {
    const house = await busyHouse();
    await expect(house.makeKit({ toMs: 5 })).rejects.toThrow('there is no entry of that time');
  });

  test('of role full opens who each entry was about, and withholds whom processing is restricted for', async () => {
    const house = await busyHouse();
    await house.interact({ principal: { kind: 'person', id: 'bob' } });
    const [bob] = await house.keyring.find('person:bob');
    const [stored] = await house.keys.get([bob?.id ?? '']);
    if (stored) await house.keys.replace([{ ...stored, restrictedAtMs: 5 }]);
    const kit = await house.makeKit({ role: 'full' });
    const report = await verify(kit, { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    expect(report.facts).toMatchObject({ entries: 40, opened: 39 });
    tamper(kit, (files) => {
      expect(textIn(files, 'entries/000000000000.jsonl')).toContain('\\"id\\":\\"ada\\"');
      expect(textIn(files, 'entries/000000000000.jsonl')).not.toContain('\\"bob\\"');
    });
  });

  test('holds a proof of each entry where they are asked for', async () => {
    const house = await busyHouse();
    const kit = await house.makeKit({ hasProofs: true });
    const report = await verify(kit, { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    expect(report.facts.proofs).toBe(39);
    const forged = tamper(kit, (files) => {
      files['proofs/3.tlog-proof'] = files['proofs/4.tlog-proof'] ?? Buffer.alloc(0);
    });
    expect(codesOf(await verify(forged, { policy: house.policy }))).toEqual({ proofs: ['kit_malformed'] });
  });
});

describe('what an auditor kept', () => {
  test.each([
    ['before the range', 8],
    ['at its start', 14],
    ['within it', 20],
    ['at its end', 27],
  ])('is shown to be continued: a checkpoint %s', async (_, size) => {
    const house = await busyHouse();
    const known = await noteOf(house, size);
    const knownSize = Number(known.toString('utf8').split('\n')[1]);
    const range = { fromMs: START_MS + 2.5 * MINUTE, toMs: START_MS + 3.5 * MINUTE };
    const kit = await house.makeKit({ ...range, knownSize });
    const report = await verify(kit, { policy: house.policy, known });
    expect(codesOf(report)).toEqual({});
    expect(statusesOf(report)['known']).toBe('passed');
  });

  test('shows a rewritten history, a split view and a kit that starts too late', async () => {
    const house = await busyHouse();
    const other = await busyHouse({
      keys: house.keys,
      audit: (store) => ({
        ...store,
        append: (entry) => store.append({ ...entry, body: entry.body.replace('allow', 'block') }),
      }),
    });
    const kit = await house.makeKit();
    const policy = house.policy;
    // The same key has signed both.
    const forged = await noteOf(other, 20);
    expect(codesOf(await verify(kit, { policy, known: forged }))).toEqual({ known: ['split_view'] });
    const late = await house.makeKit({ fromMs: START_MS + 2.5 * MINUTE, toMs: START_MS + 3.5 * MINUTE });
    const early = await noteOf(house, 8);
    expect(codesOf(await verify(late, { policy, known: early }))).toEqual({ known: ['known_out_of_range'] });
    expect(codesOf(await verify(late, { policy, known: await noteOf(house, 39) }))).toEqual({
      known: ['known_out_of_range'],
    });
    const between = tamper(kit, (files) => {
      delete files['checkpoints/20.note'];
      editJson(files, 'kit.json', (manifest) => {
        manifest['files'] = (manifest['files'] as string[]).filter((name) => name !== 'checkpoints/20.note');
      });
    });
    expect(codesOf(await verify(between, { policy, known: forged }))).toEqual({ known: ['inconsistent'] });
    expect(codesOf(await verify(kit, { policy, known: Buffer.from('nonsense') }))).toEqual({
      known: ['note_malformed'],
    });
  });
});

describe('a forged kit fails by name', () => {
  const removeLine = (files: Files) => editLines(files, (lines) => lines.filter(({ index }) => index !== 10));
  const editLeaf = (files: Files, edit: (leaf: string) => string) =>
    editLines(files, (lines) =>
      lines.map((line) => (line.index === 10 ? { ...line, leaf: edit(line.leaf ?? '') } : line)),
    );
  const swap = (lines: Line[]) => [
    ...lines.slice(0, 9),
    ...lines.slice(9, 11).toReversed(),
    ...lines.slice(11),
  ];

  const attacks: readonly [string, (files: Files) => void, Record<string, string[]>][] = [
    ['an entry taken out', removeLine, { leaves: ['leaf_missing'], counters: ['counter_missing'] }],
    [
      'the last entries taken out',
      (files) => editLines(files, (lines) => lines.slice(0, -3)),
      { leaves: ['leaf_missing'] },
    ],
    [
      'an entry changed',
      (files) => editLeaf(files, (leaf) => leaf.replace('allow', 'block')),
      { leaves: ['root_mismatch'] },
    ],
    [
      'two entries swapped',
      (files) => editLines(files, swap),
      { leaves: ['leaf_missing', 'leaf_unexpected'], counters: ['counter_missing'] },
    ],
    [
      'an entry twice',
      (files) => editLines(files, (lines) => [...lines, ...lines.slice(-1)]),
      { leaves: ['leaf_unexpected'] },
    ],
    [
      'an entry that is none',
      (files) => editLeaf(files, () => '{"v":2}'),
      { leaves: ['leaf_malformed', 'root_mismatch'], counters: ['counter_missing'] },
    ],
    [
      'a line that is none',
      (files) => void (files['entries/000000000000.jsonl'] = Buffer.from('{"index":0}\n')),
      { archive: ['kit_malformed'] },
    ],
    [
      'an entry passed off as purged',
      (files) =>
        editLines(files, (lines) =>
          lines.map(({ leaf, ...line }) =>
            line.index === 10
              ? {
                  ...line,
                  leafHash: Buffer.from(leafHash(Buffer.from(leaf ?? ''))).toString('base64'),
                  purgedBy: 38,
                }
              : { ...line, ...(leaf !== undefined && { leaf }) },
          ),
        ),
      { erasures: ['purged_without_entry'] },
    ],
    [
      'an entry passed off as erased',
      (files) =>
        editLines(files, (lines) =>
          lines.map((line) => (line.index === 10 ? { ...line, erasedBy: 38 } : line)),
        ),
      { erasures: ['erased_without_entry'] },
    ],
    [
      'a signature changed',
      (files) => {
        const note = textIn(files, 'checkpoints/20.note');
        files['checkpoints/20.note'] = Buffer.from(note.replace(/\n20\n/, '\n21\n'));
      },
      { checkpoints: ['bad_signature'] },
    ],
    [
      'a checkpoint under another name',
      (files) => void (files['checkpoints/20.note'] = files['checkpoints/14.note'] ?? Buffer.alloc(0)),
      { checkpoints: ['kit_malformed'] },
    ],
    [
      'the last checkpoint taken out',
      (files) => {
        delete files['checkpoints/39.note'];
        editJson(files, 'kit.json', (manifest) => {
          manifest['files'] = (manifest['files'] as string[]).filter(
            (name) => name !== 'checkpoints/39.note',
          );
        });
      },
      { checkpoints: ['checkpoint_missing'] },
    ],
    [
      'a file taken out',
      (files) => void delete files['configurations/1.json'],
      { archive: ['file_missing'], configurations: ['snapshot_unknown'] },
    ],
    ['the manifest taken out', (files) => void delete files['kit.json'], { archive: ['file_missing'] }],
    [
      'a file put in',
      (files) => void (files['more.txt'] = Buffer.from('x')),
      { archive: ['file_unexpected'] },
    ],
    [
      'a configuration changed',
      (files) => void (files['configurations/2.json'] = Buffer.from('{}')),
      { configurations: ['snapshot_unknown'] },
    ],
    [
      'another key',
      (files) => {
        const { verifier } = noteSigner('log.test/house', ED25519, randomBytes(32));
        files['keys/log.vkey'] = Buffer.from(`${formatVerifierKey(verifier)}\n`);
      },
      { trust: ['policy_key_mismatch'] },
    ],
    [
      'a range that starts elsewhere',
      (files) =>
        editJson(
          files,
          'range.json',
          (range) => void (range['subtrees'] = [randomBytes(32).toString('base64')]),
        ),
      { leaves: ['proof_too_long'] },
    ],
    [
      'a manifest of another format',
      (files) => editJson(files, 'kit.json', (manifest) => void (manifest['format'] = 'x')),
      { archive: ['kit_malformed'] },
    ],
  ];

  test.each(attacks)('%s', async (_, change, expected) => {
    const house = await busyHouse();
    const kit = tamper(await house.makeKit(), change);
    const report = await verify(kit, { policy: house.policy });
    expect(codesOf(report)).toEqual(expected);
    expect(report.isVerified).toBe(false);
  });

  test('zipped anew without a change it still verifies', async () => {
    const house = await busyHouse();
    const kit = tamper(await house.makeKit(), () => undefined);
    expect(codesOf(await verify(kit, { policy: house.policy }))).toEqual({});
  });

  test('openings that do not open, or are left out', async () => {
    const house = await busyHouse();
    const kit = await house.makeKit({ role: 'full' });
    const change = (edit: (line: Line) => Line) =>
      tamper(kit, (files) =>
        editLines(files, (lines) => lines.map((line) => (line.index === 10 ? edit(line) : line))),
      );
    const other = change((line) => ({
      ...line,
      who: { text: '{"actor":"eve"}', salt: line.who?.salt ?? '' },
    }));
    expect(codesOf(await verify(other, { policy: house.policy }))).toEqual({
      openings: ['opening_mismatch'],
    });
    const none = change((line) => without(line, 'who'));
    expect(codesOf(await verify(none, { policy: house.policy }))).toEqual({ openings: ['opening_missing'] });
    const salt = change((line) => ({ ...line, who: { text: '', salt: '?' } }));
    expect(codesOf(await verify(salt, { policy: house.policy }))).toEqual({ openings: ['malformed_base64'] });
  });

  test('of another log than the one to believe', async () => {
    const house = await busyHouse();
    const { verifier } = noteSigner('log.test/other', ED25519, randomBytes(32));
    const report = await verify(await house.makeKit(), { policy: policyOfKeys([verifier], [], 0) });
    expect(codesOf(report)).toMatchObject({
      trust: ['policy_key_mismatch'],
      checkpoints: ['unknown_log', 'checkpoint_missing'],
    });
  });
});

describe('witnesses', () => {
  const witness = noteSigner('witness.test', COSIGNATURE_V1, randomBytes(32));

  test.each([
    ['all of them cosigned', 0, {}, 0],
    ['earlier ones were not cosigned', 20, {}, 2],
    ['the last was not cosigned', 99, { checkpoints: ['quorum_not_met'] }, 6],
  ])('%s', async (_, from, expected, unwitnessed) => {
    const house = await busyHouse({
      cosign: (text, size) => (size < from ? [] : [witness.sign(text, 1_000)]),
    });
    const policy = policyOfKeys(
      house.policy.logs.map(({ verifier }) => verifier),
      [witness.verifier],
      1,
    );
    const report = await verify(await house.makeKit(), { policy });
    expect(codesOf(report)).toEqual(expected);
    expect(report.facts.unwitnessed).toBe(unwitnessed);
  });

  const told = ({ checks }: KitReport) => checks.find(({ id }) => id === 'checkpoints')?.sentence;
  // Of six checkpoints, of 8, 14, 20, 27, 33 and 39 entries; asked for is the time of 20 to 27.
  test.each([
    ['that was cosigned', [8, 14, 20, 27], true, 20, 27],
    ['that was not, and is told', [27], false, 20, 27],
    ['that was not, in whose place an earlier one is taken', [14, 27], true, 14, 27],
    ['that was cosigned, and an end that was not, in whose place a later one is', [20, 33], true, 20, 33],
  ] as const)('a kit has a beginning %s', async (_, cosigned, isFirstWitnessed, firstSize, lastSize) => {
    const house = await busyHouse({
      cosign: (text, size) => (cosigned.some((each) => each === size) ? [witness.sign(text, 1_000)] : []),
    });
    const keys = house.policy.logs.map(({ verifier }) => verifier);
    const policy = policyOfKeys(keys, [witness.verifier], 1);
    const range = { fromMs: START_MS + 3.1 * MINUTE, toMs: START_MS + 3.5 * MINUTE };
    const report = await verify(await house.makeKit(range, formatPolicy(policy)), { policy });
    expect(codesOf(report)).toEqual({});
    expect(report.facts).toMatchObject({ isFirstWitnessed, firstSize, lastSize });
    expect(told(report)?.includes('WARNING: the checkpoint of 20 entries')).toBe(!isFirstWitnessed);
  });
});

describe('a log that was handed over to further keys', () => {
  const stranger = noteSigner('log.test/house', ED25519, randomBytes(32));

  /** Handed over twice, without an overlap, with entries before, between and behind. */
  async function handedOver(): Promise<House> {
    const house = await busyHouse();
    for (let rotation = 0; rotation < 2; rotation++) {
      await house.log.rotation.rotate({ append: house.audit.append, actor: 'root@host', overlapMs: 0 });
      for (let i = 0; i < 3; i++) {
        house.wait(SECOND);
        await house.interact();
        await house.log.publish();
      }
    }
    return house;
  }
  const without = (files: Files, name: string) => {
    delete files[name];
    editJson(files, 'kit.json', (manifest) => {
      manifest['files'] = (manifest['files'] as string[]).filter((each) => each !== name);
    });
  };
  const signedByStranger = (note: Uint8Array | undefined) => {
    const { text } = parseNote(note ?? Buffer.alloc(0));
    return formatNote({ text, signatures: [stranger.sign(text)] });
  };
  const forgedHandover = (
    bundle: Uint8Array | undefined,
    leaf: (text: string) => string,
    checkpoint = (note: Uint8Array) => note,
  ) => {
    const parsed = parseProof(bundle ?? Buffer.alloc(0));
    const extra = Buffer.from(leaf(Buffer.from(parsed.extra ?? []).toString('utf8')));
    return formatProof({ ...parsed, extra, checkpoint: checkpoint(parsed.checkpoint) });
  };
  const toStranger = (leaf: string) =>
    leaf.replace(/"after":"[^"]*"/, `"after":"${formatVerifierKey(stranger.verifier)}"`);

  test('is believed by the first of its keys alone, by all of them, and by its own word', async () => {
    const house = await handedOver();
    const kit = await house.makeKit();
    const report = await verify(kit, { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    expect(report.facts.handovers).toBe(2);
    const keys = (await house.log.keys()).map(({ verifierKey }) => parseVerifierKey(verifierKey));
    expect(codesOf(await verify(kit, { policy: policyOfKeys(keys, [], 0) }))).toEqual({});
    expect(codesOf(await verify(kit))).toEqual({});
  });

  test('is followed where the handovers stand before the range, and behind it', async () => {
    const house = await handedOver();
    const late = await house.makeKit({ fromMs: house.now() });
    expect(codesOf(await verify(late, { policy: house.policy }))).toEqual({});
    const forked = tamper(late, (files) =>
      editJson(files, 'consistency.json', (value) => void (value['proofs'] = [])),
    );
    expect(codesOf(await verify(forked, { policy: house.policy }))).toEqual({ trust: ['proof_too_short'] });
    const early = await house.makeKit({ toMs: START_MS + 2.5 * MINUTE });
    const report = await verify(early, { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    expect(report.facts.handovers).toBe(0);
  });

  test('is not followed from a later key back to an earlier one', async () => {
    const house = await handedOver();
    const last = (await house.log.keys()).at(-1)?.verifierKey ?? '';
    const policy = policyOfKeys([parseVerifierKey(last)], [], 0);
    expect(codesOf(await verify(await house.makeKit(), { policy }))).toEqual({
      checkpoints: ['unsigned_by_log'],
    });
  });

  const forgeries: readonly [string, (files: Files) => void, Record<string, string[]>][] = [
    [
      'without a handover',
      (files) => without(files, 'handovers/1.tlog-proof'),
      { checkpoints: ['unsigned_by_log', 'checkpoint_missing'] },
    ],
    [
      'whose handover names a key that somebody made up',
      (files) => {
        files['handovers/1.tlog-proof'] = forgedHandover(files['handovers/1.tlog-proof'], toStranger);
      },
      { trust: ['root_mismatch'], checkpoints: ['unsigned_by_log', 'checkpoint_missing'] },
    ],
    [
      'whose handover somebody has signed who was not handed over to, and all checkpoints after it',
      (files) => {
        files['handovers/1.tlog-proof'] = forgedHandover(
          files['handovers/1.tlog-proof'],
          toStranger,
          signedByStranger,
        );
        for (const name of Object.keys(files).filter((each) => each.startsWith('checkpoints/4')))
          files[name] = signedByStranger(files[name]);
      },
      { trust: ['unsigned_by_log'], checkpoints: ['unsigned_by_log', 'checkpoint_missing'] },
    ],
    [
      'whose handover is another entry',
      (files) => {
        const own = files['handovers/2.tlog-proof'] ?? Buffer.alloc(0);
        files['handovers/1.tlog-proof'] = own;
      },
      { checkpoints: ['unsigned_by_log', 'checkpoint_missing'] },
    ],
    [
      'whose handover is nonsense',
      (files) => void (files['handovers/1.tlog-proof'] = Buffer.from('nonsense')),
      { trust: ['malformed_proof'], checkpoints: ['unsigned_by_log', 'checkpoint_missing'] },
    ],
    [
      'whose handover has another name',
      (files) => {
        files['handovers/01.tlog-proof'] = files['handovers/1.tlog-proof'] ?? Buffer.alloc(0);
      },
      { archive: ['file_unexpected', 'kit_malformed'] },
    ],
  ];
  test.each(forgeries)('%s', async (_, change, expected) => {
    const house = await handedOver();
    const kit = tamper(await house.makeKit(), change);
    expect(codesOf(await verify(kit, { policy: house.policy }))).toEqual(expected);
  });

  test('whose key was taken by somebody who could write entries, but had no key', async () => {
    const house = await busyHouse();
    const { index } = await house.appendRaw({
      action: 'log.key_rotate',
      after: formatVerifierKey(stranger.verifier),
      at: house.now(),
      before: house.log.verifierKey,
      endorsement: randomBytes(64).toString('base64'),
      id: 'adm_forged',
      kind: 'administration',
      subject: 'log.test/house',
    });
    const handover = await house.log.publish();
    await house.store.addKey({ generation: 1, entry: index, overlapUntilMs: 0, handover });
    expect(codesOf(await verify(await house.makeKit(), { policy: house.policy }))).toEqual({
      trust: ['bad_signature'],
    });
  });
});

describe('what the entries tell', () => {
  test('a gateway that fell silent, and one whose clock was set back', async () => {
    const house = await busyHouse();
    house.wait(10 * MINUTE);
    await house.beat();
    house.wait(-5 * MINUTE);
    await house.beat();
    expect(
      codesOf(
        await verify(await house.makeKit({ toMs: house.now() + 9 * MINUTE }), { policy: house.policy }),
      ),
    ).toEqual({
      counters: ['silence', 'clock_went_back'],
    });
  });

  test('silence until the end, which another instance outlived', async () => {
    const house = await busyHouse();
    house.wait(10 * MINUTE);
    await house.interact();
    const report = await verify(await house.makeKit(), { policy: house.policy });
    expect(codesOf(report)).toEqual({ counters: ['silence'] });
  });

  test.each([
    ['before it was applied', { snapshot: snapshotOf(3) }, ['snapshot_unknown']],
    ['long after another took its place', { snapshot: snapshotOf(1) }, ['snapshot_not_in_force']],
    ['of no known form', { snapshot: 'latest' }, ['snapshot_unknown']],
  ])('a configuration %s', async (_, change, expected) => {
    const house = await busyHouse();
    await house.interact(change);
    const report = await verify(await house.makeKit(), { policy: house.policy });
    expect(codesOf(report)).toEqual({ configurations: expected });
  });

  test('a configuration that was used before it was recorded, or whose application failed', async () => {
    const house = await busyHouse();
    await house.interact({ snapshot: snapshotOf(3) });
    await house.apply();
    await house.interact();
    const kit = await house.makeKit();
    expect(codesOf(await verify(kit, { policy: house.policy }))).toEqual({
      configurations: ['snapshot_not_in_force'],
    });
    await house.administrate({ action: 'configuration.apply.failed', after: '3' });
    await house.interact();
    const failed = await verify(await house.makeKit(), { policy: house.policy });
    expect(failed.checks.find(({ id }) => id === 'configurations')?.failureCount).toBe(2);
  });

  test('the configuration before the range is taken from its start', async () => {
    const house = await busyHouse();
    const range = { fromMs: START_MS + 4.5 * MINUTE, toMs: START_MS + 5.5 * MINUTE };
    const report = await verify(await house.makeKit(range), { policy: house.policy });
    expect(codesOf(report)).toEqual({});
    await house.interact({ snapshot: snapshotOf(1) });
    const late = await house.makeKit({ fromMs: START_MS + 4.5 * MINUTE });
    expect(codesOf(await verify(late, { policy: house.policy }))).toEqual({
      configurations: ['snapshot_not_in_force'],
    });
  });
});

describe('what is not there any more', () => {
  const erased = [8, 10, 11];
  const purged = [2, 6] as const;
  const unnamed = [12, 14];

  /** Entries 8, 10 and 11 erased, 2 to 5 purged, and who 12 and 14 were about. */
  async function poorerHouse() {
    const { coverage, root } = coverageFor(erased);
    let erasure = Infinity;
    const house = await busyHouse({
      audit: (store) => ({
        ...store,
        read: async (query) =>
          (await store.read(query))
            .filter(({ index }) => index < purged[0] || index >= purged[1])
            .map(({ identity, ...stored }) =>
              (erased.includes(stored.index) || unnamed.includes(stored.index)) && erasure < Infinity
                ? { ...stored, ...(erased.includes(stored.index) && { erasedBy: erasure }) }
                : { ...stored, ...(identity && { identity }) },
            ),
      }),
      log: (store) => ({
        ...store,
        leaves: async (from, to) =>
          (await store.leaves(from, to)).map((leaf, i) =>
            from + i >= purged[0] && from + i < purged[1] ? undefined : leaf,
          ),
      }),
      coverage: async (leaf) => [{ ...(coverage(leaf) as Coverage), entry: erasure }],
    });
    const statement = { basis: 'art17-1-b', count: erased.length, keys: ['sub_1'], root };
    const entry = {
      action: 'subject.erase',
      at: house.now(),
      erasure: statement,
      id: 'ers_1',
      kind: 'administration',
    };
    const receipt = await house.appendRaw({ ...entry, subject: 'sub_1' });
    erasure = receipt.index;
    const purge = { action: 'retention.purge', at: house.now(), kind: 'administration', id: 'prg' };
    await house.appendRaw({ ...purge, after: '4 in 2-5', subject: 'entries' });
    await house.appendRaw({ ...purge, after: '2 in 12-12,14-14', subject: 'identities' });
    return house;
  }

  test('is accounted for by entries within the kit, or proven beside it', async () => {
    const house = await poorerHouse();
    const all = await verify(await house.makeKit({ role: 'full' }), { policy: house.policy });
    expect(codesOf(all)).toEqual({});
    expect(all.facts).toMatchObject({ erased: 3, purged: 6 });
    const kit = await house.makeKit({ role: 'full', toMs: START_MS + 2.5 * MINUTE });
    const part = await verify(kit, { policy: house.policy });
    expect(codesOf(part)).toEqual({});
    expect(part.facts).toMatchObject({ lastSize: 20, proofs: 3 });
    const forked = tamper(kit, (files) =>
      editJson(files, 'consistency.json', (value) => void (value['proofs'] = [])),
    );
    expect(codesOf(await verify(forked, { policy: house.policy }))).toEqual({
      proofs: ['proof_too_short'],
      erasures: ['erased_without_entry', 'purged_without_entry'],
    });
  });

  test('fails where the erasure does not cover it', async () => {
    const house = await poorerHouse();
    const kit = await house.makeKit();
    const edit = (change: (line: Line) => Line) =>
      tamper(kit, (files) =>
        editLines(files, (lines) => lines.map((line) => (line.index === 10 ? change(line) : line))),
      );
    const uncovered = edit((line) => without(line, 'coverage'));
    expect(codesOf(await verify(uncovered, { policy: house.policy }))).toEqual({
      erasures: ['erased_not_covered'],
    });
    const wrong = edit((line) => ({ ...line, coverage: { ...line.coverage, salt: '' } }));
    expect(codesOf(await verify(wrong, { policy: house.policy }))).toEqual({ erasures: ['root_mismatch'] });
    const unsaid = edit((line) => without(line, 'erasedBy', 'coverage'));
    expect(codesOf(await verify(unsaid, { policy: house.policy }))).toEqual({});
  });
});

describe('an archive', () => {
  /** A file that goes on behind the end of its deflated data, with headers that fit. */
  function withBytesBehind(kit: Uint8Array): Uint8Array {
    const files = unzipSync(kit);
    const text = files['README.txt'] ?? new Uint8Array();
    const packed = Buffer.concat([deflateRawSync(text), Buffer.from('more')]);
    const zip = Buffer.from(zipSync({ ...files, 'README.txt': [packed, { level: 0 }] }));
    const name = Buffer.from('README.txt');
    for (const [header, from] of [
      [zip.indexOf(name) - 30, 0],
      [zip.lastIndexOf(name) - 46, 2],
    ] as const) {
      zip.writeUInt16LE(8, header + 8 + from);
      zip.writeUInt32LE(crc32(text), header + 14 + from);
      zip.writeUInt32LE(text.length, header + 22 + from);
    }
    return zip;
  }

  const damage: readonly [string, (kit: Buffer) => Uint8Array][] = [
    ['cut short', (kit) => kit.subarray(0, -1)],
    ['with bytes before it', (kit) => Buffer.concat([Buffer.from('x'), kit])],
    ['with bytes behind it', (kit) => Buffer.concat([kit, Buffer.from('x')])],
    ['of nothing', () => new Uint8Array(0)],
    ['of a file that goes on behind its end', withBytesBehind],
    [
      'whose data was changed',
      (kit) => {
        const copy = Buffer.from(kit);
        const at = copy.indexOf('README.txt') + 500;
        copy[at] = (copy[at] ?? 0) ^ 1;
        return copy;
      },
    ],
    [
      'that names a file twice',
      (kit) => {
        const copy = Buffer.from(kit.toString('latin1').replaceAll('range.json', 'README.txt'), 'latin1');
        return copy;
      },
    ],
    [
      'whose local header says another name',
      (kit) => {
        const copy = Buffer.from(kit);
        const at = copy.indexOf('range.json');
        copy.write('Range', at, 'latin1');
        return copy;
      },
    ],
  ];

  test.each(damage)('%s is refused', async (_, change) => {
    const house = await openHouse();
    await house.beat('gateway.started');
    const kit = await house.makeKit();
    expect(codesOf(await verify(kit))).toEqual({});
    const report = await verify(change(kit));
    expect(codesOf(report)).toEqual({ archive: ['archive_malformed'] });
    expect(report.isVerified).toBe(false);
  });
});

test('the page says of each code what the command line says', () => {
  expect(Object.keys(page.meanings).length).toBeGreaterThan(50);
  expect({ ...TLOG_ERROR_MEANINGS, ...KIT_ERROR_MEANINGS }).toMatchObject(page.meanings);
});
