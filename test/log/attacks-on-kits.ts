/** Attacks on an auditor's kit between who made it and who verifies it. */
import { editLines, type Files, type Line, textIn } from '../../src/modules/audit/kit/testdata/house.ts';
import { leafHash } from '../../src/tlog/hashes.ts';
import { ENTRY } from './attack.ts';
import { SIZE } from './scene.ts';

export interface AttackOnKit {
  readonly name: string;
  readonly forge: (files: Files) => void;
  /** All codes that the verifier gives. */
  readonly codes: string;
}

const lines = (edit: (lines: Line[]) => Line[]) => (files: Files) => editLines(files, edit);
const atEntry = (edit: (line: Line) => Line) =>
  lines((all) => all.map((line) => (line.index === ENTRY ? edit(line) : line)));

export const ATTACKS_ON_KITS: readonly AttackOnKit[] = [
  {
    name: 'one entry left out',
    forge: lines((all) => all.filter(({ index }) => index !== ENTRY)),
    codes: 'counter_missing leaf_missing',
  },
  { name: 'the last entries left out', forge: lines((all) => all.slice(0, -5)), codes: 'leaf_missing' },
  {
    name: 'an index twice',
    forge: lines((all) => all.toSpliced(ENTRY, 0, ...all.slice(ENTRY, ENTRY + 1))),
    codes: 'leaf_unexpected',
  },
  {
    name: "two entries in each other's place",
    forge: lines((all) => all.toSpliced(ENTRY, 2, ...all.slice(ENTRY, ENTRY + 2).toReversed())),
    codes: 'counter_missing leaf_missing leaf_unexpected',
  },
  {
    name: "two leaves under each other's index",
    forge: lines((all) =>
      all.map((line) => {
        const other = { [ENTRY]: ENTRY + 1, [ENTRY + 1]: ENTRY }[line.index];
        return { ...line, ...(other !== undefined && { leaf: all[other]?.leaf ?? '' }) };
      }),
    ),
    codes: 'counter_missing counter_repeated root_mismatch',
  },
  {
    name: 'a word changed in a leaf',
    forge: atEntry((line) => ({ ...line, leaf: line.leaf?.replace('allow', 'block') ?? '' })),
    codes: 'root_mismatch',
  },
  {
    name: 'a bit flipped in the last checkpoint',
    forge: (files) => {
      const name = `checkpoints/${SIZE}.note`;
      files[name] = Buffer.from(textIn(files, name).replace(`\n${SIZE}\n`, `\n${SIZE + 1}\n`));
    },
    codes: 'bad_signature checkpoint_missing',
  },
  {
    name: 'an entry passed off as erased',
    forge: atEntry((line) => ({ ...line, erasedBy: SIZE - 1 })),
    codes: 'erased_without_entry',
  },
  {
    name: 'an entry passed off as purged',
    forge: atEntry(({ leaf = '', ...line }) => ({
      ...line,
      leafHash: Buffer.from(leafHash(Buffer.from(leaf))).toString('base64'),
      purgedBy: SIZE - 1,
    })),
    codes: 'purged_without_entry',
  },
];
