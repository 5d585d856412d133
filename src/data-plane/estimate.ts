/** What a request may come to use, before it is known: estimated input, and as much output as the client allows. */
import type { Document } from '../domain/document.ts';
import type { Route } from '../domain/route.ts';
import { estimateTokens } from '../domain/token-estimate.ts';
import { countTokens } from '../domain/tokens.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { Estimate } from '../modules/limits/limits.ts';
import type { Metering } from '../modules/metering/metering.ts';
import type { Ask } from './endpoint.ts';

/** Tokens that a dialect adds around each message. */
const TOKENS_PER_SEGMENT = 4;

/** Input is estimated when a limit first asks for it, and once. `added` is what the gateway adds to the document. */
export function estimateOf(
  document: Document,
  ask: Ask,
  metering: Metering,
  added = '',
): (route: Route) => Estimate {
  let tokens: number | undefined;
  const inputTokens = () => (tokens ??= sumOver(document, added, estimateTokens));
  return (route) => new RouteEstimate(route, ask, metering, inputTokens);
}

/** A class for its accessors: those of an object literal keep the whole request alive until the next full collection. */
class RouteEstimate implements Estimate {
  readonly outputTokens: number;
  readonly #route: Route;
  readonly #metering: Metering;
  readonly #inputTokens: () => number;

  constructor(
    route: Route,
    { maxOutputTokens, choices }: Ask,
    metering: Metering,
    inputTokens: () => number,
  ) {
    this.outputTokens = (maxOutputTokens ?? route.defaultMaxOutputTokens) * choices;
    this.#route = route;
    this.#metering = metering;
    this.#inputTokens = inputTokens;
  }

  get inputTokens(): number {
    return this.#inputTokens();
  }

  get costMicros(): number {
    const { inputTokens, outputTokens } = this;
    return this.#metering.cost(this.#route, { ...NO_USAGE, inputTokens, outputTokens });
  }
}

export function countDocument(document: Document, added = ''): number {
  return sumOver(document, added, countTokens);
}

function sumOver({ segments }: Document, added: string, tokensOf: (text: string) => number): number {
  let tokens = added === '' ? 0 : tokensOf(added);
  for (const { text } of segments) tokens += tokensOf(text) + TOKENS_PER_SEGMENT;
  return tokens;
}
