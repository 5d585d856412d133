/** Joins words that have labels of one entity into one sighting. */
import type { Span } from '../../domain/finding.ts';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { entityOf } from './model-folder.ts';
import type { OnnxConfig } from './configuration.ts';

export interface LabelledWord extends Span {
  /** The model's own, with `B-` or `I-` where it has them. */
  readonly label: string;
  readonly probability: number;
}

interface Entity {
  readonly name: string;
  readonly start: number;
  end: number;
  readonly probabilities: number[];
}

/** The confidence is the mean of the words' probabilities. */
export function joinEntities(
  words: readonly LabelledWord[],
  labels: OnnxConfig['labels'],
): readonly Sighting[] {
  const entities: Entity[] = [];
  let isOpen = false;
  for (const { start, end, label, probability } of words) {
    const name = entityOf(label);
    const last = entities.at(-1);
    if (!Object.hasOwn(labels, name)) isOpen = false;
    else if (isOpen && last?.name === name && !/^[BSU]-/.test(label)) {
      last.end = end;
      last.probabilities.push(probability);
    } else {
      entities.push({ name, start, end, probabilities: [probability] });
      isOpen = true;
    }
  }
  return entities.flatMap(({ name, start, end, probabilities }) => {
    const told = labels[name];
    const confidence = probabilities.reduce((sum, each) => sum + each, 0) / probabilities.length;
    return told && confidence >= told.threshold
      ? [{ start, end, kind: told.kind, confidence: Math.min(1, confidence) }]
      : [];
  });
}
