import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { NAMED_SERVICES } from './named-services.ts';
import { looksMadeUp } from './placeholder.ts';
import { createPrefixed } from './prefixed.ts';
import { RULES } from './rules.ts';

/** What the rule describes, drawn at random: the lookarounds say what stands around it, so they are left out. */
const drawn = (pattern: string): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^${pattern.replaceAll(/\(\?<?!\[[^\]]*\]\)/g, '')}$`));

describe.each(RULES.map((rule, index) => [`${rule.id} (${index}, ${rule.title})`, rule] as const))(
  '%s',
  (_, rule) => {
    const prefixed = createPrefixed(new Set([rule.id]));

    test('finds what it describes, all of it, between other words', () => {
      fc.assert(
        fc.property(drawn(rule.pattern), (secret) => {
          fc.pre(
            rule.isPlain ||
              !looksMadeUp(secret, rule.leads[0] === 0 ? longestAnchor(rule.anchors, secret) : 0),
          );
          expect(secret.length).toBeLessThanOrEqual(rule.maxLength);
          const found = prefixed.find(`is "${secret}" so`, 0, Infinity);
          expect(found.map(({ kind, start, end }) => [kind, start, end])).toEqual([
            [rule.id, 4, 4 + secret.length],
          ]);
        }),
        { numRuns: 20 },
      );
    });
  },
);

function longestAnchor(anchors: readonly string[], secret: string): number {
  return Math.max(0, ...anchors.filter((anchor) => secret.startsWith(anchor)).map(({ length }) => length));
}

test('the read-me lists every service', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const kinds = [...new Set([...RULES, ...NAMED_SERVICES].map(({ id }) => id))].sort();
  for (const kind of kinds) expect(readme).toContain(`\`${kind}\``);
});
