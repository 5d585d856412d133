/**
 * Lines by authors of many styles, a file for each: what somebody of that style would slip into a paper for a model to find,
 * with a mark that it is for one and without, what the same hand writes to people, and the papers that hold it.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import type { Embedded } from './synthetic.ts';
import { splitOf, type Split } from './template.ts';

export type AuthoredKind = 'marked' | 'unmarked' | 'benign';

/** One author's file. */
export interface Author {
  readonly lines: Readonly<Record<AuthoredKind, readonly string[]>>;
  /** Texts as a tool returns them, with `{text}` where a line belongs. */
  readonly papers: readonly string[];
}

const FOLDER = join(import.meta.dirname, 'authored');
const SECTION = /^== (\w+)$/mu;

/** Every author of a folder, always in the same order. */
export function readAuthors(folder: string): readonly Author[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => read(readFileSync(join(folder, name), 'utf8')));
}

/**
 * Those whose lines are learned, or held out. An author of English is wholly the one or the other; of other languages, which
 * have an author or two each, every fifth line is held out.
 */
function authorsOf(split: Split): readonly Author[] {
  return [...englishAuthors(split), ...foreignAuthors(split)];
}

export function englishAuthors(split: Split): readonly Author[] {
  return readAuthors(join(FOLDER, split === 'train' ? 'learned' : 'held-out'));
}

export function foreignAuthors(split: Split): readonly Author[] {
  return readAuthors(join(FOLDER, 'languages')).map((author) => ofSplit(author, split));
}

function ofSplit({ lines, papers }: Author, split: Split): Author {
  const some = (kind: AuthoredKind): readonly string[] =>
    lines[kind].filter((line) => splitOf(line) === split);
  return { lines: { marked: some('marked'), unmarked: some('unmarked'), benign: some('benign') }, papers };
}

function read(file: string): Author {
  const [, ...parts] = file.split(SECTION);
  const sections = new Map(
    parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? ''] as const] : [])),
  );
  const linesOf = (kind: AuthoredKind): readonly string[] =>
    (sections.get(kind) ?? '').split('\n').filter((line) => line !== '');
  return {
    lines: { marked: linesOf('marked'), unmarked: linesOf('unmarked'), benign: linesOf('benign') },
    papers: (sections.get('places') ?? '').split('\n--\n').map((paper) => paper.trim()),
  };
}

/** Each line in two of its author's papers. */
export function inOwnPapers(authors: readonly Author[], kind: AuthoredKind): readonly Embedded[] {
  return authors.flatMap(({ lines, papers }) =>
    lines[kind].flatMap((line, at) =>
      [at, at + 2].map((paper) => inPaper(line, papers[paper % papers.length] ?? ALONE, kind)),
    ),
  );
}

/** Each line in papers of its author and of another, so that a paper says nothing of what stands in it, and by itself; at most so many. */
export function authoredTexts(
  kind: AuthoredKind,
  most: number,
  split: Split,
  random: Random,
): readonly Embedded[] {
  const authors = authorsOf(split);
  const papers = authors.flatMap((author) => author.papers);
  const lines = authors.flatMap((author) => author.lines[kind]);
  const texts = [
    ...inOwnPapers(authors, kind),
    ...lines.map((line) => inPaper(line, random.pick(papers), kind)),
    ...lines.map((line) => inPaper(line, ALONE, kind)),
  ];
  return random.shuffled(texts).slice(0, most);
}

const ALONE = '{text}';

/** A string within JSON is written as JSON writes it. */
function inPaper(line: string, paper: string, kind: AuthoredKind): Embedded {
  const said = line.replaceAll('\\n', '\n');
  const attack = paper.startsWith('{"') ? JSON.stringify(said).slice(1, -1) : said;
  return { text: paper.replace('{text}', () => attack), attack, isMarked: kind === 'marked' };
}
