/** Which texts are the words of a system or developer turn: what is added to them is an instruction too. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../base/json.ts';
import type { Endpoint } from '../endpoint.ts';
import { anthropicCountTokensEndpoint } from './anthropic/anthropic-count-tokens.ts';
import { anthropicMessagesEndpoint } from './anthropic/anthropic-messages.ts';
import { googleGenerateEndpoint } from './google/generate-content.ts';
import { openaiChatEndpoint } from './openai-chat/openai-chat.ts';
import { openaiResponsesEndpoint } from './openai-responses/openai-responses.ts';

const cached = { cache_control: { type: 'ephemeral' } };
const schema = { type: 'object', properties: { text: { type: 'string', description: 'the text' } } };

test.each<[string, Endpoint, JsonObject, readonly string[]]>([
  [
    'a chat',
    openaiChatEndpoint,
    {
      messages: [
        { role: 'system', content: 'Be kind.', name: 'house' },
        { role: 'developer', content: [{ type: 'text', text: 'Be brief.', ...cached }] },
        { role: 'user', content: 'Hi' },
        { role: 'system', content: 'Be kind.', unknown: 'words of nobody' },
      ],
      tools: [
        { type: 'function', function: { name: 'look', description: 'Look it up.', parameters: schema } },
      ],
      response_format: { type: 'json_schema', json_schema: { name: 'form', description: 'a form', schema } },
    },
    ['/messages/0/content', '/messages/1/content/0/text', '/messages/3/content'],
  ],
  [
    'a response',
    openaiResponsesEndpoint,
    {
      instructions: 'Be kind.',
      input: [
        { role: 'developer', content: 'Be brief.' },
        { role: 'system', content: [{ type: 'input_text', text: 'Be kind.' }] },
        { role: 'user', content: 'Hi' },
      ],
      tools: [{ type: 'function', name: 'look', description: 'Look it up.', parameters: schema }],
    },
    ['/instructions', '/input/0/content', '/input/1/content/0/text'],
  ],
  [
    'a message',
    anthropicMessagesEndpoint,
    {
      system: 'Be kind.',
      messages: [
        { role: 'user', content: 'Hi' },
        { role: 'system', content: 'Be brief.' },
      ],
      tools: [{ name: 'look', description: 'Look it up.', input_schema: schema }],
    },
    ['/system', '/messages/1/content'],
  ],
  [
    'a message with blocks',
    anthropicMessagesEndpoint,
    {
      system: [
        { type: 'text', text: 'Be kind.', ...cached, citations: [{ type: 'x', cited_text: 'cited' }] },
        { type: 'text', text: 'Be brief.' },
      ],
      messages: [{ role: 'user', content: 'Hi' }],
    },
    ['/system/0/text', '/system/1/text'],
  ],
  [
    'a count',
    anthropicCountTokensEndpoint,
    { system: 'Be kind.', messages: [{ role: 'user', content: 'Hi' }] },
    ['/system'],
  ],
  [
    'content',
    googleGenerateEndpoint,
    {
      systemInstruction: {
        role: 'system',
        parts: [{ text: 'Be kind.' }, { functionCall: { name: 'x', args: {} } }],
      },
      contents: [{ parts: [{ text: 'Hi' }] }],
      tools: [{ functionDeclarations: [{ name: 'look', description: 'Look it up.', parameters: schema }] }],
    },
    ['/systemInstruction/parts/0/text'],
  ],
  [
    'content in the other spelling',
    googleGenerateEndpoint,
    { system_instruction: { parts: [{ text: 'Be kind.' }] }, contents: [{ parts: [{ text: 'Hi' }] }] },
    ['/system_instruction/parts/0/text'],
  ],
  ['a question alone', openaiChatEndpoint, { messages: [{ role: 'user', content: 'Hi' }] }, []],
])('in %s', (_, endpoint, body, expected) => {
  const { segments } = endpoint.document({ model: 'm', ...body }, { model: 'm' });
  const turns = segments.filter(({ isTurn }) => isTurn);
  expect(turns.map(({ pointer }) => pointer)).toEqual(expected);
  expect(
    turns.every(
      ({ editable, encoding, channel }) => editable && encoding === 'plain' && channel === 'instruction',
    ),
  ).toBe(true);
});
