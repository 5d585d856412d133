/** The vault: names of secrets, put in, replaced and taken out. Their values are never shown. */
import { KeyRound, Plus, RefreshCw, Trash2 } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { errorAt, ProblemNotice } from '../../kit/problem-notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { useMay } from '../../session/session.ts';
import { ModelsFrame } from './models-frame.tsx';

interface Secret {
  readonly name: string;
  readonly updatedAtMs: number;
}

export function Secrets() {
  const secrets = useAsk('listSecrets');
  const mayWrite = useMay('models.write');
  const add = (
    <SetSecret
      trigger={
        <Button tone="primary" icon={<Plus aria-hidden />}>
          New secret
        </Button>
      }
    />
  );
  return (
    <ModelsFrame actions={mayWrite && add}>
      <Card flush>
        <DataTable
          label="Secrets"
          columns={COLUMNS}
          rows={secrets.data?.items}
          rowKey={({ name }) => name}
          {...(mayWrite ? { rowActions: (secret: Secret) => <Actions secret={secret} /> } : {})}
          problem={secrets.error}
          onRetry={() => secrets.refetch()}
          hasFixedColumns
          empty={
            <EmptyState icon={KeyRound} title="The vault is empty">
              What providers are asked with is kept here, encrypted. The configuration has its name alone, and
              nobody can read the value again.
            </EmptyState>
          }
        />
      </Card>
    </ModelsFrame>
  );
}

const COLUMNS: readonly Column<Secret>[] = [
  {
    id: 'name',
    title: 'Secret',
    cell: ({ name }) => <code className="break-all">{name}</code>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'updated',
    title: 'Put in',
    cell: ({ updatedAtMs }) => <TimeText atMs={updatedAtMs} form="relative" />,
    sortBy: ({ updatedAtMs }) => updatedAtMs,
  },
];

function Actions({ secret: { name } }: { readonly secret: Secret }) {
  const remove = useChange('removeSecret', ['listSecrets']);
  return (
    <div className="flex justify-end gap-1.5 max-md:flex-col">
      <SetSecret
        name={name}
        trigger={
          <Button size="small" icon={<RefreshCw aria-hidden />} aria-label={`Replace ${name}`}>
            Replace
          </Button>
        }
      />
      <ConfirmDialog
        title={`Take ${name} out of the vault`}
        description="Providers that refer to it cannot be asked any more. The value cannot be brought back."
        confirm="Take it out"
        name={name}
        trigger={
          <Button size="small" icon={<Trash2 aria-hidden />} aria-label={`Remove ${name}`}>
            Remove
          </Button>
        }
        onConfirm={async () => {
          await remove.mutateAsync({ path: { name } });
          tell('Taken out', `The vault has no ${name} any more.`);
        }}
      />
    </div>
  );
}

interface SetSecretProps {
  /** Absent: a new one. */
  readonly name?: string;
  readonly trigger: ReactElement;
}

function SetSecret({ name: known, trigger }: SetSecretProps) {
  const set = useChange('setSecret', ['listSecrets']);
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const [value, setValue] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const name = known ?? typed;

  function open(next: boolean): void {
    setOpen(next);
    setProblem(undefined);
    setTyped('');
    // It is kept in the page no longer than the dialog is open.
    setValue('');
  }

  async function act(): Promise<void> {
    try {
      await set.mutateAsync({ path: { name }, body: { value } });
      open(false);
      tell('In the vault', `${name} is kept, encrypted.`);
    } catch (error) {
      setProblem(error);
    }
  }

  return (
    <Dialog
      title={known === undefined ? 'New secret' : `Replace ${known}`}
      description="It is encrypted, and never shown again."
      trigger={trigger}
      open={isOpen}
      onOpenChange={open}
      actions={
        <>
          <Button onClick={() => open(false)}>Cancel</Button>
          <Button tone="primary" disabled={name === '' || value === ''} onClick={act}>
            Put it in
          </Button>
        </>
      }
    >
      {known === undefined && (
        <TextField
          label="Name"
          required
          mono
          maxLength={128}
          hint="Letters, digits and . _ : / @ -"
          value={typed}
          onChange={setTyped}
        />
      )}
      <TextField
        label="Value"
        required
        type="password"
        autoComplete="new-password"
        maxLength={64_000}
        value={value}
        onChange={setValue}
        error={errorAt(problem, '/value')}
      />
      <ProblemNotice problem={problem} shownElsewhere={['/value']} />
    </Dialog>
  );
}
