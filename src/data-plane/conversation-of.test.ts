import { expect, test, vi } from 'vitest';
import type { Document } from '../domain/document.ts';
import type { ClearedPrompt } from '../domain/proofs.ts';
import type { Exchange } from './exchange.ts';
import { conversationOf } from './conversation-of.ts';

function documentOf(text: string): Document {
  const place = { pointer: '', role: 'user', channel: 'user', encoding: 'plain', editable: true } as const;
  return { direction: 'request', segments: [{ ...place, text }] };
}

const received = documentOf('from joe@mail.test');
const document = vi.fn(() => documentOf('from a-stand-in@mail.test'));
const exchange = { endpoint: { document }, path: {} } as unknown as Exchange;

function textsFor(prompt: object): readonly string[] {
  const conversation = conversationOf(exchange, received, prompt as ClearedPrompt);
  conversation();
  return conversation().map(({ text }) => text);
}

test('what was left as it came is not read again', () => {
  expect(textsFor({ body: {}, untouched: Buffer.from('{}') })).toEqual(['from joe@mail.test']);
  expect(document).not.toHaveBeenCalled();
});

test('what was rewritten is read as the model read it, once', () => {
  expect(textsFor({ body: {}, untouched: null })).toEqual(['from a-stand-in@mail.test']);
  expect(document).toHaveBeenCalledTimes(1);
});
