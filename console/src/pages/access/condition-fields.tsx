/** Under which conditions a rule holds: gates passed, hours, days, addresses, places. */
import { Checkbox } from '../../kit/checkbox.tsx';
import { NumberField } from '../../kit/number-field.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { WordsField } from '../../part-editing/words-field.tsx';
import type { Conditions } from './cedar-rule.ts';

interface ConditionFieldsProps {
  readonly title: string;
  readonly conditions: Conditions;
  readonly isCall: boolean;
  readonly onChange: (conditions: Conditions) => void;
}

const OFFICE = { from: 8, to: 18 };

export function ConditionFields({ title, conditions, isCall, onChange }: ConditionFieldsProps) {
  const { gates, hours, workdaysOnly, addresses, region } = conditions;
  const set = (patch: Partial<Conditions>) => onChange({ ...conditions, ...patch });
  const setHours = (isLimited: boolean) => {
    const { hours: _, ...rest } = conditions;
    onChange(isLimited ? { ...rest, hours: OFFICE } : rest);
  };
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 text-sm font-medium">{title}</legend>
      <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        <WordsField
          label="Gates are passed"
          placeholder="ai-training"
          value={gates}
          onChange={(next) => set({ gates: next })}
        />
        <WordsField
          label="It calls from one of these addresses"
          placeholder="10.0.0.0/8"
          value={addresses}
          onChange={(next) => set({ addresses: next })}
        />
        {isCall && (
          <TextField
            label="The provider’s region is"
            mono
            placeholder="eu-*"
            value={region}
            onChange={(next) => set({ region: next })}
          />
        )}
        <div className="space-y-2">
          <Checkbox
            label="It is Monday to Friday (UTC)"
            checked={workdaysOnly}
            onChange={(next) => set({ workdaysOnly: next })}
          />
          <Checkbox label="It is between two hours (UTC)" checked={hours !== undefined} onChange={setHours} />
        </div>
        {hours !== undefined && (
          <>
            <NumberField
              label="From"
              unit="h"
              min={0}
              max={23}
              value={hours.from}
              onChange={(from) => set({ hours: { ...hours, from: from ?? 0 } })}
            />
            <NumberField
              label="Until"
              unit="h"
              min={0}
              max={24}
              value={hours.to}
              onChange={(to) => set({ hours: { ...hours, to: to ?? 0 } })}
            />
          </>
        )}
      </div>
    </fieldset>
  );
}
