/** What a call cost, by its usage and the price of its model. */
import type { Usage } from '../../domain/usage.ts';
import type { Price } from './prices.ts';

/** Millionths of a US dollar, rounded up: a call that costs something never costs nothing. */
export function costMicros(price: Price, usage: Usage): number {
  const { inputTokens, cachedInputTokens, cacheWriteTokens, outputTokens } = usage;
  const isLong = price.long !== undefined && inputTokens > price.long.inputTokensOver;
  const { input, cachedInput, cacheWrite, output } = isLong ? price.long : price;
  // A provider whose parts exceed its whole is charged for the parts.
  const fresh = Math.max(0, inputTokens - cachedInputTokens - cacheWriteTokens);
  const micros =
    fresh * input + cachedInputTokens * cachedInput + cacheWriteTokens * cacheWrite + outputTokens * output;
  // Decimal prices in binary: 0.1 × 3 must not be rounded up for its last bit.
  return Math.max(0, Math.ceil(micros - 1e-6));
}
