/** Why a scanner found what it found, in words, for those scanners that can say. */
import type { Channel } from '../domain/document.ts';
import { explain, type Explanation } from '../scanners/prompt-injection/explain.ts';

export interface ExplainedSpan {
  readonly start: number;
  readonly end: number;
  readonly explanation: string;
}

type Reason = Explanation['reasons'][number];

/** Words that say most, for each reason. */
const MOST_WORDS = 8;

/** The text is quoted: it is for whoever gave it. */
export function explainFinding(scanner: string, text: string, channel: Channel): readonly ExplainedSpan[] {
  if (scanner !== 'prompt-injection') return [];
  return explain(text, channel).map(({ start, end, reasons }) => ({
    start,
    end,
    explanation: reasons.map((reason) => inWords(reason, text)).join('; '),
  }));
}

function inWords(reason: Reason, text: string): string {
  const layer = reason.layer === 'plain' ? '' : `, decoded from ${reason.layer}`;
  if (reason.source === 'rule') return `rule ${reason.rule} (${reason.kind})${layer}`;
  if (reason.source === 'limit') return `what is encoded goes on from here and was not read (${reason.kind})`;
  const against = `${reason.score.toFixed(2)} against ${reason.threshold.toFixed(2)}`;
  if (reason.source === 'sense')
    return `${reason.sense} (${reason.kind}) by its words and their roles${layer}: ${against}`;
  const words = reason.contributions
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_WORDS)
    .map(({ start, end, weight }) => `“${text.slice(start, end)}” ${weight.toFixed(2)}`);
  return `model (${reason.kind}) over the ${reason.window}${layer}: ${against}, most by ${words.join(', ')}`;
}
