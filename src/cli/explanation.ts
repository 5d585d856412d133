/** Explanations of what the scanner of prompt injection found, in lines that an administrator reads. */
import type { Channel } from '../domain/document.ts';
import { explain, type Explanation } from '../scanners/prompt-injection/explain.ts';

type Reason = Explanation['reasons'][number];

/** Words that say most, for each reason. */
const MOST_WORDS = 8;

/** The text is quoted: these lines are for whoever gave it. */
export function explanationLines(text: string, channel: Channel): readonly string[] {
  return explain(text, channel).flatMap(({ start, end, reasons, passesWithoutRules }) => [
    `${start}-${end}  prompt-injection${passesWithoutRules ? ', by rules alone' : ''}`,
    ...reasons.flatMap((reason) => reasonLines(reason, text)),
  ]);
}

function reasonLines(reason: Reason, text: string): readonly string[] {
  const place = `${reason.span.start}-${reason.span.end}${reason.layer === 'plain' ? '' : `, decoded from ${reason.layer}`}`;
  if (reason.source === 'rule') return [`  rule ${reason.rule} (${reason.kind}) at ${place}`];
  if (reason.source === 'limit')
    return [`  what is encoded goes on from ${reason.span.start} and was not read (${reason.kind})`];
  const passes =
    reason.passesAt === null
      ? 'it would not have passed at any measured rate of false alarms'
      : `it would have passed where at most ${reason.passesAt * 100} % of benign texts may be flagged`;
  const against = `${reason.score.toFixed(2)} against ${reason.threshold.toFixed(2)}`;
  if (reason.source === 'sense')
    return [
      `  ${reason.sense} (${reason.kind}) by its words and their roles at ${place}: ${against}; ${passes}`,
    ];
  const words = reason.contributions
    .toSorted((a, b) => b.weight - a.weight)
    .slice(0, MOST_WORDS)
    .map(({ start, end, weight }) => `${JSON.stringify(text.slice(start, end))} ${weight.toFixed(2)}`);
  return [
    `  model (${reason.kind}) over the ${reason.window} at ${place}: ${against}; ${passes}`,
    `    ${words.join(', ')}`,
  ];
}
