/** Groups: what policies, guardrails and limits speak of instead of naming everybody. */
import { UsersRound } from 'lucide-react';
import { useAsk, useAskPages } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import type { Column } from '../../kit/data-table.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { nameFromPath, nameInPath } from '../../part-editing/name-in-path.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { groupDoor, NEW_GROUP, type Group, type GroupValue } from './doors.ts';
import { accessKind } from './access-kind.tsx';
import { PartList, useSearchQuery } from './part-list.tsx';

const COLUMNS: readonly Column<Group>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ name }) => <span className="break-all">{name}</span>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'description',
    title: 'Description',
    cell: ({ value }) => <InertText text={value.description} oneLine />,
  },
];

const KIND = accessKind<GroupValue>({
  door: groupDoor,
  noun: 'group',
  parent: { title: 'Groups', to: '/access/groups' },
  base: '/access/groups',
  removal: 'What speaks of it has to be changed first: it is not removed while anything does.',
  fields: ['description'],
  Fields: ({ value, onChange, disabled, errorAt }) => (
    <TextField
      label="Description"
      hint="Whom it is for."
      disabled={disabled}
      value={value.description}
      onChange={(description) => onChange({ ...value, description })}
      error={errorAt('/description')}
    />
  ),
  Below: ({ held }) => <Members group={held.name} />,
});

export function GroupList() {
  const asked = useAskPages('listGroups', useSearchQuery(), { keepPrevious: true });
  return (
    <PartList
      asked={asked}
      columns={COLUMNS}
      title="Groups"
      noun="group"
      to="/access/groups"
      icon={UsersRound}
      lesson="A group gathers people, services, agents and applications, so that a policy says “engineers” once. Tokens of your identity provider may bring groups along as well."
    />
  );
}

export function NewGroup() {
  return <NewPart kind={KIND} initial={NEW_GROUP} placeholder="engineers" />;
}

export function GroupScreen({ params }: ScreenProps) {
  return <PartScreen kind={KIND} name={nameFromPath(params['name'])} />;
}

const ALL = { query: { limit: 200 } };

function Members({ group }: { readonly group: string }) {
  const principals = useAsk('listPrincipals', ALL);
  const applications = useAsk('listApplications', ALL);
  const members = [
    ...(principals.data?.items ?? []).map(({ name, value }) => ({ name, value, to: '/access/principals' })),
    ...(applications.data?.items ?? []).map(({ name, value }) => ({
      name,
      value,
      to: '/access/applications',
    })),
  ].filter(({ value }) => value.groups.includes(group));
  return (
    <Card title="Members" description="Whom the configuration puts into it. Tokens may bring others.">
      {members.length === 0 ? (
        <p className="text-muted">None yet: put somebody in on their own page.</p>
      ) : (
        <ul className="flex flex-wrap gap-x-4 gap-y-1">
          {members.map(({ name, to }) => (
            <li key={`${to} ${name}`}>
              <Link to={`${to}/${nameInPath(name)}`}>{name}</Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
