/**
 * Injections in tools' results and their benign twins by authors of different styles whom no model and no rule has learned
 * from, a file for each in `fresh/`: what a style's author would slip in with a mark and without one, what the same author
 * writes to people, and the papers it stands in. They are measured, and nobody looks at what is missed there.
 *
 * `afterwards` was written before the authors that the models learn from, `sealed` beside them; what is sealed is measured when
 * a model is ready, and read by nobody.
 */
import { join } from 'node:path';
import { inOwnPapers, readAuthors, type AuthoredKind } from '../training/injection/authored.ts';

export type FreshHalf = 'sealed' | 'afterwards';

const FOLDER = join(import.meta.dirname, 'fresh');

/** Texts of one kind by all authors of one half, always the same ones. */
export function freshTexts(half: FreshHalf, kind: AuthoredKind): readonly string[] {
  return inOwnPapers(readAuthors(join(FOLDER, half)), kind).map(({ text }) => text);
}
