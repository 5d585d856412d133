/** A guardrail comes into force step by step: it watches, then acts on a share of interactions, then always. */
import { describe, expect, test } from 'vitest';
import { guardrailSchema } from '../../contract/guardrail.ts';
import type { Application } from '../../domain/application.ts';
import type { Document } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import { withoutShadows } from '../../domain/guardrail.ts';
import type { Authentication } from '../../domain/principal.ts';
import { createGuardrailSelection, parseGuardrails } from './guardrail-rules.ts';
import { judge } from './judge.ts';

const guardrailsWith = (rollout: object) =>
  parseGuardrails({
    enforced: guardrailSchema.parse({ scanner: 'pii', action: 'flag' }),
    new: guardrailSchema.parse({ scanner: 'secrets', action: 'block', rollout }),
  });
const document: Document = {
  direction: 'request',
  segments: [
    { pointer: '/t', role: 'user', channel: 'user', text: 'key', encoding: 'plain', editable: true },
  ],
};
const finding = (guardrail: string): Finding => ({
  guardrail,
  scanner: guardrail === 'new' ? 'secrets' : 'pii',
  kind: 'X',
  pointer: '/t',
  start: 0,
  end: 3,
  confidence: 1,
});

describe('in shadow', () => {
  const guardrails = guardrailsWith({ mode: 'shadow' });

  test('what it would do is told, and nothing is done', () => {
    const verdict = judge(guardrails, document, [finding('new')], []);
    expect(verdict).toMatchObject({ action: 'allow', edits: [] });
    expect(verdict.blockedBy).toBeUndefined();
    expect(verdict.guardrails).toContainEqual(
      expect.objectContaining({ id: 'new', action: 'allow', findings: 1, would: 'block' }),
    );
  });

  test('an edit is not made', () => {
    const masking = guardrails.map((each) => ({ ...each, action: 'mask' as const }));
    expect(judge(masking, document, [finding('new')], []).edits).toEqual([]);
    expect(judge(masking, document, [finding('enforced')], []).edits).toHaveLength(1);
  });

  test.each(['threw', 'timed_out', 'nonsense', 'too_many'] as const)(
    'its scanner that %s stops nobody, though on_error is block',
    (fault) => {
      const failed = guardrails.filter(({ id }) => id === 'new').map((guardrail) => ({ guardrail, fault }));
      const { action, guardrails: told } = judge(guardrails, document, [], failed);
      expect(action).toBe('allow');
      expect(told).toContainEqual(expect.objectContaining({ id: 'new', failedOpen: true }));
    },
  );

  test('it does not hide what another guardrail does', () => {
    expect(judge(guardrails, document, [finding('new'), finding('enforced')], []).action).toBe('flag');
  });

  test('its findings count for nothing that is decided by labels', () => {
    const both = [finding('new'), finding('enforced')];
    expect(withoutShadows(guardrails, both)).toEqual([finding('enforced')]);
  });
});

describe('as a canary', () => {
  const authentication: Authentication = {
    method: 'api_key',
    credentialId: 'k',
    applicationId: 'a',
    principal: { kind: 'person', id: 'p', groups: [] },
    scopes: new Set(),
  };
  const application = { id: 'a' } as Application;

  test('it is enforced on its share of interactions, and watches the others', () => {
    const draws = Array.from({ length: 100 }, (_, index) => index / 100);
    let drawn = 0;
    const select = createGuardrailSelection(
      guardrailsWith({ mode: 'canary', share: 0.3 }),
      () => draws[drawn++] ?? 0,
    );
    const enforced = draws.filter(() => {
      const chosen = select(authentication, application, 'm', 'request').find(({ id }) => id === 'new');
      return chosen !== undefined && !chosen.isShadow;
    });
    expect(enforced).toHaveLength(30);
  });

  test('the same choice is the same array, so that what was made of it is found again', () => {
    const select = createGuardrailSelection(guardrailsWith({ mode: 'canary', share: 0.5 }), () => 0.9);
    expect(select(authentication, application, 'm', 'request')).toBe(
      select(authentication, application, 'm', 'request'),
    );
  });
});
