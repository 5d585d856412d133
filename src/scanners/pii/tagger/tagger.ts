/** Finds names of persons, places, organizations and groups with a model that reads one sentence at a time. */
import type { Scanner, Sighting } from '../../../modules/scanning/scanner.ts';
import { addEntities, createWorkspace, type Entity } from './entities.ts';
import type { EntityModel } from './entity-model.ts';
import { endOfSentence, MAX_SENTENCE } from './sentences.ts';
import { shippedEntityModel } from './load-entity-model.ts';

/** Less is not worth telling. */
const LEAST_CONFIDENCE = 0.1;

/**
 * `kinds` are those that are told, `allowed` values that are not, exactly as they are written.
 * @throws Error where the shipped model cannot be used
 */
export function createTagger(
  kinds: ReadonlySet<string>,
  allowed: ReadonlySet<string>,
  model: EntityModel = shippedEntityModel(),
): Scanner {
  const workspace = createWorkspace();
  return {
    // A search begins where a sentence begins: at the text's beginning, or where it was settled.
    reach: 0,
    maxHold: MAX_SENTENCE,
    scan(text, from, _place, _final, until) {
      const entities: Entity[] = [];
      for (let start = from; start < text.length && start < until; ) {
        const end = endOfSentence(text, start) ?? text.length;
        addEntities(model, text, start, end, workspace, entities);
        start = end;
      }
      return entities.length === 0
        ? NOTHING
        : entities.filter(isAsked).map(sighted).filter(isWorthTelling(text));
    },
    settled(text, from) {
      let settled = from;
      for (let end = endOfSentence(text, settled); end !== null; end = endOfSentence(text, settled))
        settled = end;
      return settled;
    },
  };

  function isAsked({ kind }: Entity): boolean {
    return kinds.has(kind);
  }

  /** Confidence is 0.5 where telling begins to do more good than harm. */
  function sighted({ start, end, kind, probability }: Entity): Sighting {
    const threshold = model.thresholds[kind];
    const confidence =
      probability < threshold
        ? (probability / threshold) * 0.5
        : 0.5 + ((probability - threshold) / (1 - threshold)) * 0.5;
    return { start, end, kind, confidence };
  }

  function isWorthTelling(text: string): (sighting: Sighting) => boolean {
    return ({ start, end, confidence }) =>
      confidence >= LEAST_CONFIDENCE && (allowed.size === 0 || !allowed.has(text.slice(start, end)));
  }
}

const NOTHING: readonly Sighting[] = [];
