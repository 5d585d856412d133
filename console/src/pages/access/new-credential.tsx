/** Makes a credential, or one that takes another's place. */
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Checkbox } from '../../kit/checkbox.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { NumberField } from '../../kit/number-field.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useApplications } from '../../part-editing/choices.ts';
import type { Credential, MadeCredential } from './credentials.tsx';
import { PRINCIPAL_KINDS } from './principals.tsx';

type Scope = Credential['scopes'][number];
type Kind = Credential['principal']['kind'];

const SCOPES: readonly { readonly value: Scope; readonly label: string; readonly hint: string }[] = [
  { value: 'inference', label: 'Call models', hint: 'inference' },
  {
    value: 'reidentify',
    label: 'Read answers in clear',
    hint: 'reidentify: what stood in for personal data is put back',
  },
  { value: 'scan', label: 'Ask guardrails for verdicts', hint: 'scan: without calling a model' },
  { value: 'assert_principal', label: 'Say on whose behalf it calls', hint: 'assert_principal' },
  { value: 'audit', label: 'Read the log', hint: 'audit: monitors and witnesses' },
  { value: 'administer', label: 'Administer', hint: 'administer' },
];
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const LONGEST_DAYS = 5 * 366;
const LONGEST_OVERLAP_HOURS = 30 * 24;

interface CreateCredentialProps {
  /** Where it is clear. */
  readonly application: string | undefined;
  readonly onMade: (made: MadeCredential) => void;
}

export function CreateCredential({ application, onMade }: CreateCredentialProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Dialog
      title="Make a credential"
      description="Its key is shown once, when it is made."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" tone="primary" icon={<Plus aria-hidden />}>
          New credential
        </Button>
      }
    >
      <CreationForm
        application={application}
        onMade={(made) => {
          setOpen(false);
          onMade(made);
        }}
      />
    </Dialog>
  );
}

function CreationForm({ application, onMade }: CreateCredentialProps) {
  const create = useChange('createCredential', ['listCredentials']);
  const applications = useApplications();
  const [chosen, setChosen] = useState(application ?? null);
  const [kind, setKind] = useState<Kind>('service');
  const [id, setId] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>(['inference', 'reidentify']);
  const [days, setDays] = useState<number | null>(365);
  const [problem, setProblem] = useState<unknown>();
  const principal = id === '' ? (chosen ?? '') : id;
  return (
    <Form
      submit="Make the credential"
      disabled={chosen === null || scopes.length === 0}
      shownElsewhere={['/principal/id']}
      onProblem={setProblem}
      onSubmit={async () => {
        if (chosen === null) return;
        const body = {
          application: chosen,
          principal: { kind, id: principal },
          scopes: [...scopes],
          expiresInMs: days === null ? null : days * DAY_MS,
        };
        onMade(await create.mutateAsync({ body }));
      }}
    >
      {application === undefined && (
        <Select label="Application" required options={applications} value={chosen} onChange={setChosen} />
      )}
      <Select label="Calls as a" options={PRINCIPAL_KINDS} value={kind} onChange={setKind} />
      <TextField
        label="Who it is"
        hint="The id of the principal; the application’s own name, where it is left empty."
        mono
        placeholder={chosen ?? ''}
        value={id}
        onChange={setId}
        error={errorAt(problem, '/principal/id')}
      />
      <ScopeChoice scopes={scopes} onChange={setScopes} />
      <NumberField
        label="Ends in"
        hint="Empty: it does not end by itself."
        unit="days"
        min={1}
        max={LONGEST_DAYS}
        value={days}
        onChange={setDays}
      />
    </Form>
  );
}

interface ScopeChoiceProps {
  readonly scopes: readonly Scope[];
  readonly onChange: (scopes: readonly Scope[]) => void;
}

function ScopeChoice({ scopes, onChange }: ScopeChoiceProps) {
  return (
    <fieldset className="space-y-2">
      <legend className="mb-1 text-sm font-medium">It may</legend>
      {SCOPES.map(({ value, label, hint }) => (
        <Checkbox
          key={value}
          label={label}
          hint={hint}
          checked={scopes.includes(value)}
          onChange={(isChecked) =>
            onChange(isChecked ? [...scopes, value] : scopes.filter((each) => each !== value))
          }
        />
      ))}
    </fieldset>
  );
}

interface RotateCredentialProps {
  readonly credential: Credential;
  readonly onMade: (made: MadeCredential) => void;
}

export function RotateCredential({ credential: { id, hint }, onMade }: RotateCredentialProps) {
  const rotate = useChange('rotateCredential', ['listCredentials']);
  const [isOpen, setOpen] = useState(false);
  const [hours, setHours] = useState<number | null>(24);
  return (
    <Dialog
      title={`Rotate ${hint}…`}
      description="Another key with the same rights takes its place. The old one works on for a while, so that nothing stops."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" aria-label={`Rotate ${hint}…`}>
          Rotate
        </Button>
      }
    >
      <Form
        submit="Rotate it"
        disabled={hours === null}
        onSubmit={async () => {
          const made = await rotate.mutateAsync({
            path: { id },
            body: { overlapMs: (hours ?? 0) * HOUR_MS },
          });
          setOpen(false);
          onMade(made);
        }}
      >
        <NumberField
          label="The old one works on for"
          unit="hours"
          min={0}
          max={LONGEST_OVERLAP_HOURS}
          value={hours}
          onChange={setHours}
        />
      </Form>
    </Dialog>
  );
}
