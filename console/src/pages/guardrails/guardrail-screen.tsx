/** One guardrail: its draft beside the test bench, its replay, its versions. */
import { useQueryClient } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import { useAsk } from '../../api.ts';
import { buttonClass } from '../../kit/button.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { Page } from '../../kit/page.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { tell } from '../../kit/toast.tsx';
import { Unread } from '../../kit/unread.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import { usePartDraft } from '../../part-editing/part-draft.ts';
import { usePartPermission } from '../../part-editing/part-permission.tsx';
import { RemovePart } from '../../part-editing/remove-part.tsx';
import { StaleNotice } from '../../part-editing/stale-notice.tsx';
import { useMay } from '../../session/session.ts';
import { GuardrailEditor } from './guardrail-editor.tsx';
import { GuardrailVersions } from './guardrail-versions.tsx';
import { guardrailDoor, rolloutText, type Guardrail, type GuardrailValue } from './guardrail-value.ts';

const PARENTS = [{ title: 'Guardrails', to: '/guardrails' }];
/** Soon enough to see that somebody else has changed it. */
const LOOK_MS = 10_000;

export function GuardrailScreen({ params }: ScreenProps) {
  const name = nameFromPath(params['name']);
  const asked = useAsk('getGuardrail', { path: { name } }, { everyMs: LOOK_MS });
  if (asked.data !== undefined) return <Editing current={asked.data} />;
  return (
    <Page title={name} parents={PARENTS}>
      {asked.error === null ? <Skeleton lines={10} /> : <Unread problem={asked.error} />}
    </Page>
  );
}

function Editing({ current }: { readonly current: Guardrail }) {
  const cache = useQueryClient();
  const { mayWrite, note } = usePartPermission('guardrails.write', current.value.applications);
  const maySeeRecords = useMay('interactions.read');
  const draft = usePartDraft(guardrailDoor, current);
  const { name, value, base, isChanged, problem } = draft;

  async function goBack(earlier: GuardrailValue): Promise<void> {
    const published = await guardrailDoor.change(name, earlier, current.etag);
    cache.setQueryData([guardrailDoor.get, { path: { name } }], published);
    await Promise.all(guardrailDoor.rereads.map((each) => cache.invalidateQueries({ queryKey: [each] })));
  }

  return (
    <Page
      title={name}
      parents={PARENTS}
      {...(base.value.description === '' ? {} : { description: <InertText text={base.value.description} /> })}
      actions={
        <>
          {maySeeRecords && (
            <Link to={`/activity?guardrail=${encodeURIComponent(name)}`} className={buttonClass()}>
              <Activity aria-hidden />
              What it did
            </Link>
          )}
          {mayWrite && (
            <RemovePart
              door={guardrailDoor}
              held={current}
              noun="guardrail"
              to="/guardrails"
              description="From the next request on nothing is looked for by it. Its versions stay in the record of the configuration."
            />
          )}
        </>
      }
    >
      {note}
      <StaleNotice draft={draft} />
      <GuardrailEditor
        name={name}
        value={value}
        onChange={(next) => draft.setValue(next)}
        inForce={base.value.rollout}
        mayWrite={mayWrite}
        problem={problem}
        isChanged={isChanged}
        hindrance={
          draft.theirs === undefined ? undefined : 'Somebody has changed it meanwhile: choose above.'
        }
        onDiscard={() => draft.discard()}
        onPublish={async () => {
          if (await draft.publish()) tell('Published', `${name}: ${rolloutText(value.rollout)}.`);
        }}
        versions={<GuardrailVersions held={current} onGoBack={mayWrite ? goBack : undefined} />}
      />
    </Page>
  );
}
