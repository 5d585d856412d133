/** Applications: what calls models, on what terms, with which credentials. */
import { AppWindow } from 'lucide-react';
import { useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { buttonClass } from '../../kit/button.tsx';
import { MultiSelect } from '../../kit/combobox.tsx';
import type { Column } from '../../kit/data-table.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { RadioGroup } from '../../kit/radio-group.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { useGroups, useModels } from '../../part-editing/choices.ts';
import { nameFromPath } from '../../part-editing/name-in-path.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { PartScreen } from '../../part-editing/part-screen.tsx';
import { WordsField } from '../../part-editing/words-field.tsx';
import { useMay } from '../../session/session.ts';
import { Credentials } from './credentials.tsx';
import { applicationDoor, NEW_APPLICATION, type Application, type ApplicationValue } from './doors.ts';
import { accessKind } from './access-kind.tsx';
import { PartList, useSearchQuery } from './part-list.tsx';

const CAPTURES = [
  {
    value: 'none',
    label: 'Nothing',
    hint: 'That it was asked, when, by whom, and what kinds of things were found.',
  },
  {
    value: 'redacted',
    label: 'What was sent on',
    hint: 'The words, without what guardrails replaced or took out.',
  },
  {
    value: 'full',
    label: 'Everything',
    hint: 'The words as they were said, under keys of the people they are about.',
  },
] as const;

const RECORDS = [
  {
    value: 'before_release',
    label: 'Before the answer',
    hint: 'No answer leaves before its record is durable.',
  },
  {
    value: 'async',
    label: 'Meanwhile',
    hint: 'Some milliseconds faster; a crash may lose the last entries.',
  },
] as const;

const CLASSES = [
  { value: 'public', label: 'Public' },
  { value: 'internal', label: 'Internal' },
  { value: 'confidential', label: 'Confidential' },
  { value: 'restricted', label: 'Restricted' },
] as const;

const KIND = accessKind<ApplicationValue>({
  door: applicationDoor,
  noun: 'application',
  parent: { title: 'Applications', to: '/access/applications' },
  base: '/access/applications',
  removal: 'Whatever calls with its credentials is refused from the next request on.',
  concerns: ({ name }) => [name],
  fields: ['purpose', 'owners', 'data_class', 'models', 'groups', 'gates', 'capture', 'record', 'regimes'],
  Fields: ApplicationForm,
  Actions: Links,
  Below: ({ held }) => <OwnCredentials application={held.name} />,
});

const COLUMNS: readonly Column<Application>[] = [
  {
    id: 'name',
    title: 'Name',
    cell: ({ name }) => <span className="break-all">{name}</span>,
    sortBy: ({ name }) => name,
  },
  {
    id: 'purpose',
    title: 'Purpose',
    cell: ({ value }) => <InertText text={value.purpose} oneLine />,
    hideBelow: 'md',
  },
  {
    id: 'class',
    title: 'Data',
    cell: ({ value }) => value.data_class,
    sortBy: ({ value }) => value.data_class,
  },
  {
    id: 'models',
    title: 'Models',
    cell: ({ value }) => (value.models.includes('*') ? 'Any' : value.models.join(', ')),
    hideBelow: 'lg',
  },
  { id: 'gates', title: 'Gates', cell: ({ value }) => value.gates.join(', '), hideBelow: 'lg' },
  {
    id: 'capture',
    title: 'Words kept',
    cell: ({ value: { capture } }) => (
      <Badge tone={capture === 'none' ? 'good' : capture === 'full' ? 'warn' : 'note'}>
        {CAPTURES.find(({ value }) => value === capture)?.label}
      </Badge>
    ),
    hideBelow: 'md',
  },
];

export function ApplicationList() {
  const asked = useAskPages('listApplications', useSearchQuery(), { keepPrevious: true });
  return (
    <PartList
      asked={asked}
      columns={COLUMNS}
      title="Applications"
      noun="application"
      to="/access/applications"
      icon={AppWindow}
      lesson="An application is whatever calls models: a chat, a batch job, an agent. It has credentials of its own, and policies, guardrails and limits can speak of it."
    />
  );
}

export function NewApplication() {
  return <NewPart kind={KIND} initial={NEW_APPLICATION} placeholder="support-chat" />;
}

export function ApplicationScreen({ params }: ScreenProps) {
  return <PartScreen kind={KIND} name={nameFromPath(params['name'])} />;
}

function Links({ held: { name } }: { readonly held: Application }) {
  const maySeeRecords = useMay('interactions.read');
  return (
    <>
      <Link to={`/access/explain?application=${encodeURIComponent(name)}`} className={buttonClass()}>
        Who may use it?
      </Link>
      {maySeeRecords && (
        <Link to={`/activity?application=${encodeURIComponent(name)}`} className={buttonClass()}>
          What it did
        </Link>
      )}
    </>
  );
}

function OwnCredentials({ application }: { readonly application: string }) {
  return useMay('credentials.read') && <Credentials application={application} />;
}

function ApplicationForm({ value, onChange, disabled, errorAt }: FormOf<ApplicationValue>) {
  const groups = useGroups();
  const models = useModels();
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <TextField
        label="Purpose"
        hint="What it does with models, in a sentence: people read it in the workbench and in the record."
        disabled={disabled}
        value={value.purpose}
        onChange={(purpose) => onChange({ ...value, purpose })}
        error={errorAt('/purpose')}
      />
      <WordsField
        label="Owners"
        hint="Who answers for it."
        disabled={disabled}
        value={value.owners}
        onChange={(owners) => onChange({ ...value, owners: [...owners] })}
        error={errorAt('/owners')}
      />
      <MultiSelect
        label="Models"
        hint="Which it may ask for, as far as policies permit."
        disabled={disabled}
        options={[{ value: '*', label: 'Any (*)' }, ...models]}
        value={value.models}
        onChange={(next) => onChange({ ...value, models: [...next] })}
        error={errorAt('/models')}
      />
      <MultiSelect
        label="Groups"
        disabled={disabled}
        options={groups}
        value={value.groups}
        onChange={(next) => onChange({ ...value, groups: [...next] })}
        error={errorAt('/groups')}
      />
      <WordsField
        label="Gates"
        hint="What a person must have passed first: a training, an agreement."
        disabled={disabled}
        value={value.gates}
        onChange={(gates) => onChange({ ...value, gates: [...gates] })}
        error={errorAt('/gates')}
      />
      <Select
        label="Data"
        hint="The most sensitive that may go through it."
        disabled={disabled}
        options={CLASSES}
        value={value.data_class}
        onChange={(next) => onChange({ ...value, data_class: next })}
        error={errorAt('/data_class')}
      />
      <RadioGroup
        label="What the record keeps of what is said"
        disabled={disabled}
        options={CAPTURES}
        value={value.capture}
        onChange={(capture) => onChange({ ...value, capture })}
        error={errorAt('/capture')}
      />
      <RadioGroup
        label="When it is recorded"
        disabled={disabled}
        options={RECORDS}
        value={value.record}
        onChange={(record) => onChange({ ...value, record })}
        error={errorAt('/record')}
      />
      <WordsField
        label="Regimes"
        hint="Which law or house rule it is under, of the retention pack: eu-ai-act-high-risk."
        disabled={disabled}
        value={value.regimes}
        onChange={(regimes) => onChange({ ...value, regimes: [...regimes] })}
        error={errorAt('/regimes')}
      />
    </div>
  );
}
