/** The settings of a limit: how much of what in which time, for whom. */
import { Card } from '../../kit/card.tsx';
import { MultiSelect } from '../../kit/combobox.tsx';
import { NumberField } from '../../kit/number-field.tsx';
import { Select } from '../../kit/select.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useApplications, useGroups, useProviders } from '../../part-editing/choices.ts';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { WordsField } from '../../part-editing/words-field.tsx';
import { MEASURES, PERS, type LimitValue } from './limit-value.ts';

const WINDOWS = ['second', 'minute', 'hour', 'day', 'week', 'month'] as const;
const UNITS: Readonly<Record<string, string>> = { cost_usd: 'USD', tokens: 'tokens', requests: 'requests' };

function optionsOf<Value extends string>(titles: Readonly<Record<Value, string>>) {
  return (Object.keys(titles) as Value[]).map((value) => ({ value, label: titles[value] }));
}

export function LimitForm(props: FormOf<LimitValue>) {
  const { value, onChange, errorAt, disabled, nameField } = props;
  const { window, ...open } = value;
  const unit = UNITS[value.measure];
  return (
    <div className="space-y-5">
      <Card title="How much">
        <div className="grid gap-4 sm:grid-cols-2">
          {nameField !== undefined && <div className="sm:col-span-2">{nameField}</div>}
          <Select
            label="What is counted"
            options={optionsOf(MEASURES)}
            value={value.measure}
            onChange={(measure) =>
              onChange(
                measure === 'concurrent_requests'
                  ? { ...open, measure }
                  : { ...value, measure, window: window ?? 'minute' },
              )
            }
            error={errorAt('/measure')}
            disabled={disabled}
          />
          <NumberField
            label="At most"
            {...(unit === undefined ? {} : { unit })}
            min={0}
            value={value.capacity}
            onChange={(capacity) => onChange({ ...value, capacity: capacity ?? 1 })}
            error={errorAt('/capacity')}
            disabled={disabled}
          />
          {value.measure !== 'concurrent_requests' && (
            <Select
              label="In each"
              hint="Fixed windows in UTC: a day begins at midnight."
              options={WINDOWS.map((each) => ({ value: each, label: each }))}
              value={window ?? null}
              onChange={(next) => onChange({ ...value, window: next })}
              error={errorAt('/window')}
              disabled={disabled}
            />
          )}
          <Select
            label="Counted for"
            hint="One counter for each of these."
            options={optionsOf(PERS)}
            value={value.per}
            onChange={(per) => onChange({ ...value, per })}
            error={errorAt('/per')}
            disabled={disabled}
          />
          <div className="sm:col-span-2">
            <TextField
              label="Description"
              lines={2}
              maxLength={2_000}
              value={value.description}
              onChange={(description) => onChange({ ...value, description })}
              error={errorAt('/description')}
              disabled={disabled}
            />
          </div>
        </div>
      </Card>
      <Whom {...props} />
    </div>
  );
}

function Whom({ value, onChange, errorAt, disabled }: FormOf<LimitValue>) {
  const applications = useApplications();
  const groups = useGroups();
  const providers = useProviders();
  return (
    <Card title="For whom it counts" description="Left empty: everything.">
      <div className="grid gap-4 sm:grid-cols-2">
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
        <MultiSelect
          label="Providers"
          placeholder="All providers"
          options={providers}
          value={value.providers}
          onChange={(next) => onChange({ ...value, providers: [...next] })}
          error={errorAt('/providers')}
          disabled={disabled}
        />
        <WordsField
          label="Models"
          placeholder="All models"
          hint="Separated by commas; * stands for any characters."
          value={value.models}
          onChange={(next) => onChange({ ...value, models: [...next] })}
          error={errorAt('/models') ?? errorAt('/models/0')}
          disabled={disabled}
        />
        <WordsField
          label="People, services and agents"
          placeholder="All of them"
          hint="alice, person:alice, person:*"
          value={value.principals}
          onChange={(next) => onChange({ ...value, principals: [...next] })}
          error={errorAt('/principals') ?? errorAt('/principals/0')}
          disabled={disabled}
        />
      </div>
    </Card>
  );
}
