/** A limit or budget that is yet to come. */
import { useState } from 'react';
import { Card } from '../../kit/card.tsx';
import { Page } from '../../kit/page.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { TextField } from '../../kit/text-field.tsx';
import { useCreatePart } from '../../part-editing/create-part.ts';
import { PublishBar } from '../../part-editing/publish-bar.tsx';
import { LimitForm } from './limit-form.tsx';
import { limitDoor, newLimit } from './limit-value.ts';

const PARENTS = [{ title: 'Limits and spend', to: '/limits' }];

export function NewLimit() {
  const [{ of }] = useSearchParams();
  const isBudget = of === 'budget';
  const [name, setName] = useState('');
  const [value, setValue] = useState(() => newLimit(isBudget));
  const { problem, create } = useCreatePart(limitDoor);
  return (
    <Page
      title={isBudget ? 'New budget' : 'New limit'}
      parents={PARENTS}
      description="What is over it is refused before it reaches a model."
    >
      <Card>
        <TextField
          label="Name"
          required
          mono
          hint="Letters, digits and . _ : / @ -"
          value={name}
          onChange={setName}
          error={errorAt(problem, '/name')}
        />
      </Card>
      <LimitForm
        value={value}
        onChange={setValue}
        errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        disabled={false}
      />
      <PublishBar
        isChanged
        publish="Publish"
        onPublish={() => create(name, value, '/limits', `The limit ${name} holds from now on.`)}
        problem={problem}
        hindrance={name === '' ? 'Give it a name first.' : undefined}
        settled=""
      />
    </Page>
  );
}
