/** What interactions can be narrowed by: a few at once, the rest on demand or where an address sets them. */
import { useAsk } from '../../api.ts';
import type { Filter } from '../../kit/filter-bar.tsx';
import type { SearchParams } from '../../kit/search-params.ts';
import type { Option } from '../../kit/select.tsx';
import { actionText } from './verdict-words.ts';
import { outcomeText } from './verdict.tsx';

const TEXTS: readonly Filter[] = [
  { kind: 'text', name: 'principal', label: 'Who, exactly', placeholder: 'person:ada' },
  { kind: 'text', name: 'minTotalMs', label: 'Took at least, ms' },
  { kind: 'text', name: 'maxTotalMs', label: 'Took at most, ms' },
  { kind: 'text', name: 'minCostMicros', label: 'Cost at least, millionths of $' },
];
const YES_OR_NO = [
  { value: 'true', label: 'Yes' },
  { value: 'false', label: 'No' },
] as const;

/** First those that are always shown, then the rest. */
export function useInteractionFilters(search: SearchParams, isMore: boolean): readonly Filter[] {
  const { data } = useAsk('listInteractionFacets', undefined, { everyMs: 60_000 });
  const options = (name: keyof NonNullable<typeof data>, word = (value: string) => value): Option[] =>
    (data?.[name] ?? []).map(({ value, count }) => ({
      value,
      label: word(value),
      hint: `${count.toLocaleString()} so far`,
    }));
  const choices = (name: string, label: string, of: readonly Option[]): Filter => ({
    kind: 'choices',
    name,
    label,
    options: of,
  });
  const first: readonly Filter[] = [
    { kind: 'text', name: 'text', label: 'Search', placeholder: 'Id, name, code, metadata' },
    { kind: 'time' },
    choices('outcome', 'Outcome', options('outcome', outcomeText)),
    choices('action', 'Verdict', options('action', actionText)),
    choices('application', 'Application', options('application')),
  ];
  const rest: readonly Filter[] = [
    choices('model', 'Model', options('model')),
    choices('provider', 'Provider', options('provider')),
    choices('refusal', 'Refusal code', options('refusal')),
    choices('guardrail', 'Guardrail', options('guardrail')),
    choices('refusedBy', 'Refused by', options('guardrail')),
    choices('rewrittenBy', 'Rewritten by', options('guardrail')),
    choices('finding', 'Kind of finding', options('finding')),
    choices('scanner', 'Scanner', options('scanner')),
    choices('policy', 'Policy', options('policy')),
    choices('event', 'Event', options('event')),
    choices('endpoint', 'Endpoint', options('endpoint')),
    { kind: 'choice', name: 'stream', label: 'Streamed', options: YES_OR_NO },
    { kind: 'choice', name: 'demo', label: 'Demo data', options: YES_OR_NO },
    ...TEXTS,
  ];
  return [
    ...first,
    ...rest.filter((filter) => isMore || (filter.kind !== 'time' && search[filter.name] !== undefined)),
  ];
}
