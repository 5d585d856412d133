/** What a refusal means for whoever asked, and what they can do about it. */
import type { OwnInteraction, Refused, Turn } from './conversation.ts';

export interface RefusalWords {
  readonly title: string;
  readonly happened: string;
  readonly next: string;
}

const WORDS: Readonly<Record<string, RefusalWords>> = {
  content_policy_violation: {
    title: 'A rule of this house stopped this',
    happened: 'Something in it is not to go to a model, or not to come from one.',
    next: 'Leave out what the rule is about and ask again. If the rule is wrong here, object: somebody looks at it.',
  },
  policy_denied: {
    title: 'You may not use this model for this',
    happened: 'A policy forbids it, or no policy permits it.',
    next: 'Choose another model. If you need this one for your work, object and say what for.',
  },
  gate_closed: {
    title: 'Something has to be done first',
    happened: 'This house asks for it before anybody talks to models.',
    next: 'Ask whoever administers this house how to pass it; then ask again.',
  },
  limit_exceeded: {
    title: 'A limit is used up',
    happened: 'There is a limit on how much may be asked, and it is reached.',
    next: 'Ask again later. Your question is still here.',
  },
  unknown_model: {
    title: 'There is no such model here any more',
    happened: 'It was removed, or it is not among those of the workbench.',
    next: 'Choose another model.',
  },
  model_stopped: {
    title: 'This model is stopped',
    happened: 'An administrator has stopped it.',
    next: 'Choose another model, or ask again later.',
  },
  scanner_failed: {
    title: 'It could not be looked at',
    happened: 'What looks for things that must not pass did not answer, so nothing was sent.',
    next: 'Ask again in a moment. Nothing of it has left this house.',
  },
  unreachable: {
    title: 'The connection broke off',
    happened: 'Bartizan could not be reached, or the answer ended before it was whole.',
    next: 'Check the connection and ask again.',
  },
};

const OTHERWISE: RefusalWords = {
  title: 'There is no answer',
  happened: 'Bartizan or the model’s provider said no.',
  next: 'Ask again in a moment. If it stays so, give whoever administers this house the request’s number.',
};

export function wordsFor(code: string): RefusalWords {
  return WORDS[code] ?? OTHERWISE;
}

export interface Rule {
  readonly id: string;
  readonly description: string;
}

/** Which rules it was: what the record names, or what the refusal itself does. */
export function rulesBehind(refused: Refused | undefined, own: OwnInteraction | undefined): readonly Rule[] {
  const { guardrails = [], policies = [] } = own ?? {};
  const code = refused?.code ?? own?.refusal;
  const rules: readonly Rule[] =
    code === 'policy_denied' ? policies : guardrails.filter(({ action }) => action === 'block');
  const named = [...new Map(rules.map(({ id, description }) => [id, { id, description }])).values()];
  if (named.length > 0) return named;
  const id = refused?.guardrail ?? refused?.gate ?? refused?.limit;
  return id === undefined ? [] : [{ id, description: '' }];
}

/** What can be objected to: what a rule refused or rewrote. */
export function isContestable({ requestId, refused, own }: Turn): boolean {
  if (requestId === undefined) return false;
  if (refused !== undefined && refused.code !== 'unreachable') return true;
  return own?.guardrails.some(({ action }) => action !== 'flag') ?? false;
}
