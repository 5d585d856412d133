/** Credentials of applications: keys are shown once, rotated with an overlap, and revoked by typing whose they are. */
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import type { OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import { useAskPages, useChange } from '../../api.ts';
import { Badge, type BadgeTone } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { SecretOnce } from '../../kit/secret-once.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { useApplications } from '../../part-editing/choices.ts';
import { useMay } from '../../session/session.ts';
import { AccessFrame } from './access-frame.tsx';
import { CreateCredential, RotateCredential } from './new-credential.tsx';

export type Credential = AnswerOf<OperationOf<'listCredentials'>>['items'][number];
export type MadeCredential = AnswerOf<OperationOf<'createCredential'>>;

const STATES = {
  in_force: { tone: 'good', text: 'In force' },
  expired: { tone: 'plain', text: 'Expired' },
  revoked: { tone: 'bad', text: 'Revoked' },
  replaced: { tone: 'note', text: 'Replaced' },
} as const satisfies Record<Credential['state'], { tone: BadgeTone; text: string }>;

const STATE_NAMES = ['in_force', 'expired', 'revoked', 'replaced'] as const;

export function CredentialsScreen() {
  return (
    <AccessFrame>
      <Credentials application={undefined} />
    </AccessFrame>
  );
}

/** Of one application, or of all. */
export function Credentials({ application }: { readonly application: string | undefined }) {
  const [search] = useSearchParams();
  const applications = useApplications();
  const mayWrite = useMay('credentials.write');
  const [made, setMade] = useState<MadeCredential>();
  const state = STATE_NAMES.find((each) => each === search['state']);
  const wanted = application ?? search['application'];
  const asked = useAskPages(
    'listCredentials',
    {
      query: {
        ...(wanted === undefined ? {} : { application: wanted }),
        ...(application !== undefined || state === undefined ? {} : { state }),
      },
    },
    { keepPrevious: true },
  );
  return (
    <>
      {application === undefined && (
        <FilterBar
          filters={[
            { kind: 'choice', name: 'application', label: 'Application', options: applications },
            {
              kind: 'choice',
              name: 'state',
              label: 'State',
              options: STATE_NAMES.map((value) => ({ value, label: STATES[value].text })),
            },
          ]}
        />
      )}
      {made !== undefined && (
        <SecretOnce label={`Key of ${made.credential.application}`} secret={made.key}>
          Programs send it as <code>authorization: Bearer …</code>
        </SecretOnce>
      )}
      <Card
        title="Credentials"
        description="What programs call with. Only a hash of each key is kept."
        flush
        actions={mayWrite && <CreateCredential application={application} onMade={setMade} />}
      >
        <DataTable
          label="Credentials"
          columns={application === undefined ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'application')}
          rows={asked.rows}
          rowKey={({ id }) => id}
          problem={asked.error}
          onRetry={() => asked.refetch()}
          isStale={asked.isPlaceholderData}
          more={asked}
          hasFixedColumns
          empty={
            <EmptyState icon={KeyRound} title="No credential">
              Make one, and give its key to the program that is to call models.
            </EmptyState>
          }
          {...(mayWrite
            ? { rowActions: (credential: Credential) => <Acts credential={credential} onMade={setMade} /> }
            : {})}
        />
      </Card>
    </>
  );
}

const COLUMNS: readonly Column<Credential>[] = [
  {
    id: 'hint',
    title: 'Begins with',
    cell: ({ hint, application }) => (
      <>
        <code>{hint}…</code>
        <span className="block text-sm break-all text-muted md:hidden">{application}</span>
      </>
    ),
  },
  { id: 'application', title: 'Application', cell: ({ application }) => application, hideBelow: 'md' },
  {
    id: 'principal',
    title: 'Calls as',
    cell: ({ principal: { kind, id } }) => (
      <span className="break-all">
        {kind} {id}
      </span>
    ),
    hideBelow: 'md',
  },
  { id: 'scopes', title: 'May', cell: ({ scopes }) => scopes.join(', '), hideBelow: 'lg' },
  {
    id: 'state',
    title: 'State',
    cell: ({ state }) => <Badge tone={STATES[state].tone}>{STATES[state].text}</Badge>,
  },
  {
    id: 'created',
    title: 'Made',
    cell: ({ createdAtMs }) => <TimeText atMs={createdAtMs} form="relative" />,
    hideBelow: 'lg',
  },
  {
    id: 'expires',
    title: 'Ends',
    cell: ({ expiresAtMs }) =>
      expiresAtMs === null ? 'Never' : <TimeText atMs={expiresAtMs} form="relative" />,
    hideBelow: 'lg',
  },
];

interface ActsProps {
  readonly credential: Credential;
  readonly onMade: (made: MadeCredential) => void;
}

/** What was replaced works on until its overlap ends: it can be ended at once. */
function Acts({ credential, onMade }: ActsProps) {
  const { id, application, hint, state } = credential;
  const revoke = useChange('revokeCredential', ['listCredentials']);
  if (state !== 'in_force' && state !== 'replaced') return null;
  return (
    <span className="inline-flex gap-1 max-sm:flex-col">
      {state === 'in_force' && <RotateCredential credential={credential} onMade={onMade} />}
      <ConfirmDialog
        title={`Revoke ${hint}…`}
        description={`Whatever calls with it is refused from now on. It belongs to ${application}.`}
        confirm="Revoke it"
        name={application}
        trigger={
          <Button size="small" aria-label={`Revoke ${hint}…`}>
            Revoke
          </Button>
        }
        onConfirm={async () => {
          await revoke.mutateAsync({ path: { id } });
          tell('The credential is revoked');
        }}
      />
    </span>
  );
}
