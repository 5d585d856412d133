/** One administrator: their roles, how they sign in, and the way out. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Form } from '../../kit/form.tsx';
import { Page } from '../../kit/page.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { Unread } from '../../kit/unread.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { rolesText } from '../../session/roles-text.ts';
import { sessionQuery, useMay, useSession } from '../../session/session.ts';
import { StatusBadge, type AdministratorRow } from './administrators.tsx';
import { areWhole, AssignmentsField } from './assignments-field.tsx';
import { InvitationLink, type Invitation } from './invitation-link.tsx';

const PARENTS = [
  { title: 'Settings', to: '/settings' },
  { title: 'Administrators', to: '/settings/administrators' },
];

interface Administrator extends AdministratorRow {
  readonly hasPassword: boolean;
  readonly createdAtMs: number;
  readonly etag: string;
}

export function AdministratorScreen({ params }: ScreenProps) {
  const id = params['id'] ?? '';
  const asked = useAsk('getAdministrator', { path: { id } });
  const mayWrite = useMay('administrators.write');
  return (
    <Page
      title={asked.data?.displayName || id}
      parents={PARENTS}
      actions={mayWrite && asked.data !== undefined && <Actions administrator={asked.data} />}
    >
      {asked.error !== null && <Unread problem={asked.error} />}
      {asked.data === undefined ? (
        asked.error === null && <Skeleton lines={8} />
      ) : (
        <div className="grid items-start gap-5 lg:grid-cols-2">
          <Known administrator={asked.data} />
          {mayWrite ? (
            <Roles key={asked.data.etag} administrator={asked.data} />
          ) : (
            <HeldRoles {...asked.data} />
          )}
          {mayWrite && <Access administrator={asked.data} />}
        </div>
      )}
    </Page>
  );
}

interface PartProps {
  readonly administrator: Administrator;
}

function Known({ administrator }: PartProps) {
  const { id, status, source, hasPassword, hasTotp, passkeys, createdAtMs, lastSignInAtMs } = administrator;
  const ways = [
    ...(source === 'local' ? [] : [source]),
    ...(hasPassword ? ['password'] : []),
    ...(hasTotp ? ['authenticator'] : []),
    ...(passkeys > 0 ? [`passkeys (${passkeys})`] : []),
  ];
  return (
    <Card title="Account">
      <Facts
        facts={[
          ['Signs in as', id],
          ['State', <StatusBadge key="status" status={status} />],
          ['Signs in by', ways.length === 0 ? 'nothing yet' : ways.join(', ')],
          ['Since', <TimeText key="since" atMs={createdAtMs} />],
          [
            'Last sign-in',
            lastSignInAtMs === null ? 'Never' : <TimeText key="seen" atMs={lastSignInAtMs} form="relative" />,
          ],
        ]}
      />
    </Card>
  );
}

function HeldRoles({ assignments }: Administrator) {
  return (
    <Card title="Roles">
      <p>{rolesText(assignments)}</p>
    </Card>
  );
}

const REREADS = ['getAdministrator', 'listAdministrators'] as const;

function Roles({ administrator: { id, assignments, etag } }: PartProps) {
  const update = useChange('updateAdministrator', REREADS);
  const cache = useQueryClient();
  const [held, setHeld] = useState(assignments);
  return (
    <Card title="Roles" description="Where they change, the sessions of this administrator end.">
      <Form
        submit="Save the roles"
        disabled={held === assignments || !areWhole(held)}
        onSubmit={async () => {
          await update.mutateAsync({ path: { id }, ifMatch: etag, body: { assignments: [...held] } });
          await cache.invalidateQueries(sessionQuery);
          tell('The roles are changed');
        }}
      >
        <AssignmentsField value={held} onChange={setHeld} />
      </Form>
    </Card>
  );
}

function Access({ administrator: { id, status, source } }: PartProps) {
  const renew = useChange('renewInvitation', REREADS);
  const reset = useChange('resetAdministratorFactors', REREADS);
  const end = useChange('endAdministratorSessions');
  const [made, setMade] = useState<Invitation>();
  return (
    <Card title="Sign-in" description="For when something is lost.">
      <div className="space-y-4">
        {made !== undefined && <InvitationLink invitation={made} />}
        <div className="flex flex-wrap gap-2">
          {source === 'local' && (
            <Button onClick={async () => setMade(await renew.mutateAsync({ path: { id } }))}>
              {status === 'invited' ? 'New invitation' : 'New password link'}
            </Button>
          )}
          <ConfirmDialog
            title="Forget their second factors"
            description="Authenticator, passkeys and recovery codes open nothing any more, and their sessions end."
            confirm="Forget them"
            trigger={<Button>Forget second factors</Button>}
            onConfirm={async () => {
              await reset.mutateAsync({ path: { id } });
              tell('Their second factors are forgotten');
            }}
          />
          <Button
            onClick={async () => {
              const { ended } = await end.mutateAsync({ path: { id } });
              tell(`${ended} ${ended === 1 ? 'session has' : 'sessions have'} ended`);
            }}
          >
            Sign them out
          </Button>
        </div>
      </div>
    </Card>
  );
}

function Actions({ administrator: { id, status, etag } }: PartProps) {
  const update = useChange('updateAdministrator', REREADS);
  const remove = useChange('removeAdministrator', ['listAdministrators']);
  const navigate = useNavigate();
  const isSelf = useSession().administrator.id === id;
  const isDisabled = status === 'disabled';
  if (isSelf) return null;
  return (
    <>
      <Button
        onClick={async () => {
          await update.mutateAsync({ path: { id }, ifMatch: etag, body: { disabled: !isDisabled } });
          tell(isDisabled ? 'They can sign in again' : 'They are locked out');
        }}
      >
        {isDisabled ? 'Let in again' : 'Lock out'}
      </Button>
      <ConfirmDialog
        title="Remove the administrator"
        description="The account goes, with its sessions and access tokens. What it did stays in the record."
        confirm="Remove"
        name={id}
        trigger={<Button tone="danger">Remove</Button>}
        onConfirm={async () => {
          await remove.mutateAsync({ path: { id }, ifMatch: etag });
          tell('The administrator is removed');
          await navigate({ to: '/console/settings/administrators' });
        }}
      />
    </>
  );
}
