/** One model: in what state it is now, its settings, and the switch. */
import { useAsk } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import type { Held } from '../../part-editing/part-draft.ts';
import type { PartKind } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { KillSwitch } from './kill-switch.tsx';
import { ModelForm } from './model-form.tsx';
import { modelDoor, type ModelValue } from './model-value.ts';
import { CandidateLine, StateBadge, stateOf } from './states.tsx';
import { TestCall } from './test-call.tsx';

const LOOK_MS = 5_000;

export const MODELS: PartKind<ModelValue> = {
  door: modelDoor,
  noun: 'model',
  parents: [{ title: 'Models', to: '/models' }],
  base: '/models/model',
  write: 'models.write',
  removal: 'Whoever asks for it by this name is refused from the next request on.',
  shows: /^\/(?:labels|default_max_output_tokens|candidates\/\d+\/\w+)$/,
  Form: ModelForm,
  Actions: Acts,
  Above: State,
};

export function ModelScreen({ params }: ScreenProps) {
  return <PartScreen kind={MODELS} name={nameFromPath(params['name'])} />;
}

interface OfModel {
  readonly held: Held<ModelValue>;
}

function Acts({ held: { name, value } }: OfModel) {
  return (
    <>
      {!name.endsWith('*') && <TestCall model={name} />}
      <KillSwitch kind="model" name={name} stopped={value.stopped} />
    </>
  );
}

function State({ held: { name } }: OfModel) {
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
