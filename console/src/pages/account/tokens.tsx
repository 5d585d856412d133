/** Access tokens: what one's own programs sign in with. */
import { KeySquare, Plus } from 'lucide-react';
import { useState } from 'react';
import { PERMISSION_NAMES, PERMISSIONS, type Permission } from '@contract/api/permissions.ts';
import { useAsk, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { MultiSelect } from '../../kit/combobox.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { NumberField } from '../../kit/number-field.tsx';
import { SecretOnce } from '../../kit/secret-once.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { useSession } from '../../session/session.ts';

interface Token {
  readonly id: string;
  readonly name: string;
  readonly hint: string;
  readonly permissions: readonly Permission[] | null;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
  readonly lastUsedAtMs: number | null;
}

const COLUMNS: readonly Column<Token>[] = [
  { id: 'name', title: 'Name', cell: ({ name }) => <InertText text={name} className="font-medium" /> },
  { id: 'hint', title: 'Begins with', cell: ({ hint }) => <code>{hint}…</code>, hideBelow: 'md' },
  {
    id: 'permissions',
    title: 'May',
    cell: ({ permissions }) => (permissions === null ? 'All that I may' : permissions.join(', ')),
    hideBelow: 'lg',
  },
  {
    id: 'used',
    title: 'Last used',
    cell: ({ lastUsedAtMs }) =>
      lastUsedAtMs === null ? 'Never' : <TimeText atMs={lastUsedAtMs} form="relative" />,
  },
  {
    id: 'expires',
    title: 'Expires',
    cell: ({ expiresAtMs }) =>
      expiresAtMs < Date.now() ? (
        <Badge tone="bad">Expired</Badge>
      ) : (
        <TimeText atMs={expiresAtMs} form="relative" />
      ),
  },
];

export function Tokens() {
  const tokens = useAsk('listTokens');
  const revoke = useChange('revokeToken', ['listTokens']);
  const [made, setMade] = useState<string>();
  return (
    <div className="space-y-4">
      {made !== undefined && (
        <SecretOnce label="Access token" secret={made}>
          Programs send it as <code>authorization: Bearer …</code>
        </SecretOnce>
      )}
      <Card
        title="Access tokens"
        description="For your own programs. A token may never do more than you may."
        flush
        actions={<CreateToken onMade={setMade} />}
      >
        <DataTable
          label="Access tokens"
          columns={COLUMNS}
          rows={tokens.data?.items}
          rowKey={({ id }) => id}
          problem={tokens.error}
          onRetry={() => tokens.refetch()}
          hasFixedColumns
          empty={
            <EmptyState icon={KeySquare} title="No access token">
              Make one where a script or a pipeline is to call the API in your name.
            </EmptyState>
          }
          rowActions={({ id, name }) => (
            <ConfirmDialog
              title={`Revoke “${name}”`}
              description="Whatever uses it is refused from now on."
              confirm="Revoke it"
              trigger={<Button size="small">Revoke</Button>}
              onConfirm={async () => {
                await revoke.mutateAsync({ path: { id } });
                tell('The token is revoked');
              }}
            />
          )}
        />
      </Card>
    </div>
  );
}

const LONGEST_DAYS = 366;

function CreateToken({ onMade }: { readonly onMade: (token: string) => void }) {
  const create = useChange('createToken', ['listTokens']);
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [days, setDays] = useState<number | null>(90);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  return (
    <Dialog
      title="Make an access token"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" tone="primary" icon={<Plus aria-hidden />}>
          New token
        </Button>
      }
    >
      <Form
        submit="Make the token"
        disabled={name.trim() === '' || days === null}
        onSubmit={async () => {
          const permissions = PERMISSION_NAMES.filter((each) => chosen.includes(each));
          const { token } = await create.mutateAsync({
            body: {
              name,
              expiresInDays: days ?? LONGEST_DAYS,
              ...(permissions.length > 0 ? { permissions } : {}),
            },
          });
          setOpen(false);
          setName('');
          onMade(token);
        }}
      >
        <TextField label="Name" placeholder="nightly report" value={name} onChange={setName} />
        <NumberField
          label="Expires in"
          unit="days"
          min={1}
          max={LONGEST_DAYS}
          value={days}
          onChange={setDays}
        />
        <MultiSelect
          label="May only"
          hint="All that you may, where nothing is chosen."
          options={session.permissions.map((each) => ({ value: each, label: each, hint: PERMISSIONS[each] }))}
          value={chosen}
          onChange={setChosen}
        />
      </Form>
    </Dialog>
  );
}
