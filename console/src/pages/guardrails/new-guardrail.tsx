/** A guardrail that is yet to come: first what it looks for, then how. */
import { useState } from 'react';
import { useAsk } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { Page } from '../../kit/page.tsx';
import { errorAt, ProblemNotice } from '../../kit/problem-notice.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useCreatePart } from '../../part-editing/create-part.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { GuardrailEditor } from './guardrail-editor.tsx';
import { guardrailDoor, newGuardrail, rolloutText, type Scanner } from './guardrail-value.ts';

const PARENTS = [{ title: 'Guardrails', to: '/guardrails' }];

export function NewGuardrail() {
  const [{ scanner: chosen }] = useSearchParams();
  const scanners = useAsk('listScanners');
  if (scanners.data === undefined)
    return (
      <Page title="New guardrail" parents={PARENTS}>
        {scanners.error === null ? <Skeleton lines={10} /> : <ProblemNotice problem={scanners.error} />}
      </Page>
    );
  const scanner = scanners.data.items.find(({ id }) => id === chosen);
  return scanner === undefined ? (
    <Choice scanners={scanners.data.items} />
  ) : (
    <Creation key={scanner.id} scanner={scanner} />
  );
}

function Choice({ scanners }: { readonly scanners: readonly Scanner[] }) {
  const [{ search = '' }, change] = useSearchParams();
  const wanted = search.toLowerCase();
  const found = scanners.filter(({ id, title, description, risks }) =>
    [id, title, description, ...risks].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <Page title="New guardrail" description="What should it look for?" parents={PARENTS}>
      <FilterBar
        filters={[
          { kind: 'text', name: 'search', label: 'Search scanners', placeholder: 'Name, risk or word' },
        ]}
      />
      {found.length === 0 && <EmptyState title="No scanner matches" />}
      <ul aria-label="Scanners" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-3">
        {found.map(({ id, title, description, risks }) => (
          <li key={id} className="flex">
            <button
              type="button"
              onClick={() => change({ scanner: id, search: undefined })}
              className="flex w-full flex-col gap-1 rounded-lg border border-line bg-surface p-4 text-left shadow-card hover:border-accent"
            >
              <span className="font-semibold">{title}</span>
              <span className="flex-1 text-muted">{description}</span>
              <span className="mt-1 text-sm break-all text-muted">{risks.join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </Page>
  );
}

function Creation({ scanner }: { readonly scanner: Scanner }) {
  const [, change] = useSearchParams();
  const [name, setName] = useState('');
  const [value, setValue] = useState(() => newGuardrail(scanner));
  const { problem, create } = useCreatePart(guardrailDoor);

  return (
    <Page
      title="New guardrail"
      parents={PARENTS}
      actions={<Button onClick={() => change({ scanner: undefined })}>Look for something else</Button>}
    >
      <GuardrailEditor
        name={name}
        value={value}
        onChange={setValue}
        inForce={undefined}
        mayWrite
        problem={problem}
        isChanged
        hindrance={name === '' ? 'Give it a name first.' : undefined}
        onPublish={() =>
          create(name, value, `/guardrails/${nameInPath(name)}`, `${name}: ${rolloutText(value.rollout)}.`)
        }
        nameField={
          <TextField
            label="Name"
            required
            mono
            hint="Letters, digits and . _ : / @ -"
            value={name}
            onChange={setName}
            error={errorAt(problem, '/name')}
          />
        }
      />
    </Page>
  );
}
