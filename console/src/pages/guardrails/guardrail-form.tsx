/** The settings of a guardrail: its scanner's own, drawn from their schema, and those that every guardrail has. */
import type { ReactNode } from 'react';
import { Card } from '../../kit/card.tsx';
import { Checkbox } from '../../kit/checkbox.tsx';
import { MultiSelect } from '../../kit/combobox.tsx';
import type { JsonObject } from '../../kit/json-schema.ts';
import { NumberField } from '../../kit/number-field.tsx';
import { RadioGroup } from '../../kit/radio-group.tsx';
import { SchemaForm } from '../../kit/schema-form.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useApplications, useGroups } from '../../part-editing/choices.ts';
import { WordsField } from '../../part-editing/words-field.tsx';
import {
  ACTION_WORDS,
  settingsOf,
  type Action,
  type GuardrailValue,
  type Scanner,
} from './guardrail-value.ts';

export interface GuardrailFormProps {
  readonly scanner: Scanner;
  readonly value: GuardrailValue;
  readonly onChange: (value: GuardrailValue) => void;
  /** What is wrong, by pointer within the value. */
  readonly errorAt: (pointer: string) => string | undefined;
  readonly disabled: boolean;
  /** Before its own fields: the name of one that is yet to come. */
  readonly children?: ReactNode;
}

const ACTIONS = (Object.keys(ACTION_WORDS) as Action[]).map((value) => ({ value, ...ACTION_WORDS[value] }));
const CHANNELS = [
  { value: 'instruction', label: 'Instructions of the application' },
  { value: 'user', label: 'What people say' },
  { value: 'document', label: 'Documents' },
  { value: 'tool', label: 'Tool results' },
  { value: 'answer', label: 'Answers' },
] as const;

export function GuardrailForm(props: GuardrailFormProps) {
  const { scanner, value, onChange, errorAt, disabled, children } = props;
  const hasSettings = Object.keys(settingsOf(scanner).properties ?? {}).length > 0;
  return (
    <div className="min-w-0 space-y-5">
      <Card title={scanner.title} description={scanner.description}>
        <div className="space-y-4">
          {children}
          <TextField
            label="Description"
            hint="What it is for, said to those who look after it."
            lines={2}
            maxLength={2_000}
            value={value.description}
            onChange={(description) => onChange({ ...value, description })}
            error={errorAt('/description')}
            disabled={disabled}
          />
          {hasSettings && (
            <SchemaForm
              schema={settingsOf(scanner)}
              value={value.config as JsonObject}
              onChange={(config) => onChange({ ...value, config: { ...config } })}
              errorAt={(pointer) => errorAt(`/config${pointer}`)}
              disabled={disabled}
            />
          )}
        </div>
      </Card>
      <Does {...props} />
      <About {...props} />
      <Failing {...props} />
    </div>
  );
}

function Does({ value, onChange, errorAt, disabled }: GuardrailFormProps) {
  return (
    <Card title="What is done about it">
      <div className="space-y-4">
        <RadioGroup
          label="Action"
          options={ACTIONS}
          value={value.action}
          onChange={(action) => onChange({ ...value, action })}
          error={errorAt('/action')}
          disabled={disabled}
        />
        {value.action === 'block' && <Block {...{ value, onChange, errorAt, disabled }} />}
        <NumberField
          label="Least confidence"
          hint="From 0 to 1. Findings it is less sure of do not count."
          min={0}
          max={1}
          step={0.05}
          value={value.min_confidence}
          onChange={(next) => onChange({ ...value, min_confidence: next ?? 0.5 })}
          error={errorAt('/min_confidence')}
          disabled={disabled}
        />
      </div>
    </Card>
  );
}

type PartProps = Pick<GuardrailFormProps, 'value' | 'onChange' | 'errorAt' | 'disabled'>;

function Block({ value, onChange, errorAt, disabled }: PartProps) {
  const { block } = value;
  const set = (patch: Partial<GuardrailValue['block']>): void =>
    onChange({ ...value, block: { ...block, ...patch } });
  return (
    <div className="grid gap-4 border-l-2 border-line pl-4 sm:grid-cols-2">
      <Select
        label="A refusal is sent as"
        options={[
          { value: 'error', label: 'An error' },
          { value: 'completion', label: 'An answer that ends with content_filter' },
        ]}
        value={block.as}
        onChange={(as) => set({ as })}
        disabled={disabled}
      />
      <NumberField
        label="HTTP status"
        min={400}
        max={499}
        value={block.status}
        onChange={(status) => set({ status: status ?? 400 })}
        error={errorAt('/block/status')}
        disabled={disabled}
      />
      <div className="sm:col-span-2">
        <TextField
          label="What the person is told"
          hint="What to do instead, and whom to ask. Without it they are told which guardrail stopped it."
          lines={2}
          maxLength={2_000}
          value={block.message ?? ''}
          onChange={(message) => onChange({ ...value, block: withMessage(block, message) })}
          error={errorAt('/block/message')}
          disabled={disabled}
        />
      </div>
    </div>
  );
}

function withMessage({ as, status }: GuardrailValue['block'], message: string): GuardrailValue['block'] {
  return message === '' ? { as, status } : { as, status, message };
}

function About({ scanner, value, onChange, errorAt, disabled }: GuardrailFormProps) {
  const applications = useApplications();
  const groups = useGroups();
  const kinds = scanner.kinds.filter((kind) => kind !== '*');
  const turn = (direction: 'request' | 'response', isOn: boolean): void => {
    const others = value.directions.filter((each) => each !== direction);
    onChange({ ...value, directions: isOn ? [...others, direction] : others });
  };
  return (
    <Card title="What it is about" description="Left empty: everything.">
      <div className="space-y-4">
        <fieldset className="space-y-2" disabled={disabled}>
          <legend className="mb-1 text-sm font-medium">Directions</legend>
          <Checkbox
            label="Requests: what is sent to a model"
            checked={value.directions.includes('request')}
            onChange={(isOn) => turn('request', isOn)}
            error={errorAt('/directions')}
            disabled={disabled}
          />
          <Checkbox
            label="Answers: what comes back, also while it streams"
            checked={value.directions.includes('response')}
            onChange={(isOn) => turn('response', isOn)}
            disabled={disabled}
          />
        </fieldset>
        <MultiSelect
          label="Channels"
          placeholder="All channels"
          options={CHANNELS}
          value={value.channels}
          onChange={(next) =>
            onChange({
              ...value,
              channels: CHANNELS.flatMap((each) => (next.includes(each.value) ? [each.value] : [])),
            })
          }
          disabled={disabled}
        />
        {kinds.length > 0 ? (
          <MultiSelect
            label="Kinds of findings"
            placeholder="All kinds"
            options={kinds.map((kind) => ({ value: kind, label: kind }))}
            value={value.kinds}
            onChange={(next) => onChange({ ...value, kinds: [...next] })}
            error={errorAt('/kinds')}
            disabled={disabled}
          />
        ) : (
          <WordsField
            label="Kinds of findings"
            placeholder="All kinds"
            hint="As its settings name them, separated by commas."
            value={value.kinds}
            onChange={(next) => onChange({ ...value, kinds: [...next] })}
            error={errorAt('/kinds')}
            disabled={disabled}
          />
        )}
        <MultiSelect
          label="Applications"
          placeholder="All applications"
          options={applications}
          value={value.applications}
          onChange={(next) => onChange({ ...value, applications: [...next] })}
          error={errorAt('/applications')}
          disabled={disabled}
        />
        <MultiSelect
          label="Groups"
          placeholder="All groups"
          options={groups}
          value={value.groups}
          onChange={(next) => onChange({ ...value, groups: [...next] })}
          error={errorAt('/groups')}
          disabled={disabled}
        />
        <WordsField
          label="Models"
          placeholder="All models"
          hint="Names separated by commas; * stands for any characters: gpt-*."
          value={value.models}
          onChange={(next) => onChange({ ...value, models: [...next] })}
          error={errorAt('/models') ?? errorAt('/models/0')}
          disabled={disabled}
        />
      </div>
    </Card>
  );
}

function Failing({ value, onChange, errorAt, disabled }: GuardrailFormProps) {
  return (
    <Card title="When it cannot look" description="Its scanner fails, or takes longer than it may.">
      <div className="grid gap-4 sm:grid-cols-2">
        <Select
          label="Then the text"
          options={[
            { value: 'block', label: 'Is stopped', hint: 'Nothing passes unseen.' },
            { value: 'allow', label: 'Passes', hint: 'The record and a response header say so.' },
          ]}
          value={value.on_error}
          onChange={(next) => onChange({ ...value, on_error: next })}
          disabled={disabled}
        />
        <NumberField
          label="It may take"
          unit="ms"
          min={1}
          max={60_000}
          step={100}
          value={value.timeout_ms}
          onChange={(next) => onChange({ ...value, timeout_ms: next ?? 2_000 })}
          error={errorAt('/timeout_ms')}
          disabled={disabled}
        />
      </div>
    </Card>
  );
}
