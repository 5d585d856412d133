/** Whom a rule is about, and which models. */
import { MultiSelect } from '../../kit/combobox.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useGroups, useModels, useProviders } from '../../part-editing/choices.ts';
import type { What, Who } from './cedar-rule.ts';

const WHO = [
  { value: 'anyone', label: 'Anyone' },
  { value: 'kind', label: 'Everybody of a kind' },
  { value: 'group', label: 'A group' },
  { value: 'one', label: 'One principal' },
] as const;

const KINDS = [
  { value: 'Person', label: 'Person' },
  { value: 'Service', label: 'Service' },
  { value: 'Agent', label: 'Agent' },
] as const;

const WHOM: Readonly<Record<Who['kind'], Who>> = {
  anyone: { kind: 'anyone' },
  kind: { kind: 'kind', of: 'Person' },
  group: { kind: 'group', group: '' },
  one: { kind: 'one', of: 'Person', id: '' },
};

export function WhoFields({ who, onChange }: { readonly who: Who; readonly onChange: (who: Who) => void }) {
  const groups = useGroups();
  return (
    <>
      <Select label="Who" options={WHO} value={who.kind} onChange={(kind) => onChange(WHOM[kind])} />
      {(who.kind === 'kind' || who.kind === 'one') && (
        <Select
          label="Of which kind"
          options={KINDS}
          value={who.of}
          onChange={(of) => onChange({ ...who, of })}
        />
      )}
      {who.kind === 'group' && (
        <Select
          label="Which group"
          required
          options={groups}
          value={who.group === '' ? null : who.group}
          onChange={(group) => onChange({ kind: 'group', group })}
        />
      )}
      {who.kind === 'one' && (
        <TextField
          label="Which principal"
          required
          mono
          placeholder="ada@example.com"
          value={who.id}
          onChange={(id) => onChange({ ...who, id })}
        />
      )}
    </>
  );
}

const WHAT = [
  { value: 'any', label: 'Any model' },
  { value: 'models', label: 'Certain models' },
  { value: 'label', label: 'Models with a label' },
  { value: 'provider', label: 'Models of a provider' },
] as const;

const WHICH: Readonly<Record<What['kind'], What>> = {
  any: { kind: 'any' },
  models: { kind: 'models', models: [] },
  label: { kind: 'label', label: '' },
  provider: { kind: 'provider', provider: '' },
};

export function WhatFields({
  what,
  onChange,
}: {
  readonly what: What;
  readonly onChange: (what: What) => void;
}) {
  const models = useModels();
  const providers = useProviders();
  return (
    <>
      <Select label="Models" options={WHAT} value={what.kind} onChange={(kind) => onChange(WHICH[kind])} />
      {what.kind === 'models' && (
        <MultiSelect
          label="Which models"
          required
          options={models}
          value={what.models}
          onChange={(next) => onChange({ kind: 'models', models: next })}
        />
      )}
      {what.kind === 'label' && (
        <TextField
          label="Which label"
          required
          mono
          value={what.label}
          onChange={(label) => onChange({ kind: 'label', label })}
        />
      )}
      {what.kind === 'provider' && (
        <Select
          label="Which provider"
          required
          options={providers}
          value={what.provider === '' ? null : what.provider}
          onChange={(provider) => onChange({ kind: 'provider', provider })}
        />
      )}
    </>
  );
}
