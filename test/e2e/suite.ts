/** What every client must be able to do through the gateway with every provider, as data; each client brings its own words. */
import { describe, expect, test } from 'vitest';
import { PROVIDERS, type ProviderName, type World } from './world.ts';

/** An answer in no client's words. */
export interface Said {
  readonly text: string;
  readonly reasoning: string;
  readonly calls: readonly Call[];
  readonly finish: 'stop' | 'length' | 'tools' | 'filtered' | 'other';
  readonly usage?: { readonly input: number; readonly output: number; readonly cached?: number };
}

export interface Call {
  readonly name: string;
  readonly arguments: unknown;
}

export interface Conversation {
  /** The answer that calls two tools, and the one after their results were sent back. */
  readonly first: Said;
  readonly second: Said;
}

/** Where the gateway is, and who asks. */
export interface Access {
  readonly url: string;
  readonly key: string;
}

export interface Client {
  readonly name: string;
  ask(model: string, stream: boolean, prompt?: string): Promise<Said>;
  useTools(model: string, stream: boolean): Promise<Conversation>;
  /** Asks for an answer that fits PERSON_SCHEMA, and gives what the client parsed. */
  structured(model: string, stream: boolean): Promise<unknown>;
  /** Asks for reasoning that can be seen. */
  reason(model: string, stream: boolean): Promise<Said>;
}

export const PROMPT = 'Say hello, please.';
export const PERSON = { name: 'Ada', year: 1815 };
export const PERSON_SCHEMA = {
  type: 'object',
  properties: { name: { type: 'string' }, year: { type: 'integer' } },
  required: ['name', 'year'],
  additionalProperties: false,
} as const;

export const TOOLS = [
  {
    name: 'get_weather',
    description: 'The weather in a city',
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
    result: { degrees: 21 },
  },
  {
    name: 'get_time',
    description: 'The time in a zone',
    parameters: {
      type: 'object',
      properties: { zone: { type: 'string' } },
      required: ['zone'],
      additionalProperties: false,
    },
    result: { time: '09:00' },
  },
] as const;

export function resultOf(name: string): Readonly<Record<string, unknown>> {
  const tool = TOOLS.find((known) => known.name === name);
  if (!tool) throw new Error(`the model called ${name}, which is no tool it was given`);
  return tool.result;
}

const HELLO = 'Hello from the recording. Grüße, 世界 👋.';
const CALLS: readonly Call[] = [
  { name: 'get_weather', arguments: { city: 'Berlin' } },
  { name: 'get_time', arguments: { zone: 'Europe/Berlin' } },
];
const AFTER = "It is 21 degrees in Berlin, and nine o'clock.";
const THOUGHT = 'Two and two are four.';

export interface Expectations {
  /** Providers whose wire towards this client tells no reasoning. */
  readonly silentReasoning: readonly ProviderName[];
  /** Providers that tell no cached tokens, and clients that have no word for them. */
  readonly noCachedTokens: readonly ProviderName[] | 'all';
  /** What is refused because it cannot be carried, with what the refusal says. */
  readonly refused?: Readonly<
    Partial<Record<`${ProviderName}/${'structured' | 'reason' | 'tools'}`, RegExp>>
  >;
}

export function describeClient(
  world: () => World,
  [name, client]: readonly [string, () => Client],
  expectations: Expectations,
): void {
  for (const provider of PROVIDERS) {
    describe.each([false, true])(`${name} with ${provider}, streamed: %s`, (stream) => {
      const model = (scenario: string) => `${provider}.${scenario}`;

      test('chats', async () => {
        const said = await client().ask(model('plain'), stream);
        expect(said).toMatchObject({ text: HELLO, calls: [], finish: 'stop' });
        const { noCachedTokens: none } = expectations;
        const cached = none === 'all' ? {} : { cached: none.includes(provider) ? 0 : 10 };
        expect(said.usage).toMatchObject({ input: 30, output: 12, ...cached });
        expect(world().upstream.last('plain').text).toContain(PROMPT);
      });

      test('is told that an answer was cut by its length', async () => {
        const said = await client().ask(model('length'), stream);
        expect(said).toMatchObject({ text: 'Once upon a time there was', finish: 'length' });
      });

      test('calls tools in parallel, and reads the answer to their results', async () => {
        await unlessRefused(expectations, `${provider}/tools`, async () => {
          const { first, second } = await client().useTools(model('tools'), stream);
          expect(first.calls).toEqual(CALLS);
          expect(first.finish).toBe('tools');
          expect(first.text).toBe('Let me look.');
          expect(second).toMatchObject({ text: AFTER, calls: [], finish: 'stop' });
          const asked = world().upstream.last('tools').text;
          expect(asked).toContain('get_weather');
          expect(asked).toMatch(/degrees\W+21/);
          expect(asked).toMatch(/time\W+09:00/);
        });
      });

      test('has its answer structured', async () => {
        await unlessRefused(expectations, `${provider}/structured`, async () => {
          expect(await client().structured(model('structured'), stream)).toEqual(PERSON);
          expect(world().upstream.last('structured').text).toMatch(
            /year\\*":\s*{\\*"type\\*":\s*\\*"(?:integer|INTEGER)/,
          );
        });
      });

      test('sees reasoning', async () => {
        await unlessRefused(expectations, `${provider}/reason`, async () => {
          const said = await client().reason(model('reasoning'), stream);
          expect(said.text).toBe('Four.');
          expect(said.reasoning).toBe(expectations.silentReasoning.includes(provider) ? '' : THOUGHT);
        });
      });
    });
  }
}

type Refusable = keyof NonNullable<Expectations['refused']>;

async function unlessRefused(
  { refused }: Expectations,
  what: Refusable,
  work: () => Promise<void>,
): Promise<void> {
  const message = refused?.[what];
  if (message === undefined) return work();
  await expect(work()).rejects.toThrow(message);
}

/** The error that a client throws. */
export async function thrownBy(work: () => unknown): Promise<unknown> {
  try {
    await work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}
