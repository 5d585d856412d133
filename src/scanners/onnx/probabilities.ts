/** What a model's raw scores say, as probabilities. */
export function probabilities(
  logits: readonly number[],
  activation: 'softmax' | 'sigmoid',
): readonly number[] {
  if (activation === 'sigmoid') return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
  const highest = Math.max(...logits);
  const exponentials = logits.map((logit) => Math.exp(logit - highest));
  const sum = exponentials.reduce((total, each) => total + each, 0);
  return exponentials.map((each) => each / sum);
}
