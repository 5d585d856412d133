import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { formatCheckpoint } from '../../tlog/checkpoint.ts';
import { COSIGNATURE_V1, ED25519, formatVerifierKey, noteSigner } from '../../tlog/keys.ts';
import { formatNote } from '../../tlog/note.ts';
import { shownCheckpoint } from './shown-checkpoint.ts';

const LOG = noteSigner('log.example', ED25519, randomBytes(32));
const WITNESSES = ['north', 'south', 'west'].map((name) => ({
  name,
  signer: noteSigner(`${name}.example`, COSIGNATURE_V1, randomBytes(32)),
}));
const TEXT = formatCheckpoint({ origin: 'log.example', size: 3, root: randomBytes(32), extensions: [] });
const OTHER = formatCheckpoint({ origin: 'log.example', size: 4, root: randomBytes(32), extensions: [] });

const inForce = (quorum: number) => ({
  quorum,
  witnesses: WITNESSES.map(({ name, signer }) => ({
    name,
    url: 'https://example',
    verifierKey: formatVerifierKey(signer.verifier),
  })),
});

const noteOf = (cosigned: readonly [name: string, text: string][]) =>
  Buffer.from(
    formatNote({
      text: TEXT,
      signatures: [
        LOG.sign(TEXT),
        ...WITNESSES.flatMap(({ name, signer }) =>
          cosigned.filter(([each]) => each === name).map(([, text]) => signer.sign(text, 1_800_000_000)),
        ),
      ],
    }),
  ).toString('utf8');

test.each([
  [[], 0, [], true],
  [[], 1, [], false],
  [[['north', TEXT]], 1, ['north'], true],
  [[['north', TEXT]], 2, ['north'], false],
  [
    [
      ['north', TEXT],
      ['west', TEXT],
    ],
    2,
    ['north', 'west'],
    true,
  ],
  // A cosignature of something else is none of this.
  [
    [
      ['north', TEXT],
      ['west', OTHER],
    ],
    2,
    ['north'],
    false,
  ],
] as const)('cosigned by %j under a quorum of %d', (cosigned, quorum, cosigners, hasQuorum) => {
  const note = noteOf(cosigned.map(([name, text]) => [name, text]));
  expect(shownCheckpoint({ size: 3, atMs: 1, note }, inForce(quorum))).toMatchObject({
    size: 3,
    cosigners,
    hasQuorum,
  });
});
