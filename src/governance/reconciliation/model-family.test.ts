import { expect, test } from 'vitest';
import { modelFamily } from './model-family.ts';

test.each([
  ['gpt-5-2026-01-01', 'gpt-5'],
  ['gpt-5', 'gpt-5'],
  ['GPT-5-mini-2025-08-07', 'gpt-5-mini'],
  ['gpt-4.1', 'gpt-4.1'],
  ['gpt-4-0613', 'gpt-4'],
  ['gpt-3.5-turbo-0125', 'gpt-3.5-turbo'],
  ['text-embedding-3-small', 'text-embedding-3-small'],
  ['ft:gpt-4o-2024-08-06:house::a1', 'ft:gpt-4o-2024-08-06:house::a1'],
  ['claude-sonnet-4-20250514', 'claude-sonnet-4'],
  ['claude-haiku-4-5@20251001', 'claude-haiku-4-5'],
  ['claude-3-5-haiku-latest', 'claude-3-5-haiku'],
  ['anthropic.claude-3-haiku-20240307-v1:0', 'claude-3-haiku'],
  ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'claude-haiku-4-5'],
  ['anthropic.claude-3-sonnet-20240229-v1:0:200k', 'claude-3-sonnet'],
  ['arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0', 'titan-embed-text'],
  ['arn:aws:bedrock:eu-central-1:123456789012:inference-profile/eu.amazon.nova-lite-v1:0', 'nova-lite'],
  ['models/gemini-2.5-flash', 'gemini-2.5-flash'],
  ['openai/gpt-oss-120b', 'gpt-oss-120b'],
  ['llama3.2:3b', 'llama3.2:3b'],
  ['-latest', '-latest'],
])('%s is of the family %s', (model, family) => {
  expect(modelFamily(model)).toBe(family);
  expect(modelFamily(family)).toBe(family);
});
