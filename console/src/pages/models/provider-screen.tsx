/** One provider: its settings, and the switch. */
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
import { KillSwitch } from './kill-switch.tsx';
import { providerDoor, type ProviderValue } from './model-value.ts';
import { ProviderForm } from './provider-form.tsx';
import { StoppedBadge } from './states.tsx';

const PARENTS = [
  { title: 'Models', to: '/models' },
  { title: 'Providers', to: '/models/providers' },
];
const LOOK_MS = 5_000;

export function ProviderScreen({ params }: ScreenProps) {
  const name = nameFromPath(params['name']);
  const asked = useAsk('getProvider', { path: { name } }, { everyMs: LOOK_MS });
  if (asked.data !== undefined) return <Editing current={asked.data} />;
  return (
    <Page title={name} parents={PARENTS}>
      {asked.error === null ? <Skeleton lines={10} /> : <Unread problem={asked.error} />}
    </Page>
  );
}

function Editing({ current }: { readonly current: Held<ProviderValue> }) {
  const { mayWrite, note } = usePartPermission('models.write');
  const kinds = useAsk('listProviderKinds');
  const draft = usePartDraft(providerDoor, current);
  const { name, value, problem } = draft;
  const kind = kinds.data?.items.find(({ id }) => id === value.kind);
  return (
    <Page
      title={name}
      parents={PARENTS}
      actions={
        <>
          <KillSwitch kind="provider" name={name} stopped={current.value.stopped} />
          {mayWrite && (
            <RemovePart
              door={providerDoor}
              held={current}
              noun="provider"
              to="/models/providers"
              description="Models that have it as a candidate have to let go of it first."
            />
          )}
        </>
      }
    >
      {note}
      <StaleNotice draft={draft} />
      {current.value.stopped && <StoppedBadge />}
      {kind === undefined ? (
        kinds.data === undefined ? (
          <Skeleton lines={8} />
        ) : (
          <ProblemNotice problem={new Error(`This house has no kind of providers called ${value.kind}.`)} />
        )
      ) : (
        <ProviderForm
          kind={kind}
          value={value}
          onChange={(next) => draft.setValue(next)}
          errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
          disabled={!mayWrite}
        />
      )}
      {mayWrite && (
        <PublishBar
          isChanged={draft.isChanged}
          publish="Publish"
          onPublish={async () => {
            if (await draft.publish()) tell('Published', `The provider ${name}.`);
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
