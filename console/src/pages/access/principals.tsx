/** People, services and agents: which groups they are in, and which gates they have passed. */
import { CircleUser, Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button, buttonClass } from '../../kit/button.tsx';
import { MultiSelect } from '../../kit/combobox.tsx';
import type { Column } from '../../kit/data-table.tsx';
import { IconButton } from '../../kit/icon-button.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { useGroups } from '../../part-editing/choices.ts';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { useMay } from '../../session/session.ts';
import { NEW_PRINCIPAL, principalDoor, type Principal, type PrincipalValue } from './doors.ts';
import { accessKind } from './access-kind.tsx';
import { PartList, useSearchQuery } from './part-list.tsx';

export const PRINCIPAL_KINDS = [
  { value: 'person', label: 'Person', hint: 'Somebody.' },
  { value: 'service', label: 'Service', hint: 'A program that runs by itself.' },
  { value: 'agent', label: 'Agent', hint: 'A program that acts by what a model says.' },
] as const;

const KIND = accessKind<PrincipalValue>({
  door: principalDoor,
  noun: 'principal',
  parent: { title: 'People & agents', to: '/access' },
  base: '/access/principals',
  removal:
    'Its groups and gates are gone with it. Credentials that it has go on working: revoke them as well.',
  fields: ['kind', 'display_name', 'groups'],
  Fields: PrincipalForm,
  Actions: Links,
});

const COLUMNS: readonly Column<Principal>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ name }) => <span className="break-all">{name}</span>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'display',
    title: 'Called',
    cell: ({ value }) => <InertText text={value.display_name ?? ''} oneLine />,
    hideBelow: 'md',
  },
  { id: 'kind', title: 'Kind', cell: ({ value }) => value.kind, sortBy: ({ value }) => value.kind },
  { id: 'groups', title: 'Groups', cell: ({ value }) => value.groups.join(', '), hideBelow: 'md' },
  {
    id: 'gates',
    title: 'Gates passed',
    cell: ({ value }) => (
      <span className="flex flex-wrap gap-1">
        {Object.entries(value.gates).map(([gate, until]) => (
          <Badge key={gate} tone={isOver(until) ? 'warn' : 'good'}>
            {gate}
            {isOver(until) && ', run out'}
          </Badge>
        ))}
      </span>
    ),
    hideBelow: 'lg',
  },
];

function isOver(until: string | null): boolean {
  return until !== null && until < new Date().toISOString().slice(0, 10);
}

export function PrincipalList() {
  const asked = useAskPages('listPrincipals', useSearchQuery(), { keepPrevious: true });
  return (
    <PartList
      asked={asked}
      columns={COLUMNS}
      title="People and agents"
      noun="principal"
      to="/access/principals"
      icon={CircleUser}
      lesson="Whoever calls with a valid credential or token is somebody already. Name them here to put them into groups, and to say which gates they have passed."
    />
  );
}

export function NewPrincipal() {
  return <NewPart kind={KIND} initial={NEW_PRINCIPAL} placeholder="ada@example.com" />;
}

export function PrincipalScreen({ params }: ScreenProps) {
  return <PartScreen kind={KIND} name={nameFromPath(params['name'])} />;
}

function Links({ held: { name, value } }: { readonly held: Principal }) {
  const maySeeRecords = useMay('interactions.read');
  return (
    <>
      <Link
        to={`/access/explain?kind=${value.kind}&principal=${encodeURIComponent(name)}`}
        className={buttonClass()}
      >
        What may they use?
      </Link>
      {maySeeRecords && (
        <Link
          to={`/activity?principal=${encodeURIComponent(`${value.kind}:${name}`)}`}
          className={buttonClass()}
        >
          What they did
        </Link>
      )}
    </>
  );
}

function PrincipalForm({ value, onChange, disabled, errorAt }: FormOf<PrincipalValue>) {
  const groups = useGroups();
  return (
    <div className="space-y-4">
      <Select
        label="Kind"
        disabled={disabled}
        options={PRINCIPAL_KINDS}
        value={value.kind}
        onChange={(kind) => onChange({ ...value, kind })}
        error={errorAt('/kind')}
      />
      <TextField
        label="Called"
        hint="As people know them."
        disabled={disabled}
        value={value.display_name ?? ''}
        onChange={(text) => {
          const { display_name: _, ...rest } = value;
          onChange(text === '' ? rest : { ...rest, display_name: text });
        }}
        error={errorAt('/display_name')}
      />
      <MultiSelect
        label="Groups"
        disabled={disabled}
        options={groups}
        value={value.groups}
        onChange={(next) => onChange({ ...value, groups: [...next] })}
        error={errorAt('/groups')}
      />
      <Gates value={value.gates} disabled={disabled} onChange={(gates) => onChange({ ...value, gates })} />
    </div>
  );
}

interface GatesProps {
  readonly value: PrincipalValue['gates'];
  readonly disabled: boolean;
  readonly onChange: (gates: PrincipalValue['gates']) => void;
}

function Gates({ value, disabled, onChange }: GatesProps) {
  const [gate, setGate] = useState('');
  const name = gate.trim();
  return (
    <fieldset className="min-w-0 space-y-3 rounded-md border border-line p-4 pt-2">
      <legend className="px-1 text-sm font-medium">Gates passed</legend>
      <p className="text-sm text-muted">
        A training or an agreement that an application asks for, with the day until which it holds.
      </p>
      {Object.entries(value).map(([each, until]) => (
        <div key={each} className="flex flex-wrap items-end gap-2">
          <span className="min-w-40 flex-1 self-center font-mono text-sm break-all">{each}</span>
          <TextField
            label={`${each} holds until`}
            labelIsHidden
            type="date"
            disabled={disabled}
            value={until ?? ''}
            onChange={(day) => onChange({ ...value, [each]: day === '' ? null : day })}
          />
          <span className="w-20 self-center text-sm text-muted">{until === null && 'for good'}</span>
          <IconButton
            label={`Remove ${each}`}
            icon={<Trash2 aria-hidden />}
            disabled={disabled}
            onClick={() =>
              onChange(Object.fromEntries(Object.entries(value).filter(([key]) => key !== each)))
            }
          />
        </div>
      ))}
      {!disabled && (
        <div className="flex items-end gap-2">
          <TextField label="Another gate" mono value={gate} onChange={setGate} placeholder="ai-training" />
          <Button
            icon={<Plus aria-hidden />}
            disabled={name === '' || name in value}
            onClick={() => {
              onChange({ ...value, [name]: null });
              setGate('');
            }}
          >
            Add
          </Button>
        </div>
      )}
    </fieldset>
  );
}
