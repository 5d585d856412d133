/**
 * Measures the scanner as it is shipped, rules and models together, on held-out texts, and writes Markdown tables:
 * `node training/injection/measure-injection.ts DATA_FOLDER`.
 */
import type { Channel } from '../../src/domain/document.ts';
import { speakingIn } from '../../src/scanners/prompt-injection/speaking.ts';
import { createStandards, type Standards } from '../../src/scanners/prompt-injection/standards.ts';
import { wilson } from './calibrate.ts';
import { randomFor, readData, type Data } from './data.ts';
import { developmentSlices, type Slice } from './development.ts';
import { LANGUAGES } from './languages.ts';
import { fill, hasSplit, ofSplit, splitOf } from './template.ts';

/** Texts of one slice; a source with more is cut off there. */
const SIZE = 600;
const LENGTHS = [
  ['up to 200 characters', 0, 200],
  ['200 to 800', 200, 800],
  ['800 to 2,000', 800, 2_000],
  ['more than 2,000', 2_000, Infinity],
] as const;

function isFlagged(text: string, channel: Channel, standards: Standards): boolean {
  return speakingIn(text, 0, true, standards[channel]).speaking.length > 0;
}

function share(count: number, of: number): string {
  if (of === 0) return '';
  const [low, high] = wilson(count, of);
  const percent = (value: number): string => (100 * value).toFixed(1);
  return `${percent(count / of)} % (${percent(low)} to ${percent(high)})`;
}

function bySlice(slices: readonly Slice[], all: Standards, modelAlone: Standards): readonly string[] {
  const rows = slices
    .filter(({ texts }) => texts.length > 0)
    .map(({ name, channel, isAttack, texts }) => {
      const flagged = texts.filter((text) => isFlagged(text, channel, all)).length;
      const alone = texts.filter((text) => isFlagged(text, channel, modelAlone)).length;
      const what = isAttack ? 'attack' : 'benign';
      return `| ${channel} | ${what} | ${name} | ${texts.length} | ${share(flagged, texts.length)} | ${share(alone, texts.length)} |`;
    });
  return [
    '| channel | | slice | texts | flagged | by the model alone |',
    '|---|---|---|---|---|---|',
    ...rows,
  ];
}

function byLength(slices: readonly Slice[], standards: Standards): readonly string[] {
  const rows = (['user', 'document', 'tool'] as const).flatMap((channel) =>
    LENGTHS.map(([name, from, to]) => {
      const told = [false, true].map((isAttack) => {
        const texts = slices
          .filter((slice) => slice.channel === channel && slice.isAttack === isAttack)
          .flatMap((slice) => slice.texts)
          .filter(({ length }) => length >= from && length < to);
        const flagged = texts.filter((text) => isFlagged(text, channel, standards)).length;
        return `${texts.length} | ${share(flagged, texts.length)}`;
      });
      return `| ${channel} | ${name} | ${told.join(' | ')} |`;
    }),
  );
  return ['| channel | length | benign | flagged | attacks | caught |', '|---|---|---|---|---|---|', ...rows];
}

function byLanguage(standards: Standards): readonly string[] {
  const random = randomFor('languages');
  const held = LANGUAGES.filter(({ benign }) => hasSplit(benign, 'development'));
  const rows = held.map(({ code, benign, attacks, topics }) => {
    const questions = Array.from({ length: 60 }, () =>
      fill(random.pick(ofSplit(benign, 'development')), { t: topics }, random),
    );
    const distinct = attacks.filter((text) => splitOf(text) === 'development');
    const flagged = questions.filter((text) => isFlagged(text, 'user', standards)).length;
    const caught = distinct.filter((text) => isFlagged(text, 'user', standards)).length;
    return `| ${code} | ${flagged} of ${questions.length} | ${caught} of ${distinct.length} |`;
  });
  return ['| language | questions flagged | held-out attacks caught |', '|---|---|---|', ...rows];
}

function measured(data: Data): string {
  const slices = developmentSlices(data, SIZE);
  const standards = createStandards({}, true);
  const tables = [
    bySlice(slices, standards, createStandards({}, false)),
    byLength(slices, standards),
    byLanguage(standards),
  ];
  return `${tables.map((rows) => rows.join('\n')).join('\n\n')}\n`;
}

const folder = process.argv[2];
if (folder === undefined) throw new Error('usage: measure-injection.ts DATA_FOLDER');
process.stdout.write(measured(readData(folder, 'development')));
