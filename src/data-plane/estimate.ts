/** What a request may come to use, before it is known: counted input, and as much output as the client allows. */
import type { Document } from '../domain/document.ts';
import type { Route } from '../domain/route.ts';
import { countTokens, estimateTokens } from '../domain/tokens.ts';
import { NO_USAGE } from '../domain/usage.ts';
import type { Estimate } from '../modules/limits/limits.ts';
import type { Metering } from '../modules/metering/metering.ts';
import type { Ask } from './endpoint.ts';

/** Tokens that a dialect adds around each message. */
const TOKENS_PER_SEGMENT = 4;

/** Tokens are counted when a limit first asks for them, and once. */
export function estimateOf(document: Document, ask: Ask, metering: Metering): (route: Route) => Estimate {
  let counted: number | undefined;
  const countInput = () => (counted ??= sumOver(document, estimateTokens));
  return (route) => new RouteEstimate(route, ask, metering, countInput);
}

/** A class for its accessors: those of an object literal keep the whole request alive until the next full collection. */
class RouteEstimate implements Estimate {
  readonly outputTokens: number;
  readonly #route: Route;
  readonly #metering: Metering;
  readonly #countInput: () => number;

  constructor(route: Route, { maxOutputTokens, choices }: Ask, metering: Metering, countInput: () => number) {
    this.outputTokens = (maxOutputTokens ?? route.defaultMaxOutputTokens) * choices;
    this.#route = route;
    this.#metering = metering;
    this.#countInput = countInput;
  }

  get inputTokens(): number {
    return this.#countInput();
  }

  get costMicros(): number {
    const { inputTokens, outputTokens } = this;
    return this.#metering.cost(this.#route, { ...NO_USAGE, inputTokens, outputTokens });
  }
}

export function countDocument(document: Document): number {
  return sumOver(document, countTokens);
}

function sumOver({ segments }: Document, count: (text: string) => number): number {
  let tokens = 0;
  for (const { text } of segments) tokens += count(text) + TOKENS_PER_SEGMENT;
  return tokens;
}
