/** One part, changed in a form: what others did meanwhile is shown, and nothing of theirs is overwritten. */
import { useAsk } from '../api.ts';
import { InertText } from '../kit/inert-text.tsx';
import { Page } from '../kit/page.tsx';
import { errorAt } from '../kit/problem-notice.tsx';
import { Skeleton } from '../kit/spinner.tsx';
import { tell } from '../kit/toast.tsx';
import { Unread } from '../kit/unread.tsx';
import { LeaveGuard } from './leave-guard.tsx';
import { usePartDraft, type Held } from './part-draft.ts';
import type { PartKind } from './part-kind.ts';
import { usePartPermission } from './part-permission.tsx';
import { PublishBar } from './publish-bar.tsx';
import { RemovePart } from './remove-part.tsx';
import { StaleNotice } from './stale-notice.tsx';

/** Soon enough to see that somebody else has changed it. */
const LOOK_MS = 5_000;

interface PartScreenProps<Value> {
  readonly kind: PartKind<Value>;
  readonly name: string;
}

export function PartScreen<Value>({ kind, name }: PartScreenProps<Value>) {
  const asked = useAsk(kind.door.get, { path: { name } }, { everyMs: LOOK_MS });
  // What a door gets is one of its own.
  const current = asked.data as Held<Value> | undefined;
  if (current !== undefined) return <Editing kind={kind} current={current} />;
  return (
    <Page title={name} parents={kind.parents}>
      {asked.error === null ? <Skeleton lines={10} /> : <Unread problem={asked.error} />}
    </Page>
  );
}

interface EditingProps<Value> {
  readonly kind: PartKind<Value>;
  readonly current: Held<Value>;
}

function Editing<Value>({ kind, current }: EditingProps<Value>) {
  const { door, noun, parents, Form, Actions, Above, Below } = kind;
  const { mayWrite, note } = usePartPermission(kind.write, kind.concerns?.(current));
  const draft = usePartDraft(door, current);
  const { name, value, problem } = draft;
  const description = kind.describe?.(current.value) ?? '';
  return (
    <Page
      title={name}
      parents={parents}
      {...(description === '' ? {} : { description: <InertText text={description} /> })}
      actions={
        <>
          {Actions !== undefined && <Actions held={current} />}
          {mayWrite && (
            <RemovePart
              door={door}
              held={current}
              noun={noun}
              to={parents.at(-1)?.to ?? '/'}
              description={kind.removal}
            />
          )}
        </>
      }
    >
      {note}
      <LeaveGuard isChanged={draft.isChanged} />
      <StaleNotice draft={draft} />
      {Above !== undefined && <Above held={current} />}
      <Form
        name={name}
        value={value}
        onChange={(next) => draft.setValue(next)}
        disabled={!mayWrite}
        errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        held={current}
        onGoBack={mayWrite ? (earlier) => draft.goBack(earlier) : undefined}
        nameField={undefined}
      />
      {mayWrite && (
        <PublishBar
          isChanged={draft.isChanged}
          publish={kind.publish?.(value, false) ?? 'Publish'}
          settled={kind.settled ?? 'In force as it stands here.'}
          problem={problem}
          isShown={(pointer) => kind.shows.test(pointer.replace(/^\/value/, ''))}
          hindrance={
            draft.theirs === undefined ? undefined : 'Somebody has changed it meanwhile: choose above.'
          }
          onDiscard={() => draft.discard()}
          onPublish={async () => {
            if (await draft.publish()) tell('In force', `The ${noun} ${name}, as it stands here.`);
          }}
        />
      )}
      {Below !== undefined && <Below held={current} />}
    </Page>
  );
}
