/** A provider that is yet to come: first its kind, then where it is and how it is asked. */
import { useState } from 'react';
import { useAsk } from '../../api.ts';
import { Page } from '../../kit/page.tsx';
import { errorAt, ProblemNotice } from '../../kit/problem-notice.tsx';
import { Select } from '../../kit/select.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useCreatePart } from '../../part-editing/create-part.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { PublishBar } from '../../part-editing/publish-bar.tsx';
import { newProvider, providerDoor, type ProviderKind } from './model-value.ts';
import { ProviderForm } from './provider-form.tsx';

const PARENTS = [
  { title: 'Models', to: '/models' },
  { title: 'Providers', to: '/models/providers' },
];

export function NewProvider() {
  const kinds = useAsk('listProviderKinds');
  const [first] = kinds.data?.items ?? [];
  return (
    <Page title="New provider" parents={PARENTS} description="Where models are asked.">
      {kinds.data === undefined || first === undefined ? (
        kinds.error === null ? (
          <Skeleton lines={10} />
        ) : (
          <ProblemNotice problem={kinds.error} />
        )
      ) : (
        <Creation kinds={kinds.data.items} first={first} />
      )}
    </Page>
  );
}

interface CreationProps {
  readonly kinds: readonly ProviderKind[];
  readonly first: ProviderKind;
}

function Creation({ kinds, first }: CreationProps) {
  const [name, setName] = useState('');
  const [value, setValue] = useState(() => newProvider(first.id));
  const { problem, create } = useCreatePart(providerDoor);
  const kind = kinds.find(({ id }) => id === value.kind) ?? first;
  return (
    <>
      <ProviderForm
        kind={kind}
        value={value}
        onChange={setValue}
        errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        disabled={false}
      >
        <Select
          label="Kind"
          options={kinds.map(({ id, title, description }) => ({
            value: id,
            label: title,
            hint: description,
          }))}
          value={kind.id}
          // Settings of another kind mean nothing to this one.
          onChange={(id) => setValue(newProvider(id))}
        />
        <TextField
          label="Name"
          required
          mono
          value={name}
          onChange={setName}
          error={errorAt(problem, '/name')}
        />
      </ProviderForm>
      <PublishBar
        isChanged
        publish="Publish"
        onPublish={() => create(name, value, `/models/provider/${nameInPath(name)}`, `The provider ${name}.`)}
        problem={problem}
        hindrance={name === '' ? 'Give it a name first.' : undefined}
        settled=""
      />
    </>
  );
}
