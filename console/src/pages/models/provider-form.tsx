/** The settings of a provider: its kind's own, drawn from their schema, its credential by reference, and how patient one is. */
import { useAsk } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import type { JsonObject, Schema } from '../../kit/json-schema.ts';
import { Link } from '../../kit/link.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { SchemaForm } from '../../kit/schema-form.tsx';
import { Select } from '../../kit/select.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { newProvider, settingsOf, type ProviderKind, type ProviderValue } from './model-value.ts';

const MS = { type: 'integer', minimum: 10 } as const;

/** Of every provider; `labels` and the like say the same words as `providerSchema`. */
const COMMON: Schema = {
  type: 'object',
  properties: {
    region: { type: 'string', description: 'Where it computes: policies speak of it.' },
    labels: { type: 'array', items: { type: 'string' }, description: 'One a line: policies speak of them.' },
    allow_private_network: {
      type: 'boolean',
      default: false,
      description: 'It may be at a private address: a server of your own.',
    },
  },
};
const PATIENCE: Schema = {
  type: 'object',
  properties: {
    timeouts: {
      type: 'object',
      properties: {
        connect_ms: { ...MS, maximum: 60_000, default: 5_000, title: 'To connect, milliseconds' },
        first_byte_ms: {
          ...MS,
          maximum: 900_000,
          default: 120_000,
          title: 'To the first byte, milliseconds',
        },
        idle_ms: { ...MS, maximum: 900_000, default: 60_000, title: 'Between two pieces, milliseconds' },
      },
    },
    retries: { type: 'integer', minimum: 0, maximum: 5, default: 2 },
    circuit: {
      type: 'object',
      description: 'After so many failures in a row it is left alone for a while.',
      properties: {
        failures: { type: 'integer', minimum: 1, default: 5 },
        open_ms: { ...MS, default: 15_000, title: 'Left alone for, milliseconds' },
      },
    },
    max_answer_bytes: { type: 'integer', minimum: 1_024, default: 67_108_864 },
  },
};

export function ProviderForm(props: FormOf<ProviderValue>) {
  const { value, onChange, errorAt, disabled, held, nameField } = props;
  const kinds = useAsk('listProviderKinds');
  if (kinds.data === undefined)
    return kinds.error === null ? <Skeleton lines={8} /> : <ProblemNotice problem={kinds.error} />;
  const kind = kinds.data.items.find(({ id }) => id === value.kind);
  if (kind === undefined)
    return <ProblemNotice problem={new Error(`This house has no kind of providers called ${value.kind}.`)} />;
  // Everything in it came as JSON, or goes there.
  const json = value as unknown as JsonObject;
  const change = (next: JsonObject): void => onChange(next as unknown as ProviderValue);
  const form = { value: json, onChange: change, errorAt, disabled };
  return (
    <div className="space-y-5">
      <Card title={kind.title} description={kind.description}>
        <div className="space-y-4">
          {held === undefined && <Kind kinds={kinds.data.items} kind={kind} onChange={onChange} />}
          {nameField}
          <SchemaForm schema={settingsOf(kind)} {...form} />
          <Credential value={value} onChange={onChange} errorAt={errorAt} disabled={disabled} />
        </div>
      </Card>
      <Card title="Where it is">
        <SchemaForm schema={COMMON} {...form} />
      </Card>
      <Card title="How patient one is with it">
        <SchemaForm schema={PATIENCE} {...form} />
      </Card>
    </div>
  );
}

interface KindProps {
  readonly kinds: readonly ProviderKind[];
  readonly kind: ProviderKind;
  readonly onChange: (value: ProviderValue) => void;
}

function Kind({ kinds, kind, onChange }: KindProps) {
  return (
    <Select
      label="Kind"
      options={kinds.map(({ id, title, description }) => ({ value: id, label: title, hint: description }))}
      value={kind.id}
      // Settings of another kind mean nothing to this one.
      onChange={(id) => onChange(newProvider(id))}
    />
  );
}

const SOURCES = [
  { value: 'none', label: 'None' },
  { value: 'secret', label: 'A secret of the vault' },
  { value: 'env', label: 'A variable of the environment' },
] as const;
type Source = (typeof SOURCES)[number]['value'];

function sourceOf(credential: ProviderValue['credential']): Source {
  if (credential === undefined) return 'none';
  return 'env' in credential ? 'env' : 'secret';
}

type CredentialProps = Pick<FormOf<ProviderValue>, 'value' | 'onChange' | 'errorAt' | 'disabled'>;

function Credential({ value, onChange, errorAt, disabled }: CredentialProps) {
  const secrets = useAsk('listSecrets');
  const { credential, ...open } = value;
  const source = sourceOf(credential);
  const names = (secrets.data?.items ?? []).map(({ name }) => ({ value: name, label: name }));
  const set = (next: ProviderValue['credential']): void =>
    onChange(next === undefined ? (open as ProviderValue) : { ...value, credential: next });
  return (
    <fieldset className="min-w-0 space-y-4 rounded-md border border-line p-4 pt-2" disabled={disabled}>
      <legend className="px-1 text-sm font-medium">Credential</legend>
      <Select
        label="Where it comes from"
        options={SOURCES}
        value={source}
        onChange={(next) =>
          set(next === 'none' ? undefined : next === 'env' ? { env: '' } : { secret: names[0]?.value ?? '' })
        }
        disabled={disabled}
      />
      {credential !== undefined &&
        ('env' in credential ? (
          <TextField
            label="Name of the variable"
            mono
            required
            placeholder="OPENAI_API_KEY"
            value={credential.env}
            onChange={(env) => set({ env })}
            error={errorAt('/credential/env') ?? errorAt('/credential')}
            disabled={disabled}
          />
        ) : (
          <Select
            label="Secret"
            required
            options={names}
            value={credential.secret === '' ? null : credential.secret}
            onChange={(secret) => set({ secret })}
            hint={
              <>
                Put it into the vault under <Link to="/models/secrets">Secrets</Link> first. Its value is
                never shown.
              </>
            }
            error={errorAt('/credential/secret') ?? errorAt('/credential')}
            disabled={disabled}
          />
        ))}
    </fieldset>
  );
}
