/** One limit: what is used of it now, and its settings. */
import { useAsk } from '../../api.ts';
import { Page } from '../../kit/page.tsx';
import { errorAt, ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { tell } from '../../kit/toast.tsx';
import { Unread } from '../../kit/unread.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import { usePartDraft, type Held } from '../../part-editing/part-draft.ts';
import { usePartPermission } from '../../part-editing/part-permission.tsx';
import { PublishBar } from '../../part-editing/publish-bar.tsx';
import { RemovePart } from '../../part-editing/remove-part.tsx';
import { StaleNotice } from '../../part-editing/stale-notice.tsx';
import { ConsumptionCard } from './consumption-card.tsx';
import { LimitForm } from './limit-form.tsx';
import { limitDoor, type LimitValue } from './limit-value.ts';

const PARENTS = [{ title: 'Limits and spend', to: '/limits' }];
const LOOK_MS = 3_000;

export function LimitScreen({ params }: ScreenProps) {
  const name = nameFromPath(params['name']);
  const asked = useAsk('getLimit', { path: { name } }, { everyMs: LOOK_MS });
  if (asked.data !== undefined) return <Editing current={asked.data} />;
  return (
    <Page title={name} parents={PARENTS}>
      {asked.error === null ? <Skeleton lines={10} /> : <Unread problem={asked.error} />}
    </Page>
  );
}

function Editing({ current }: { readonly current: Held<LimitValue> }) {
  const { mayWrite, note } = usePartPermission('limits.write', current.value.applications);
  const draft = usePartDraft(limitDoor, current);
  const { name, value, problem } = draft;
  return (
    <Page
      title={name}
      parents={PARENTS}
      actions={
        mayWrite && (
          <RemovePart
            door={limitDoor}
            held={current}
            noun="limit"
            to="/limits"
            description="From the next request on it holds nobody back. What was counted is forgotten."
          />
        )
      }
    >
      {note}
      <StaleNotice draft={draft} />
      <Now name={name} description={current.value.description} />
      <LimitForm
        value={value}
        onChange={(next) => draft.setValue(next)}
        errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        disabled={!mayWrite}
      />
      {mayWrite && (
        <PublishBar
          isChanged={draft.isChanged}
          publish="Publish"
          onPublish={async () => {
            if (await draft.publish()) tell('Published', `The limit ${name}.`);
          }}
          onDiscard={() => draft.discard()}
          problem={problem}
          hindrance={
            draft.theirs === undefined ? undefined : 'Somebody has changed it meanwhile: choose above.'
          }
          settled="In force as it stands here."
        />
      )}
    </Page>
  );
}

function Now({ name, description }: { readonly name: string; readonly description: string }) {
  const consumption = useAsk('listConsumption', {}, { everyMs: LOOK_MS });
  const item = consumption.data?.items.find(({ limit }) => limit === name);
  if (consumption.data === undefined || item === undefined)
    return consumption.error === null ? null : <ProblemNotice problem={consumption.error} />;
  return <ConsumptionCard item={item} atMs={consumption.data.atMs} description={description} isAlone />;
}
