import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Span } from '../../domain/finding.ts';
import { createFindingChains } from './finding-chains.ts';

/** One finding after another, until none is cut. */
function uncutByLooking(decided: number, findings: readonly Span[]): number {
  const cut = findings.find(({ start, end }) => start < decided && end > decided);
  return cut ? uncutByLooking(cut.start, findings) : decided;
}

const findings = fc.array(
  fc
    .record({ start: fc.integer({ min: 0, max: 60 }), length: fc.integer({ min: 1, max: 9 }) })
    .map(({ start, length }) => ({ start, end: start + length })),
  { maxLength: 24 },
);

describe('a text is cut', () => {
  test('at the last place at which no finding of a chain is', () => {
    fc.assert(
      fc.property(findings, fc.integer({ min: 0, max: 70 }), (some, decided) => {
        const chains = createFindingChains();
        for (const finding of some) chains.add(finding);
        expect(chains.uncut(decided)).toBe(uncutByLooking(decided, some));
      }),
    );
  });

  test('there too when findings come while it grows', () => {
    fc.assert(
      fc.property(fc.array(findings, { maxLength: 6 }), (batches) => {
        const chains = createFindingChains();
        const all: Span[] = [];
        let settled = 0;
        for (const [index, batch] of batches.entries()) {
          for (const { start, end } of batch) {
            const shifted = { start: settled + start, end: settled + end };
            all.push(shifted);
            chains.add(shifted);
          }
          const decided = settled + 12 * index;
          settled = chains.uncut(decided);
          expect(settled).toBe(uncutByLooking(decided, all));
        }
      }),
    );
  });
});

test('findings that touch are no chain', () => {
  const chains = createFindingChains();
  chains.add({ start: 2, end: 5 });
  chains.add({ start: 5, end: 9 });
  expect(chains.uncut(7)).toBe(5);
});

test('a chain as long as may be held costs what its findings cost', () => {
  const chains = createFindingChains();
  const startedMs = performance.now();
  for (let at = 0; at < 100_000; at++) {
    chains.add({ start: at, end: at + 2 });
    if (chains.uncut(at + 1) !== 0) throw new Error('a chain was cut');
  }
  expect(performance.now() - startedMs).toBeLessThan(5_000);
});
