/** What a call consumed. */
export interface Usage {
  /** All input tokens, those read from or written to a cache included. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the input: read from the provider's prompt cache. */
  readonly cachedInputTokens: number;
  /** Of the input: written to the provider's prompt cache. */
  readonly cacheWriteTokens: number;
  /** Of the output: spent on reasoning. */
  readonly reasoningTokens: number;
  /** `reported` by the provider, or `estimated` by us where it said nothing. */
  readonly source: 'reported' | 'estimated';
}

export const NO_USAGE: Usage = {
  inputTokens: 0,
  outputTokens: 0,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  source: 'estimated',
};
