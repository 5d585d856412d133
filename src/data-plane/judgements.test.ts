import { describe, expect, test } from 'vitest';
import type { GuardrailOutcome, Verdict } from '../domain/guardrail.ts';
import { createJudgements } from './judgements.ts';

const quiet = (id: string): GuardrailOutcome => ({ id, version: '1a', action: 'allow', findings: 0 });
const verdict = (...guardrails: readonly GuardrailOutcome[]): Verdict => ({
  action: 'allow',
  edits: [],
  guardrails,
});

describe('the record', () => {
  test('names in one line the guardrails that found nothing, and tells the others whole', () => {
    const judgements = createJudgements();
    const mail: GuardrailOutcome = { ...quiet('mail'), action: 'flag', findings: 2 };
    const open: GuardrailOutcome = { ...quiet('open'), failedOpen: true };
    judgements.request(verdict(quiet('a'), mail, quiet('b'), open), []);
    expect(judgements.recorded()).toMatchObject({
      guardrails: [
        { id: 'mail', findings: 2, direction: 'request' },
        { id: 'open', failedOpen: true, direction: 'request' },
      ],
      quiet: { request: 'a@1a b@1a' },
    });
  });

  test('says that a marker was planted, and the headers do not', () => {
    const judgements = createJudgements();
    judgements.request(verdict(quiet('a')), []);
    const headers = judgements.headers();
    judgements.planted();
    expect(judgements.recorded().events).toEqual({ marker_planted: 1 });
    expect(judgements.headers()).toEqual(headers);
  });

  test('tells each direction by itself, and nothing of one without guardrails', () => {
    const judgements = createJudgements();
    judgements.request(verdict(quiet('a')), []);
    expect(judgements.recorded()).toMatchObject({ guardrails: [], quiet: { request: 'a@1a' } });
    expect(judgements.recorded().quiet).not.toHaveProperty('response');
  });
});
