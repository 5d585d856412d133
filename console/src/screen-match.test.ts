/** An address leads to one screen of its page. */
import { expect, test } from 'vitest';
import { matchScreen } from './screen-match.ts';

const patterns = ['', 'new', '$id', '$id/replay', '$id/$tab'];

test.each([
  ['', { pattern: '', params: {} }],
  ['new', { pattern: 'new', params: {} }],
  ['pii', { pattern: '$id', params: { id: 'pii' } }],
  ['pii/', { pattern: '$id', params: { id: 'pii' } }],
  ['pii/replay', { pattern: '$id/replay', params: { id: 'pii' } }],
  ['pii/history', { pattern: '$id/$tab', params: { id: 'pii', tab: 'history' } }],
  ['a/b/c', undefined],
] as const)('%s', (path, match) => {
  expect(matchScreen(patterns, path)).toEqual(match);
});
