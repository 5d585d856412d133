/**
 * Injections in tools' results and their benign twins by authors of different styles, a file for each in `fresh/`: what a
 * style's author would slip in with a mark and without one, what the same author writes to people, and the papers it stands in.
 *
 * Six styles are for development. Six others are sealed: they are measured, and nobody looks at what is missed there; but who
 * wrote them wrote the scanner's lexicon and grammar as well. Four more were written after these were closed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export type FreshKind = 'marked' | 'unmarked' | 'benign';
export type FreshHalf = 'development' | 'sealed' | 'afterwards';

const FOLDER = join(import.meta.dirname, 'fresh');
const SECTION = /^== (\w+)$/mu;
/** In how many of its style's papers a line stands. */
const PLACES_OF_A_LINE = 2;

function sectionsOf(file: string): ReadonlyMap<string, string> {
  const [, ...parts] = file.split(SECTION);
  return new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? '']] : [])));
}

function linesOf(section: string | undefined): readonly string[] {
  return (section ?? '').split('\n').filter((line) => line !== '');
}

function placesOf(section: string | undefined): readonly string[] {
  return (section ?? '').split('\n--\n').map((place) => place.trim());
}

/** A line as its paper holds it: a string within JSON is written as JSON writes it. */
function placed(line: string, place: string): string {
  const text = line.replaceAll('\\n', '\n');
  const isJson = place.startsWith('{"');
  return place.replace('{text}', () => (isJson ? JSON.stringify(text).slice(1, -1) : text));
}

function ofStyle(file: string, kind: FreshKind): readonly string[] {
  const sections = sectionsOf(file);
  const places = placesOf(sections.get('places'));
  return linesOf(sections.get(kind)).flatMap((line, at) =>
    Array.from({ length: PLACES_OF_A_LINE }, (_, next) =>
      placed(line, places[(at + next * PLACES_OF_A_LINE) % places.length] ?? '{text}'),
    ),
  );
}

/** Texts of one kind by all authors of one half, always the same ones. */
export function freshTexts(half: FreshHalf, kind: FreshKind): readonly string[] {
  const folder = join(FOLDER, half);
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => ofStyle(readFileSync(join(folder, name), 'utf8'), kind));
}
