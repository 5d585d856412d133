/** Measures the tagger: precision, recall and F1 of whole entities, kind and both ends alike. */
import { addEntities, createWorkspace, type Entity } from '../../src/scanners/pii/tagger/entities.ts';
import type { EntityModel } from '../../src/scanners/pii/tagger/entity-model.ts';
import { endOfSentence } from '../../src/scanners/pii/tagger/sentences.ts';
import { ENTITY_KINDS, type EntityKind } from '../../src/scanners/pii/tagger/tags.ts';
import type { EntityText } from './entity-text.ts';

export interface Quality {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly gold: number;
  /** Entities that were told. */
  readonly told: number;
}

/** Entities of a text, with their probabilities. */
export function tagged(model: EntityModel, text: string): readonly Entity[] {
  const workspace = createWorkspace();
  const entities: Entity[] = [];
  for (let start = 0; start < text.length; ) {
    const end = endOfSentence(text, start) ?? text.length;
    addEntities(model, text, start, end, workspace, entities);
    start = end;
  }
  return entities;
}

/** By kind, and for those of `together` as one. */
export function measure(
  model: EntityModel,
  texts: readonly EntityText[],
  thresholds: Readonly<Record<EntityKind, number>>,
  together: readonly EntityKind[],
): ReadonlyMap<string, Quality> {
  const counts = new Map<EntityKind, { right: number; told: number; gold: number }>();
  for (const kind of ENTITY_KINDS) counts.set(kind, { right: 0, told: 0, gold: 0 });
  for (const { text, entities } of texts) {
    const gold = new Set(entities.map(({ start, end, kind }) => `${kind} ${start} ${end}`));
    for (const { kind } of entities) count(kind).gold++;
    for (const { start, end, kind, probability } of tagged(model, text)) {
      if (probability < thresholds[kind]) continue;
      count(kind).told++;
      if (gold.has(`${kind} ${start} ${end}`)) count(kind).right++;
    }
  }
  const qualities = new Map<string, Quality>();
  for (const kind of ENTITY_KINDS) qualities.set(kind, qualityOf(count(kind)));
  const sum = { right: 0, told: 0, gold: 0 };
  for (const kind of together) {
    sum.right += count(kind).right;
    sum.told += count(kind).told;
    sum.gold += count(kind).gold;
  }
  return qualities.set('together', qualityOf(sum));

  function count(kind: EntityKind): { right: number; told: number; gold: number } {
    const found = counts.get(kind);
    if (!found) throw new Error('a kind that is not counted');
    return found;
  }
}

function qualityOf({ right, told, gold }: { right: number; told: number; gold: number }): Quality {
  const precision = told === 0 ? 0 : right / told;
  const recall = gold === 0 ? 0 : right / gold;
  return {
    precision,
    recall,
    gold,
    told,
    f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall),
  };
}

/** For each kind the probability from which telling it gives the best F1 on these texts. */
export function calibrated(
  model: EntityModel,
  texts: readonly EntityText[],
): Readonly<Record<EntityKind, number>> {
  const thresholds = { PERSON: 0.5, LOCATION: 0.5, ORGANIZATION: 0.5, NRP: 0.5 };
  for (const kind of ENTITY_KINDS) {
    const told: { readonly probability: number; readonly isRight: boolean }[] = [];
    let gold = 0;
    for (const { text, entities } of texts) {
      const right = new Set(
        entities.filter((entity) => entity.kind === kind).map(({ start, end }) => `${start} ${end}`),
      );
      gold += right.size;
      for (const entity of tagged(model, text))
        if (entity.kind === kind)
          told.push({ probability: entity.probability, isRight: right.has(`${entity.start} ${entity.end}`) });
    }
    if (gold > 0) thresholds[kind] = bestThreshold(told, gold);
  }
  return thresholds;
}

function bestThreshold(
  told: readonly { readonly probability: number; readonly isRight: boolean }[],
  gold: number,
): number {
  let best = { f1: 0, threshold: 0.5 };
  for (let threshold = 0.2; threshold < 0.81; threshold += 0.02) {
    const above = told.filter(({ probability }) => probability >= threshold);
    const right = above.filter(({ isRight }) => isRight).length;
    const f1 = (2 * right) / (above.length + gold);
    if (f1 > best.f1) best = { f1, threshold: Number(threshold.toFixed(2)) };
  }
  return best.threshold;
}
