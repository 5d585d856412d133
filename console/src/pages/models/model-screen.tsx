/** One model: in what state it is now, its settings, and the switch. */
import { useAsk } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
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
import { KillSwitch } from './kill-switch.tsx';
import { ModelForm } from './model-form.tsx';
import { modelDoor, type ModelValue } from './model-value.ts';
import { CandidateLine, StateBadge, stateOf } from './states.tsx';
import { TestCall } from './test-call.tsx';

const PARENTS = [{ title: 'Models', to: '/models' }];
const LOOK_MS = 5_000;

export function ModelScreen({ params }: ScreenProps) {
  const name = nameFromPath(params['name']);
  const asked = useAsk('getModel', { path: { name } }, { everyMs: LOOK_MS });
  if (asked.data !== undefined) return <Editing current={asked.data} />;
  return (
    <Page title={name} parents={PARENTS}>
      {asked.error === null ? <Skeleton lines={10} /> : <Unread problem={asked.error} />}
    </Page>
  );
}

function Editing({ current }: { readonly current: Held<ModelValue> }) {
  const { mayWrite, note } = usePartPermission('models.write');
  const draft = usePartDraft(modelDoor, current);
  const { name, value, problem } = draft;
  return (
    <Page
      title={name}
      parents={PARENTS}
      actions={
        <>
          {!name.endsWith('*') && <TestCall model={name} />}
          <KillSwitch kind="model" name={name} stopped={current.value.stopped} />
          {mayWrite && (
            <RemovePart
              door={modelDoor}
              held={current}
              noun="model"
              to="/models"
              description="Whoever asks for it by this name is refused from the next request on."
            />
          )}
        </>
      }
    >
      {note}
      <StaleNotice draft={draft} />
      <State name={name} />
      <ModelForm
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
            if (await draft.publish()) tell('Published', `The model ${name}.`);
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

function State({ name }: { readonly name: string }) {
  const states = useAsk('listModelStates', {}, { everyMs: LOOK_MS });
  const state = states.data?.items.find(({ model }) => model === name);
  if (state === undefined)
    return states.error === null ? <Skeleton lines={2} /> : <ProblemNotice problem={states.error} />;
  return (
    <Card title="Now" description="On the replica that answers this page.">
      <div aria-live="polite">
        <StateBadge state={stateOf(state)} />
      </div>
      <div className="mt-2 divide-y divide-line">
        {state.candidates.map((candidate) => (
          <CandidateLine key={`${candidate.provider} ${candidate.providerModel}`} candidate={candidate} />
        ))}
      </div>
    </Card>
  );
}
