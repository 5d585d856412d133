/** One part, changed in a form: what others did meanwhile is shown, and nothing of theirs is overwritten. */
import { useState, type ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { Page } from '../../kit/page.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { tell } from '../../kit/toast.tsx';
import { Unread } from '../../kit/unread.tsx';
import { useCreatePart } from '../../part-editing/create-part.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { usePartDraft, type Held, type PartDoor } from '../../part-editing/part-draft.ts';
import { usePartPermission } from '../../part-editing/part-permission.tsx';
import { PublishBar } from '../../part-editing/publish-bar.tsx';
import { RemovePart } from '../../part-editing/remove-part.tsx';
import { StaleNotice } from '../../part-editing/stale-notice.tsx';

export interface FormOf<Value> {
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled: boolean;
  /** What is wrong, by pointer within the value. */
  readonly errorAt: (pointer: string) => string | undefined;
}

export interface PartKind<Value> {
  readonly door: PartDoor<Value>;
  /** `group` */
  readonly noun: string;
  /** Its list. */
  readonly parent: { readonly title: string; readonly to: string };
  /** Each is below it. */
  readonly base: string;
  /** What follows from removing one. */
  readonly removal: ReactNode;
  /** The applications that one is about alone; absent: it is about more. */
  readonly concerns?: (name: string) => readonly string[];
  /** Pointers of errors that the form shows beside its fields. */
  readonly fields: readonly string[];
  readonly form: (props: FormOf<Value>) => ReactNode;
}

/** Soon enough to see that somebody else has changed it. */
export const LOOK_MS = 10_000;

interface PartScreenProps<Value> {
  readonly kind: PartKind<Value>;
  readonly name: string;
  readonly asked: { readonly data: Held<Value> | undefined; readonly error: Error | null };
  readonly actions?: ReactNode;
  /** Beside the form. */
  readonly children?: ReactNode;
}

export function PartScreen<Value>({ kind, name, asked, actions, children }: PartScreenProps<Value>) {
  const { data, error } = asked;
  if (data !== undefined)
    return (
      <Editing kind={kind} current={data} actions={actions}>
        {children}
      </Editing>
    );
  return (
    <Page title={name} parents={[kind.parent]}>
      {error === null ? <Skeleton lines={8} /> : <Unread problem={error} />}
    </Page>
  );
}

interface EditingProps<Value> {
  readonly kind: PartKind<Value>;
  readonly current: Held<Value>;
  readonly actions: ReactNode;
  readonly children: ReactNode;
}

function Editing<Value>({ kind, current, actions, children }: EditingProps<Value>) {
  const { door, noun, parent, fields } = kind;
  const { mayWrite, note } = usePartPermission('access.write', kind.concerns?.(current.name));
  const draft = usePartDraft(door, current);
  return (
    <Page
      title={current.name}
      parents={[parent]}
      actions={
        <>
          {actions}
          {mayWrite && (
            <RemovePart door={door} held={current} noun={noun} to={parent.to} description={kind.removal} />
          )}
        </>
      }
    >
      {note}
      <StaleNotice draft={draft} />
      <Card>
        {kind.form({
          value: draft.value,
          onChange: (value) => draft.setValue(value),
          disabled: !mayWrite,
          errorAt: (pointer) => errorAt(draft.problem, `/value${pointer}`),
        })}
      </Card>
      {mayWrite && (
        <PublishBar
          isChanged={draft.isChanged}
          publish="Put in force"
          settled="As it is in force."
          problem={draft.problem}
          shownElsewhere={fields.map((pointer) => `/value${pointer}`)}
          hindrance={
            draft.theirs === undefined ? undefined : 'Somebody has changed it meanwhile: choose above.'
          }
          onDiscard={() => draft.discard()}
          onPublish={async () => {
            if (await draft.publish()) tell('In force', `The ${noun} ${current.name} is changed.`);
          }}
        />
      )}
      {children}
    </Page>
  );
}

interface NewPartProps<Value> {
  readonly kind: PartKind<Value>;
  readonly initial: Value;
  /** `ada@example.com` */
  readonly placeholder: string;
}

export function NewPart<Value>({ kind, initial, placeholder }: NewPartProps<Value>) {
  const { door, noun, parent, base, fields } = kind;
  const [name, setName] = useState('');
  const [value, setValue] = useState(initial);
  const { problem, create } = useCreatePart(door);
  return (
    <Page title={`New ${noun}`} parents={[parent]}>
      <Card>
        <div className="space-y-4">
          <TextField
            label="Name"
            required
            mono
            placeholder={placeholder}
            hint="Letters, digits and . _ : / @ -"
            value={name}
            onChange={setName}
            error={errorAt(problem, '/name')}
          />
          {kind.form({
            value,
            onChange: setValue,
            disabled: false,
            errorAt: (pointer) => errorAt(problem, `/value${pointer}`),
          })}
        </div>
      </Card>
      <PublishBar
        isChanged
        publish={`Create the ${noun}`}
        settled=""
        problem={problem}
        shownElsewhere={['/name', ...fields.map((pointer) => `/value${pointer}`)]}
        hindrance={name === '' ? 'Give it a name first.' : undefined}
        onPublish={() => create(name, value, `${base}/${nameInPath(name)}`, `The ${noun} ${name} is there.`)}
      />
    </Page>
  );
}
