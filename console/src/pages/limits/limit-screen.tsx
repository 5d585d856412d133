/** One limit: what is used of it now, and its settings. */
import { useAsk } from '../../api.ts';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import type { Held } from '../../part-editing/part-draft.ts';
import type { PartKind } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { ConsumptionCard } from './consumption-card.tsx';
import { LimitForm } from './limit-form.tsx';
import { limitDoor, type LimitValue } from './limit-value.ts';

const LOOK_MS = 3_000;

export const LIMITS: PartKind<LimitValue> = {
  door: limitDoor,
  noun: 'limit',
  parents: [{ title: 'Limits and spend', to: '/limits' }],
  base: '/limits/limit',
  landing: '/limits',
  write: 'limits.write',
  concerns: ({ value }) => value.applications,
  removal: 'From the next request on it holds nobody back. What was counted is forgotten.',
  shows: /^\/(?:\w+|(?:models|principals)\/0)$/,
  Form: LimitForm,
  Above: Now,
};

export function LimitScreen({ params }: ScreenProps) {
  return <PartScreen kind={LIMITS} name={nameFromPath(params['name'])} />;
}

function Now({ held: { name, value } }: { readonly held: Held<LimitValue> }) {
  const consumption = useAsk('listConsumption', {}, { everyMs: LOOK_MS });
  const item = consumption.data?.items.find(({ limit }) => limit === name);
  if (consumption.data === undefined || item === undefined)
    return consumption.error === null ? null : <ProblemNotice problem={consumption.error} />;
  return <ConsumptionCard item={item} atMs={consumption.data.atMs} description={value.description} isAlone />;
}
