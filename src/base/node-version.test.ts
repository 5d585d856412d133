import { afterEach, expect, test, vi } from 'vitest';
import { assertNodeVersion, isSupportedNode } from './node-version.ts';

afterEach(() => vi.restoreAllMocks());

test.each([
  ['20.20.2', false],
  ['22.22.0', false],
  ['24.14.9', false],
  ['24.15.0', true],
  ['24.21.0', true],
  ['25.0.0', true],
  ['26.10.0', true],
  ['nonsense', false],
])('Node %s is supported: %s', (version, expected) => {
  expect(isSupportedNode(version)).toBe(expected);
});

test('an old Node ends the process and says what to do', () => {
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  const printed = vi.spyOn(console, 'error').mockReturnValue();
  assertNodeVersion('20.20.2');
  expect(exit).toHaveBeenCalledWith(1);
  expect(printed.mock.calls.join()).toMatch(/needs Node 24\.15 or later; this is Node 20\.20\.2/);
});

test('the Node that runs this passes', () => {
  const exit = vi.spyOn(process, 'exit').mockReturnValue(undefined as never);
  assertNodeVersion();
  expect(exit).not.toHaveBeenCalled();
});
