/** Limits as the page has them: their settings, how they are read and changed, and their words. */
import type { z } from 'zod';
import type { consumptionSchema } from '@contract/api/limits.ts';
import { partDoor, type ValueOf } from '../../part-editing/part-door.ts';
import { amountText } from './amount-text.ts';

export type LimitValue = ValueOf<'Limit'>;
export type Consumption = z.output<typeof consumptionSchema>;
export type Counter = Consumption['counters'][number];

export const limitDoor = partDoor('Limit', ['listLimits', 'listConsumption']);

export function newLimit(isBudget: boolean): LimitValue {
  return {
    description: '',
    measure: isBudget ? 'cost_usd' : 'requests',
    capacity: isBudget ? 100 : 60,
    window: isBudget ? 'month' : 'minute',
    per: 'application',
    applications: [],
    groups: [],
    principals: [],
    models: [],
    providers: [],
  };
}

export const MEASURES: Readonly<Record<LimitValue['measure'], string>> = {
  requests: 'Requests',
  tokens: 'Tokens, in and out',
  input_tokens: 'Tokens in',
  output_tokens: 'Tokens out',
  cost_usd: 'Cost in US dollars',
  concurrent_requests: 'Requests at the same time',
};

export const PERS: Readonly<Record<LimitValue['per'], string>> = {
  all: 'everybody together',
  application: 'each application',
  principal: 'each person, service or agent',
  group: 'each group',
  model: 'each model',
  provider: 'each provider',
};

const NOUNS: Readonly<Record<string, string>> = {
  requests: 'requests',
  tokens: 'tokens',
  input_tokens: 'input tokens',
  output_tokens: 'output tokens',
  concurrent_requests: 'requests at the same time',
};

/** `60 requests an hour, for each application` */
export function limitText({ measure, capacity, window, per }: Consumption): string {
  const noun = NOUNS[measure];
  const amount = `${amountText(measure, capacity)}${noun === undefined ? '' : ` ${noun}`}`;
  const often = window === null ? '' : ` ${window === 'hour' ? 'an' : 'a'} ${window}`;
  const whom = Object.entries(PERS).find(([key]) => key === per)?.[1] ?? per;
  return `${amount}${often}, for ${whom}`;
}
