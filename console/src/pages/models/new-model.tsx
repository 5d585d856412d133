/** A model that is yet to come. */
import { useState } from 'react';
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { Page } from '../../kit/page.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useProviders } from '../../part-editing/choices.ts';
import { useCreatePart } from '../../part-editing/create-part.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { PublishBar } from '../../part-editing/publish-bar.tsx';
import { ModelForm } from './model-form.tsx';
import { modelDoor, newModel } from './model-value.ts';

const PARENTS = [{ title: 'Models', to: '/models' }];

export function NewModel() {
  const providers = useProviders();
  const [name, setName] = useState('');
  const [value, setValue] = useState(() => newModel(''));
  const { problem, create } = useCreatePart(modelDoor);
  const [first] = providers;
  if (first === undefined)
    return (
      <Page title="New model" parents={PARENTS}>
        <Card>
          <EmptyState
            title="It takes a provider first"
            actions={
              <Link to="/models/new-provider" className={buttonClass('primary')}>
                New provider
              </Link>
            }
          >
            A model is answered by providers: say where they are and how they are asked.
          </EmptyState>
        </Card>
      </Page>
    );
  // The first provider is meant, as long as none was chosen.
  const candidates = value.candidates.map((each) =>
    each.provider === '' ? { ...each, provider: first.value } : each,
  );
  const draft = { ...value, candidates };
  return (
    <Page title="New model" parents={PARENTS} description="The name that clients ask for, and who answers.">
      <Card>
        <TextField
          label="Name"
          required
          mono
          hint="As clients ask for it. With a * at its end it stands for all that begin so: gpt-*."
          value={name}
          onChange={setName}
          error={errorAt(problem, '/name')}
        />
      </Card>
      <ModelForm
        value={draft}
        onChange={setValue}
        errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        disabled={false}
      />
      <PublishBar
        isChanged
        publish="Publish"
        onPublish={() => create(name, draft, `/models/model/${nameInPath(name)}`, `The model ${name}.`)}
        problem={problem}
        hindrance={name === '' ? 'Give it a name first.' : undefined}
        settled=""
      />
    </Page>
  );
}
