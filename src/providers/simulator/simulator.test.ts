/** The simulator answers without a network, says so, and always the same. */
import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../domain/chat.ts';
import type { Operation } from '../../domain/dialect.ts';
import type { ProviderBody, ProviderCall } from '../../modules/inference/provider.ts';
import { providerOf, readAll, type ReadAnswer } from '../wire/testdata/harness.ts';

const simulator = providerOf('simulator');

function callOf(body: ProviderBody, stream: boolean, operation: Operation = 'chat'): ProviderCall {
  return { operation, model: 'simulated', stream, body };
}

async function ask(call: ProviderCall): Promise<ReadAnswer & { answer: ReturnType<typeof simulator.open> }> {
  const request = await simulator.prepare(call);
  const local = simulator.answerLocally?.(call, request, new AbortController().signal);
  if (local === undefined) throw new Error('the simulator answers locally');
  const answer = simulator.open(call, local);
  return { ...(await readAll(answer)), answer };
}

function chat(change: Partial<ChatRequest> = {}): ChatRequest {
  const messages = [{ role: 'user', parts: [{ kind: 'text', text: 'Mail ann@example.com 😀' }] }] as const;
  return { model: 'm', messages, tools: [], stream: false, ...change };
}

const TOOL = { name: 'look_up', parameters: { type: 'object' } };

describe('the simulator', () => {
  it('echoes the last user text and says what it is', async () => {
    const { answer, frames } = await ask(callOf({ kind: 'chat', request: chat() }, false));
    const { choices, usage } = answer.decodeChat(frames[0]?.json ?? null);
    expect(choices).toEqual([
      {
        index: 0,
        finish: 'stop',
        parts: [
          {
            kind: 'text',
            text: '[Bartizan simulator: no provider is configured] You said: Mail ann@example.com 😀',
          },
        ],
      },
    ]);
    expect(usage.source).toBe('reported');
  });

  it('streams the same words in small pieces', async () => {
    const { events, complete } = await ask(callOf({ kind: 'chat', request: chat({ choices: 2 }) }, true));
    const texts = events.flatMap((event) =>
      event.kind === 'text' && event.choice === 1 ? [event.text] : [],
    );
    expect(texts.length).toBeGreaterThan(5);
    expect(texts.join('')).toBe(
      '[Bartizan simulator: no provider is configured] You said: Mail ann@example.com 😀',
    );
    expect(events.map(({ kind }) => kind).filter((kind) => kind !== 'text')).toEqual([
      'start',
      'finish',
      'finish',
      'usage',
    ]);
    expect(complete).toBe(true);
  });

  it('is the same twice', async () => {
    const call = callOf({ kind: 'chat', request: chat() }, true);
    const bytesOf = ({ frames }: ReadAnswer): string =>
      Buffer.concat(frames.map(({ bytes }) => bytes)).toString();
    expect(bytesOf(await ask(call))).toBe(bytesOf(await ask(call)));
  });

  it.each([
    ['a tool is required', chat({ tools: [TOOL], toolChoice: { kind: 'required' } }), true],
    ['this tool is asked for', chat({ tools: [TOOL], toolChoice: { kind: 'tool', name: 'look_up' } }), true],
    ['it may and nobody speaks of one', chat({ tools: [TOOL] }), false],
    ['it must not', chat({ tools: [TOOL], toolChoice: { kind: 'none' } }), false],
    [
      'the prompt has the word',
      chat({ tools: [TOOL], messages: [{ role: 'user', parts: [{ kind: 'text', text: 'use a tool' }] }] }),
      true,
    ],
  ])('calls a tool where %s', async (_, request, calls) => {
    for (const stream of [false, true]) {
      const { events, frames, answer } = await ask(callOf({ kind: 'chat', request }, stream));
      const kinds = stream
        ? events.map(({ kind }) => kind)
        : answer
            .decodeChat(frames[0]?.json ?? null)
            .choices.flatMap(({ parts }) => parts.map(({ kind }) => kind));
      expect(kinds.includes('tool_call')).toBe(calls);
    }
  });

  it('embeds a text always as the same unit vector', async () => {
    const call = callOf(
      { kind: 'embeddings', request: { model: 'm', inputs: ['a', 'b', 'a'], dimensions: 8 } },
      false,
      'embeddings',
    );
    const { answer, frames } = await ask(call);
    const { vectors } = answer.decodeEmbeddings(frames[0]?.json ?? null);
    expect(vectors[0]).toEqual(vectors[2]);
    expect(vectors[0]).not.toEqual(vectors[1]);
    expect(Math.hypot(...(vectors[0] ?? []))).toBeCloseTo(1);
  });

  it('stops when the client goes away', async () => {
    const call = callOf({ kind: 'chat', request: chat() }, true);
    const request = await simulator.prepare(call);
    const body = simulator.answerLocally?.(call, request, AbortSignal.abort())?.body;
    await expect(body?.[Symbol.asyncIterator]().next()).rejects.toThrow();
  });
});
