/** The price pack: what a million tokens cost, as the providers say; dated, and each row with its source. */
import { z } from 'zod';

const dollars = z.number().min(0).max(10_000);

const sourceSchema = z.strictObject({
  url: z.url(),
  /** The day on which it was read. */
  read: z.iso.date(),
  note: z.string().max(500).optional(),
});

const priceRowSchema = z.strictObject({
  /** OpenTelemetry `gen_ai.provider.name`. */
  provider: z.string().min(1).max(128),
  /** What the provider calls the model, under each of its names; with `*` at the end for whatever follows. */
  models: z
    .array(z.string().regex(/^[^*]{1,200}\*?$/, 'a model, with at most one * and that at its end'))
    .min(1)
    .max(20),
  /** US dollars per million tokens. */
  input: dollars,
  /** Of tokens read from the prompt cache; as `input` where absent. */
  cached_input: dollars.optional(),
  /** Of tokens written to the prompt cache; as `input` where absent. */
  cache_write: dollars.optional(),
  /** Absent for embeddings. */
  output: dollars.optional(),
  /** Prices for a request with more input than `input_tokens_over`, where the provider has such. */
  long: z
    .strictObject({
      input_tokens_over: z.int().positive(),
      input: dollars,
      cached_input: dollars.optional(),
      cache_write: dollars.optional(),
      output: dollars.optional(),
    })
    .optional(),
  /** Key of `sources`. */
  source: z.string(),
});

const pricePackSchema = z
  .strictObject({
    version: z.literal(1),
    date: z.iso.date(),
    currency: z.literal('USD'),
    unit: z.literal('million tokens'),
    notes: z.array(z.string().max(1_000)).default([]),
    sources: z.record(z.string(), sourceSchema),
    models: z.array(priceRowSchema).min(1).max(10_000),
  })
  .refine(({ sources, models }) => models.every(({ source }) => Object.hasOwn(sources, source)), {
    error: 'every row names one of the sources',
  })
  .refine(({ models }) => !hasDuplicates(models.flatMap(keysOf)), {
    error: 'no two rows are about the same model',
  });

/** Per token, in millionths of a dollar: the same number as dollars per million tokens. */
export interface TokenPrices {
  readonly input: number;
  readonly cachedInput: number;
  readonly cacheWrite: number;
  readonly output: number;
}

export interface Price extends TokenPrices {
  readonly long?: TokenPrices & { readonly inputTokensOver: number };
}

export interface Prices {
  readonly date: string;
  find(provider: string, model: string): Price | undefined;
}

type PriceRow = z.infer<typeof priceRowSchema>;

const keyOf = (provider: string, model: string) => `${provider}\n${model}`;

function keysOf({
  provider,
  models,
}: {
  readonly provider: string;
  readonly models: readonly string[];
}): string[] {
  return models.map((model) => keyOf(provider, model));
}

function hasDuplicates(keys: readonly string[]): boolean {
  return new Set(keys).size < keys.length;
}

/** @throws where the pack is not one */
export function loadPrices(json: unknown): Prices {
  const pack = pricePackSchema.parse(json);
  const exact = new Map<string, Price>();
  const prefixes: { readonly prefix: string; readonly price: Price }[] = [];
  for (const row of pack.models) {
    const price = priceOf(row);
    for (const key of keysOf(row)) {
      if (key.endsWith('*')) prefixes.push({ prefix: key.slice(0, -1), price });
      else exact.set(key, price);
    }
  }
  prefixes.sort((a, b) => b.prefix.length - a.prefix.length);
  return {
    date: pack.date,
    find(provider, model) {
      const key = keyOf(provider, model);
      return exact.get(key) ?? prefixes.find(({ prefix }) => key.startsWith(prefix))?.price;
    },
  };
}

function priceOf(row: PriceRow): Price {
  const { long } = row;
  if (long === undefined) return tokenPrices(row);
  return { ...tokenPrices(row), long: { ...tokenPrices(long), inputTokensOver: long.input_tokens_over } };
}

function tokenPrices(row: Pick<PriceRow, 'input' | 'cached_input' | 'cache_write' | 'output'>): TokenPrices {
  return {
    input: row.input,
    cachedInput: row.cached_input ?? row.input,
    cacheWrite: row.cache_write ?? row.input,
    output: row.output ?? 0,
  };
}
