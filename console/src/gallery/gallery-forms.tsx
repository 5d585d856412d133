/** The parts of the kit that are filled in. */
import { useState } from 'react';
import { Card } from '../kit/card.tsx';
import { Checkbox } from '../kit/checkbox.tsx';
import { Combobox, MultiSelect } from '../kit/combobox.tsx';
import type { JsonObject, Schema } from '../kit/json-schema.ts';
import { NumberField } from '../kit/number-field.tsx';
import { RadioGroup } from '../kit/radio-group.tsx';
import { SchemaForm } from '../kit/schema-form.tsx';
import { Select } from '../kit/select.tsx';
import { Switch } from '../kit/switch.tsx';
import { TextField } from '../kit/text-field.tsx';

const ACTIONS = [
  { value: 'flag', label: 'Flag', hint: 'Let it pass and say so' },
  { value: 'redact', label: 'Redact' },
  { value: 'block', label: 'Block', hint: 'Refuse the request' },
] as const;

export function FormGallery() {
  const [name, setName] = useState('personal data');
  const [action, setAction] = useState<'flag' | 'redact' | 'block'>('redact');
  const [people, setPeople] = useState<readonly string[]>(['flag']);
  const [one, setOne] = useState<string | null>(null);
  const [count, setCount] = useState<number | null>(20);
  const [isOn, setOn] = useState(true);
  return (
    <Card title="What is filled in" description="Labels, hints, errors">
      <div className="grid gap-4 sm:grid-cols-2">
        <TextField
          label="Name"
          required
          value={name}
          onChange={setName}
          error={name.includes(' ') ? 'No spaces.' : undefined}
          hint="Letters, digits and dashes."
        />
        <NumberField
          label="Requests a minute"
          value={count}
          onChange={setCount}
          min={1}
          max={1_000}
          unit="per minute"
        />
        <Select label="Action" options={ACTIONS} value={action} onChange={setAction} />
        <Combobox
          label="Application"
          options={ACTIONS}
          value={one}
          onChange={setOne}
          placeholder="Type to find"
        />
        <div className="sm:col-span-2">
          <MultiSelect label="Groups" options={ACTIONS} value={people} onChange={setPeople} />
        </div>
        <RadioGroup label="Where it applies" options={ACTIONS} value={action} onChange={setAction} />
        <div className="space-y-4">
          <Checkbox label="Scan answers too" checked={isOn} onChange={setOn} hint="While they stream." />
          <Switch label="In force" checked={isOn} onChange={setOn} />
          <Switch label="Disabled" checked={false} onChange={setOn} disabled />
        </div>
        <div className="sm:col-span-2">
          <TextField label="Reason" value="" onChange={() => undefined} lines={2} placeholder="Why" />
        </div>
      </div>
    </Card>
  );
}

const SCHEMA: Schema = {
  type: 'object',
  required: ['entities', 'threshold'],
  properties: {
    entities: {
      type: 'array',
      items: { enum: ['EMAIL_ADDRESS', 'PERSON'] },
      description: 'What to look for.',
    },
    threshold: { type: 'number', minimum: 0, maximum: 1, default: 0.6 },
    language: { enum: ['en', 'de'], default: 'en' },
    allowList: { type: 'array', items: { type: 'string' }, description: 'Never a finding.' },
    partial: { type: 'boolean', default: false },
    labels: { type: 'object', additionalProperties: { type: 'string' } },
    window: { type: 'object', properties: { maxBytes: { type: 'integer', minimum: 1 } } },
    source: {
      anyOf: [
        { type: 'object', properties: { kind: { const: 'built_in' } }, required: ['kind'] },
        {
          type: 'object',
          properties: { kind: { const: 'http' }, url: { type: 'string' } },
          required: ['kind', 'url'],
        },
      ],
    },
  },
};

export function SchemaGallery() {
  const [value, setValue] = useState<JsonObject>({
    entities: ['PERSON'],
    allowList: ['Bartizan'],
    labels: { team: 'security' },
    source: { kind: 'http', url: 'ftp://' },
  });
  return (
    <Card title="A form from a schema">
      <SchemaForm
        schema={SCHEMA}
        value={value}
        onChange={setValue}
        errorAt={(pointer) => (pointer === '/source/url' ? 'It has to begin with https.' : undefined)}
      />
    </Card>
  );
}
