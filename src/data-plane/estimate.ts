/** What a request may come to use, before it is known: counted input, and as much output as the client allows. */
import type { Document } from '../domain/document.ts';
import type { Route } from '../domain/route.ts';
import { countTokens } from '../domain/tokens.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { Estimate } from '../modules/limits/limits.ts';
import type { Metering } from '../modules/metering/metering.ts';
import type { Ask } from './endpoint.ts';

/** Tokens that a dialect adds around each message. */
const TOKENS_PER_SEGMENT = 4;

/** Tokens are counted when a limit first asks for them, and once. */
export function estimateOf(document: Document, ask: Ask, metering: Metering): (route: Route) => Estimate {
  let counted: number | undefined;
  const inputTokens = () => (counted ??= countDocument(document));
  return (route) => {
    const maxOutputTokens = (ask.maxOutputTokens ?? route.defaultMaxOutputTokens) * ask.choices;
    return {
      get inputTokens() {
        return inputTokens();
      },
      maxOutputTokens,
      get costMicros() {
        return metering.cost(route, {
          ...NO_USAGE,
          inputTokens: inputTokens(),
          outputTokens: maxOutputTokens,
        });
      },
    };
  };
}

export function countDocument(document: Document): number {
  let tokens = 0;
  for (const { text } of document.segments) tokens += countTokens(text) + TOKENS_PER_SEGMENT;
  return tokens;
}
