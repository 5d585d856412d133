/** Those who administer the house. */
import { UserPlus, Users } from 'lucide-react';
import { useState } from 'react';
import { useAskPages, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar, type Filter } from '../../kit/filter-bar.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { rolesText } from '../../session/roles-text.ts';
import { useMay } from '../../session/session.ts';
import { areWhole, AssignmentsField, type Assignment } from './assignments-field.tsx';
import { InvitationLink, type Invitation } from './invitation-link.tsx';

export interface AdministratorRow {
  readonly id: string;
  readonly displayName: string;
  readonly status: 'active' | 'invited' | 'disabled';
  readonly source: string;
  readonly assignments: readonly Assignment[];
  readonly hasTotp: boolean;
  readonly passkeys: number;
  readonly lastSignInAtMs: number | null;
}

const STATUSES = [
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Invited' },
  { value: 'disabled', label: 'Locked out' },
] as const;

const FILTERS: readonly Filter[] = [
  { kind: 'text', name: 'search', label: 'Name or address' },
  { kind: 'choice', name: 'status', label: 'State', options: STATUSES },
];

export function StatusBadge({ status }: { readonly status: AdministratorRow['status'] }) {
  switch (status) {
    case 'active':
      return <Badge tone="good">Active</Badge>;
    case 'invited':
      return <Badge tone="info">Invited</Badge>;
    case 'disabled':
      return <Badge tone="bad">Locked out</Badge>;
  }
}

const COLUMNS: readonly Column<AdministratorRow>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ id, displayName }) => (
      <span className="block">
        <InertText text={displayName === '' ? id : displayName} />
        <span className="block text-sm font-normal break-all text-muted">{id}</span>
      </span>
    ),
  },
  { id: 'roles', title: 'Roles', cell: ({ assignments }) => rolesText(assignments) },
  { id: 'status', title: 'State', cell: ({ status }) => <StatusBadge status={status} /> },
  {
    id: 'factors',
    title: 'Second factor',
    hideBelow: 'lg',
    cell: ({ hasTotp, passkeys, source }) => {
      if (source !== 'local') return source;
      const factors = [
        ...(hasTotp ? ['authenticator'] : []),
        ...(passkeys > 0 ? [passkeys === 1 ? 'passkey' : `${passkeys} passkeys`] : []),
      ];
      return factors.length === 0 ? <Badge tone="warn">None</Badge> : factors.join(', ');
    },
  },
  {
    id: 'seen',
    title: 'Last sign-in',
    hideBelow: 'md',
    cell: ({ lastSignInAtMs }) =>
      lastSignInAtMs === null ? 'Never' : <TimeText atMs={lastSignInAtMs} form="relative" />,
  },
];

export function Administrators() {
  const [search] = useSearchParams();
  const mayWrite = useMay('administrators.write');
  const status = STATUSES.find(({ value }) => value === search['status'])?.value;
  const text = search['search'];
  const query = {
    ...(text === undefined ? {} : { search: text }),
    ...(status === undefined ? {} : { status }),
  };
  const asked = useAskPages('listAdministrators', { query }, { keepPrevious: true });
  return (
    <div className="space-y-4">
      <FilterBar filters={FILTERS}>{mayWrite && <Invite />}</FilterBar>
      <Card flush>
        <DataTable
          label="Administrators"
          columns={COLUMNS}
          rows={asked.rows}
          rowKey={({ id }) => id}
          rowLink={({ id }) => `/settings/administrators/${encodeURIComponent(id)}`}
          problem={asked.error}
          onRetry={() => asked.refetch()}
          isStale={asked.isPlaceholderData}
          more={asked}
          hasFixedColumns
          empty={<EmptyState icon={Users} title="Nobody matches" />}
        />
      </Card>
    </div>
  );
}

function Invite() {
  const invite = useChange('inviteAdministrator', ['listAdministrators']);
  const [isOpen, setOpen] = useState(false);
  const [id, setId] = useState('');
  const [name, setName] = useState('');
  const [assignments, setAssignments] = useState<readonly Assignment[]>([
    { role: 'security-analyst', scope: { kind: 'organization' } },
  ]);
  const [problem, setProblem] = useState<unknown>();
  const [made, setMade] = useState<Invitation>();
  const close = (next: boolean): void => {
    setOpen(next);
    setMade(undefined);
    setId('');
    setName('');
  };
  return (
    <Dialog
      title={made === undefined ? 'Invite an administrator' : 'Invited'}
      open={isOpen}
      onOpenChange={close}
      trigger={
        <Button tone="primary" icon={<UserPlus aria-hidden />}>
          Invite
        </Button>
      }
    >
      {made === undefined ? (
        <Form
          submit="Invite"
          disabled={id === '' || !areWhole(assignments)}
          shownElsewhere={['/id', '/displayName']}
          onProblem={setProblem}
          onSubmit={async () => {
            const body = { id, assignments: [...assignments], ...(name === '' ? {} : { displayName: name }) };
            setMade((await invite.mutateAsync({ body })).invitation);
          }}
        >
          <TextField
            label="E-mail address or login name"
            value={id}
            onChange={setId}
            error={errorAt(problem, '/id')}
          />
          <TextField label="Name" value={name} onChange={setName} error={errorAt(problem, '/displayName')} />
          <AssignmentsField value={assignments} onChange={setAssignments} />
        </Form>
      ) : (
        <InvitationLink invitation={made} />
      )}
    </Dialog>
  );
}
