import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import { defineScanner, scanInPieces } from './scanner.ts';
import { createScanning } from './scanning.ts';

const MAX_PIECE = 24;

/** Tells the longest word of each piece, and takes its time. */
const longestWord = defineScanner({
  id: 'longest-word',
  title: '',
  description: '',
  risks: [],
  kinds: ['WORD'],
  config: z.strictObject({}),
  create: () =>
    scanInPieces(MAX_PIECE, async (piece) => {
      await Promise.resolve();
      const [longest] = [...piece.matchAll(/\w+/g)].sort((a, b) => b[0].length - a[0].length);
      return longest
        ? [{ start: longest.index, end: longest.index + longest[0].length, kind: 'WORD', confidence: 1 }]
        : [];
    }),
});

const guardrail: Guardrail = {
  id: 'g',
  version: '1',
  scanner: 'longest-word',
  config: {},
  action: 'flag',
  directions: ['response'],
  channels: [],
  kinds: [],
  applications: [],
  groups: [],
  models: [],
  minConfidence: 0,
  onError: 'block',
  timeoutMs: 1_000,
  blockAs: 'error',
  blockStatus: 400,
};
const guardrails = [guardrail];
const scanning = createScanning([longestWord], guardrails);
const TEXT = { role: 'assistant', channel: 'answer', encoding: 'plain' } as const;

async function whole(text: string): Promise<readonly Finding[]> {
  const segment = { ...TEXT, pointer: 'w', text, editable: true };
  const report = await scanning.scan({ direction: 'response', segments: [segment] }, guardrails);
  expect(report.failures).toEqual([]);
  return report.findings;
}

async function streamed(chunks: readonly string[]): Promise<readonly Finding[]> {
  const stream = scanning.openStream('response', guardrails);
  const findings: Finding[] = [];
  let length = 0;
  for (const [index, chunk] of [...chunks, ''].entries()) {
    const ends = index === chunks.length ? 'all' : [];
    const progress = await stream.push([{ ...TEXT, window: 'w', text: chunk }], ends);
    expect(progress.failures).toEqual([]);
    length += chunk.length;
    for (const window of progress.windows) {
      expect(length - window.settled).toBeLessThanOrEqual(scanning.maxHoldCharacters(guardrails));
      findings.push(...window.findings);
    }
  }
  return findings;
}

test('every way of cutting a text asks about the same pieces, and so gives the findings of the whole', async () => {
  const unit = fc.constantFrom('a', 'word', 'longer', ' ', ' ', '\n', '\n\n', '😀', 'x'.repeat(30), '. ');
  const text = fc.array(unit, { maxLength: 60 }).map((units) => units.join(''));
  await fc.assert(
    fc.asyncProperty(
      text,
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      async (value, sizes) => {
        const chunks: string[] = [];
        for (let at = 0, i = 0; at < value.length; i++) {
          const size = sizes[i % sizes.length] ?? 1;
          chunks.push(value.slice(at, at + size));
          at += size;
        }
        expect(await streamed(chunks)).toEqual(await whole(value));
      },
    ),
    { numRuns: 300 },
  );
});

test('a text of too many pieces is a failure before anything is asked', async () => {
  const segment = { ...TEXT, pointer: 'w', text: 'word '.repeat(5_000), editable: true };
  const report = await scanning.scan({ direction: 'response', segments: [segment] }, guardrails);
  expect(report).toEqual({ findings: [], failures: [{ guardrail, fault: 'threw' }] });
});
