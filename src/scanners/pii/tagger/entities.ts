/** The entities of one sentence: where they stand, what they are, and how probable that is. */
import { writeScores, type EntityModel } from './entity-model.ts';
import { MAX_FEATURES } from './features.ts';
import { createLattice, findBest, spanProbability, weigh, type Lattice } from './lattice.ts';
import { createSentence, readSentence, type Sentence } from './sentence.ts';
import { ENTITY_KINDS, NONE, TAGS, WEIGHTED, type EntityKind } from './tags.ts';

export interface Entity {
  readonly start: number;
  readonly end: number;
  readonly kind: EntityKind;
  readonly probability: number;
}

/** Room to work in, written anew for every sentence: nothing is read of what another one left. */
export interface Workspace {
  readonly sentence: Sentence;
  readonly lattice: Lattice;
  readonly features: Uint32Array;
}

/** What it costs a token to be no entity, so that the less probable ones are found too, and told with what they are worth. */
const PENALTY = 1.5;
/** A token whose score for every beginning lies below this begins no entity that would be told. */
const LEAST_SCORE = -4;

export function createWorkspace(): Workspace {
  return { sentence: createSentence(), lattice: createLattice(), features: new Uint32Array(MAX_FEATURES) };
}

/** Adds the entities of text[start, end), which is one sentence, in order, none overlapping another. */
export function addEntities(
  model: EntityModel,
  text: string,
  start: number,
  end: number,
  workspace: Workspace,
  entities: Entity[],
): void {
  if (!readSentence(text, start, end, model.gazetteer, workspace.sentence)) return;
  const { tokens, candidates } = workspace.sentence;
  for (let at = 0; at < tokens.count; at++) {
    if (candidates[at] === 0) continue;
    const first = at;
    while (at < tokens.count && candidates[at] === 1) at++;
    addOfRun(model, text, first, at, workspace, entities);
  }
}

/** Of the tokens [start, end), which are candidates. */
function addOfRun(
  model: EntityModel,
  text: string,
  start: number,
  end: number,
  { sentence, lattice, features }: Workspace,
  entities: Entity[],
): void {
  const { starts, ends } = sentence.tokens;
  lattice.length = end - start;
  writeScores(model, text, sentence, start, lattice, features);
  if (!mayBegin(lattice) || !findBest(lattice, model.transitions, PENALTY)) return;
  weigh(lattice, model.factors);
  for (let first = 0; first < lattice.length; ) {
    const begin = lattice.tags[first] ?? NONE;
    let last = first + 1;
    const kind = begin === NONE ? undefined : ENTITY_KINDS[begin / 2];
    if (kind) {
      while (last < lattice.length && lattice.tags[last] === begin + 1) last++;
      entities.push({
        start: starts[start + first] ?? 0,
        end: ends[start + last - 1] ?? 0,
        kind,
        probability: spanProbability(lattice, model.factors, first, last, begin),
      });
    }
    first = last;
  }
}

function mayBegin({ length, scores }: Lattice): boolean {
  for (let at = 0; at < length * TAGS; at += TAGS)
    for (let tag = 0; tag < WEIGHTED; tag += 2) if ((scores[at + tag] ?? 0) > LEAST_SCORE) return true;
  return false;
}
