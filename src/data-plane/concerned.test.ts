import { describe, expect, test } from 'vitest';
import type { Edit } from '../domain/guardrail.ts';
import { concernedBy, endUsers, MAX_CONCERNED, type Said } from './concerned.ts';
import { anthropicEndUsers, openaiEndUsers } from './endpoints/end-users.ts';

describe('an end user', () => {
  test("is the application's, each once", () => {
    expect(endUsers('desk', ['7', '7', 'é']).map(({ identifier }) => identifier)).toEqual([
      'desk/user:7',
      'desk/user:é',
    ]);
  });

  test.each(['a\nb', 'a\u0000', '\u2028', '\ud800', 'x'.repeat(513)])('cannot be %j', (id) => {
    expect(() => endUsers('desk', [id])).toThrow(/^the identifier of an end user/);
  });

  test.each([
    [openaiEndUsers({ safety_identifier: 'a', user: 'b' }), ['a', 'b']],
    [openaiEndUsers({ user: 7, safety_identifier: null }), undefined],
    [openaiEndUsers({ user: '' }), undefined],
    [anthropicEndUsers({ metadata: { user_id: 'a' } }), ['a']],
    [anthropicEndUsers({ metadata: 'a' }), undefined],
  ])('is read from %j', (read, expected) => expect(read.endUsers).toEqual(expected));
});

const MAIL = 'Bob@Example.com';

function said(texts: readonly string[], edited: readonly Edit[] = []): Said {
  const segments = texts.map((text, index) => ({
    pointer: `/${index}`,
    role: 'user' as const,
    channel: 'user' as const,
    text,
    encoding: 'plain' as const,
    editable: true,
  }));
  const findings = texts.map((text, index) => ({
    scanner: 'pii',
    kind: 'EMAIL_ADDRESS',
    pointer: `/${index}`,
    start: 0,
    end: text.length,
    confidence: 1,
    guardrail: 'g',
  }));
  return {
    document: { direction: 'request', segments },
    findings,
    verdict: { action: 'flag', edits: edited, guardrails: [] },
    phoneRegions: [],
    standIns: {
      size: () => 0,
      maxHold: 0,
      find: () => [],
      settled: () => 0,
      of: (_, value) => (edited.some(({ action }) => action === 'pseudonymize') ? `<${value}>` : undefined),
    },
  };
}

const edit = (action: Edit['action']): Edit => ({
  pointer: '/0',
  start: 0,
  end: MAIL.length,
  kind: 'EMAIL_ADDRESS',
  action,
});

describe('who was found', () => {
  const identifier = 'EMAIL_ADDRESS:bob@example.com';
  test.each([
    ['pseudonymized, redacted', [edit('pseudonymize')], 'redacted', false, `<${MAIL}>`],
    ['pseudonymized, full', [edit('pseudonymize')], 'full', true, `<${MAIL}>`],
    ['flagged, redacted', [], 'redacted', true, undefined],
    ['redacted, full', [edit('redact')], 'full', true, undefined],
  ] as const)('is concerned where she is kept: %s', (_, edits, capture, inContent, standIn) => {
    const { subjects, beyond } = concernedBy(said([MAIL], edits), capture);
    expect(beyond).toBe(0);
    expect(subjects).toEqual([
      { identifier, inContent, pseudonyms: [{ value: MAIL, ...(standIn && { standIn }) }] },
    ]);
  });

  test('and removed is concerned by nothing', () => {
    expect(concernedBy(said([MAIL], [edit('redact')]), 'redacted').subjects).toEqual([]);
    expect(concernedBy(said([MAIL], [edit('mask')]), 'redacted').subjects).toEqual([]);
  });

  test('is linked up to a bound, and whoever is beyond is counted', () => {
    const many = Array.from({ length: MAX_CONCERNED + 3 }, (_, index) => `u${index}@example.com`);
    const { subjects, beyond, isBeyondInContent } = concernedBy(said([...many, many[0]!]), 'full');
    expect([subjects.length, beyond, isBeyondInContent]).toEqual([MAX_CONCERNED, 3, true]);
  });
});
