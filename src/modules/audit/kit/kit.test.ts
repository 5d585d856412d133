import { describe, expect, test } from 'vitest';
import { sourceOfBytes, verifyKit, type KitReport, type KitTrust } from '../audit.ts';
import {
  busyHouse,
  editJson,
  editLines,
  openHouse,
  SECOND,
  tamper,
  textIn,
  type Files,
} from './testdata/house.ts';

const verify = (kit: Uint8Array, trust: KitTrust = {}) => verifyKit(sourceOfBytes(kit), trust);
const codesOf = (report: KitReport) =>
  Object.fromEntries(
    report.checks
      .filter(({ status }) => status === 'failed')
      .map(({ id, failures }) => [id, [...new Set(failures.map(({ code }) => code))]]),
  );
const statusesOf = (report: KitReport) =>
  Object.fromEntries(report.checks.map(({ id, status }) => [id, status]));

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
    const minute = 60 * SECOND;
    const start = house.now() - 6 * minute;
    const kit = await house.makeKit({ fromMs: start + 2.5 * minute, toMs: start + 3.5 * minute });
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
});
