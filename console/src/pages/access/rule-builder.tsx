/** A rule put together by choosing; it is written as Cedar text, which counts. */
import { Plus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../kit/button.tsx';
import { MultiSelect } from '../../kit/combobox.tsx';
import { Select } from '../../kit/select.tsx';
import { useApplications } from '../../part-editing/choices.ts';
import { cedarOf, isWhole, NEW_RULE, type Rule } from './cedar-rule.ts';
import { ConditionFields } from './condition-fields.tsx';
import { WhatFields, WhoFields } from './rule-fields.tsx';

interface RuleBuilderProps {
  /** From the beginning. */
  readonly isOpen: boolean;
  readonly onAdd: (cedar: string) => void;
}

const EFFECTS = [
  { value: 'permit', label: 'Permit', hint: 'What nothing permits is denied.' },
  { value: 'forbid', label: 'Forbid', hint: 'One forbid beats every permit.' },
] as const;

const ACTIONS = [
  { value: 'call_model', label: 'to call models' },
  {
    value: 'reidentify',
    label: 'to read answers in clear',
    hint: 'What stood in for personal data is put back.',
  },
  { value: 'both', label: 'both' },
] as const;

export function RuleBuilder({ isOpen, onAdd }: RuleBuilderProps) {
  const [isShown, setShown] = useState(isOpen);
  const [rule, setRule] = useState(NEW_RULE);
  const applications = useApplications();
  const set = (patch: Partial<Rule>) => setRule({ ...rule, ...patch });
  const cedar = cedarOf(rule);
  if (!isShown)
    return (
      <Button icon={<Plus aria-hidden />} onClick={() => setShown(true)}>
        Add a rule by choosing
      </Button>
    );
  return (
    <fieldset className="min-w-0 space-y-4 rounded-md border border-line p-4 pt-2">
      <legend className="px-1 text-sm font-medium">A rule by choosing</legend>
      <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
        <Select label="Effect" options={EFFECTS} value={rule.effect} onChange={(effect) => set({ effect })} />
        <WhoFields who={rule.who} onChange={(who) => set({ who })} />
        <Select label="What" options={ACTIONS} value={rule.action} onChange={(action) => set({ action })} />
        {rule.action === 'call_model' && <WhatFields what={rule.what} onChange={(what) => set({ what })} />}
        <MultiSelect
          label="Through which application"
          placeholder="Any"
          options={applications}
          value={rule.applications}
          onChange={(next) => set({ applications: next })}
        />
      </div>
      <ConditionFields
        title={rule.effect === 'permit' ? 'Only where' : 'Except where'}
        conditions={rule.conditions}
        isCall={rule.action === 'call_model'}
        onChange={(conditions) => set({ conditions })}
      />
      <pre
        tabIndex={0}
        aria-label="The rule as Cedar text"
        className="overflow-x-auto rounded-md bg-sunken p-3 font-mono text-sm"
      >
        {cedar}
      </pre>
      <div className="flex flex-wrap gap-2">
        <Button
          disabled={!isWhole(rule)}
          onClick={() => {
            onAdd(cedar);
            setRule(NEW_RULE);
            setShown(false);
          }}
        >
          Add it to the text
        </Button>
        <Button tone="quiet" onClick={() => setShown(false)}>
          Close
        </Button>
      </div>
    </fieldset>
  );
}
