import { describe, expect, test } from 'vitest';
import { retentionPack } from '../../compose/retention-pack.ts';
import { loadRetentionPack, retentionProblems } from './retention.ts';

const pack = retentionPack();
const labelled = (retention: Readonly<Record<string, string>>, ...regimes: string[]) =>
  retentionProblems({ retention, applications: { desk: { regimes } } }, pack);

describe('a configuration', () => {
  test.each([
    [{}],
    [{ interactions: '6 months' }, 'eu-ai-act-high-risk'],
    [{ interactions: '184 days' }, 'eu-ai-act-high-risk'],
    [{ interactions: '1 year', administration: '12 months' }, 'eu-ai-act-high-risk', 'pci-dss'],
    [{ content: '4 weeks', identities: '12 months' }, 'storage-limitation'],
    [{ interactions: '2 years', administration: '6 years' }, 'hipaa-security-rule', 'dora-logs', 'nis2-logs'],
    [{ interactions: '7 years', content: '84 months' }, 'de-commercial-letters', 'us-audit-workpapers'],
    [{ interactions: '30 days', content: '30 days' }],
  ] as [Record<string, string>, ...string[]][])('%j is what its regimes allow', (retention, ...regimes) => {
    expect(labelled(retention, ...regimes)).toEqual([]);
  });

  test.each([
    [
      { interactions: '180 days' },
      'eu-ai-act-high-risk',
      'retention.interactions',
      /180 days are less than the 6 months that eu-ai-act-high-risk of application desk asks.*Art\. 26\(6\)/,
    ],
    [{ interactions: '183 days' }, 'eu-ai-act-high-risk', 'retention.interactions', /less than the 6 months/],
    [{ identities: '11 months' }, 'pci-dss', 'retention.identities', /less than the 12 months/],
    [
      { content: '1 month', identities: '1 year' },
      'storage-limitation',
      'retention.content',
      /more than the 30 days/,
    ],
    [
      { content: '30 days' },
      'storage-limitation',
      'applications.desk.regimes.0',
      /identities for 1 year at most, and retention\.identities sets no end/,
    ],
    [
      { interactions: '1 year' },
      'dora-logs',
      'applications.desk.regimes.0',
      /some period is set for administration, and .* sets none \(Delegated Regulation \(EU\) 2024\/1774, Art\. 12/,
    ],
    [
      { interactions: '2 years' },
      'sec-17a-4-communications',
      'retention.interactions',
      /less than the 3 years .*17a-4\(b\)\(4\), not confirmed\)/,
    ],
    [{}, 'nothing', 'applications.desk.regimes.0', /no such regime; there are eu-ai-act-high-risk, /],
    [
      { interactions: '30 days', content: '2 months' },
      undefined,
      'retention.content',
      /longer than the entries themselves/,
    ],
  ] as const)('%j under %s is refused', (retention, regime, path, message) => {
    const problems = labelled(retention, ...(regime === undefined ? [] : [regime]));
    expect(problems.map((each) => each.path.join('.'))).toEqual([path]);
    expect(problems[0]?.message).toMatch(message);
  });
});

test('every regime says where it is from, and where its words were read if they are confirmed', () => {
  for (const [id, { sources, floors, ceilings, stated }] of Object.entries(pack.regimes)) {
    expect(Object.keys({ ...floors, ...ceilings }).length + stated.length, id).toBeGreaterThan(0);
    for (const { name, confirmed, read } of sources)
      if (confirmed) expect(read, `${id}: ${name}`).toMatch(/^https:/);
  }
});

test('a pack that says something else is refused', () => {
  const regime = {
    title: 'x',
    sources: [{ name: 'x', url: 'https://example.com', confirmed: true, note: '' }],
  };
  expect(() =>
    loadRetentionPack({
      version: 1,
      date: '2026-01-01',
      regimes: { x: { ...regime, floors: { content: 'long' } } },
    }),
  ).toThrow();
  expect(() =>
    loadRetentionPack({ version: 1, date: '2026-01-01', regimes: { x: { ...regime, sources: [] } } }),
  ).toThrow();
});
