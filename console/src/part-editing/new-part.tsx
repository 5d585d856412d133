/** A part that is yet to come: published once, and then looked at in its own place. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { readAgain } from '../api.ts';
import { consolePath } from '../kit/link.tsx';
import { Page } from '../kit/page.tsx';
import { errorAt } from '../kit/problem-notice.tsx';
import { TextField } from '../kit/text-field.tsx';
import { tell } from '../kit/toast.tsx';
import { useMay } from '../session/session.ts';
import { LeaveGuard } from './leave-guard.tsx';
import { nameInPath } from './name-in-path.ts';
import { textOf } from './part-draft.ts';
import type { PartKind } from './part-kind.ts';
import { PublishBar } from './publish-bar.tsx';

interface NewPartProps<Value> {
  readonly kind: PartKind<Value>;
  readonly initial: Value;
  /** Unless told, `New` and what it is. */
  readonly title?: string;
  readonly description?: string;
  readonly actions?: ReactNode;
  /** Of the name. */
  readonly hint?: string;
  /** A name as an example: `engineers`. */
  readonly placeholder?: string;
}

export function NewPart<Value>(props: NewPartProps<Value>) {
  const { kind, initial, title = `New ${kind.noun}`, description, actions } = props;
  const { Form } = kind;
  const mayWrite = useMay(kind.write);
  const [name, setName] = useState('');
  const [value, setValue] = useState(initial);
  const { problem, create } = useCreate(kind);
  return (
    <Page
      title={title}
      parents={kind.parents}
      {...(description === undefined ? {} : { description })}
      {...(actions === undefined ? {} : { actions })}
    >
      <LeaveGuard isChanged={name !== '' || textOf(value) !== textOf(initial)} />
      <Form
        name={name}
        value={value}
        onChange={setValue}
        disabled={!mayWrite}
        errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        held={undefined}
        onGoBack={undefined}
        nameField={
          <TextField
            label="Name"
            required
            mono
            hint={props.hint ?? 'Letters, digits and . _ : / @ -'}
            placeholder={props.placeholder ?? ''}
            value={name}
            onChange={setName}
            error={errorAt(problem, '/name')}
          />
        }
      />
      <PublishBar
        isChanged
        publish={kind.publish?.(value, true) ?? 'Publish'}
        settled=""
        problem={problem}
        isShown={(pointer) => pointer === '/name' || kind.shows.test(pointer.replace(/^\/value/, ''))}
        hindrance={
          mayWrite ? (name === '' ? 'Give it a name first.' : undefined) : 'Your roles may not change this.'
        }
        onPublish={() => create(name, value)}
      />
    </Page>
  );
}

function useCreate<Value>({ door, noun, base, landing }: PartKind<Value>) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [problem, setProblem] = useState<unknown>();
  return {
    problem,
    async create(name: string, value: Value): Promise<void> {
      try {
        const made = await door.create(name, value);
        cache.setQueryData([door.get, { path: { name } }], made);
        await readAgain(cache, door.rereads);
        tell('In force', `The ${noun} ${name} is there.`);
        await navigate({ to: consolePath(landing ?? `${base}/${nameInPath(name)}`), ignoreBlocker: true });
      } catch (error) {
        setProblem(error);
      }
    },
  };
}
