/** The way of a guardrail into force, in three steps that one sees: it watches, it acts on a share, it acts always. */
import { Check } from 'lucide-react';
import { useId } from 'react';
import { NumberField } from '../../kit/number-field.tsx';
import { rolloutText, type Rollout } from './guardrail-value.ts';

interface RolloutStepsProps {
  readonly value: Rollout;
  /** What is in force now; absent for one that is not there yet. */
  readonly inForce?: Rollout | undefined;
  readonly onChange: (rollout: Rollout) => void;
  readonly disabled: boolean;
}

const MODES = ['shadow', 'canary', 'enforce'] as const;
const STEPS = {
  shadow: { title: 'Shadow', hint: 'Records what it would do. Stops nobody.' },
  canary: { title: 'Canary', hint: 'Acts on a share of interactions, watches the others.' },
  enforce: { title: 'Enforce', hint: 'Acts on every interaction.' },
} as const;
const FIRST_SHARE = 0.1;

export function RolloutSteps({ value, inForce, onChange, disabled }: RolloutStepsProps) {
  const group = useId();
  const reached = MODES.indexOf(value.mode);
  return (
    <fieldset
      className="min-w-0 rounded-lg border border-line bg-surface p-4 shadow-card"
      disabled={disabled}
    >
      <legend className="sr-only">Rollout</legend>
      <p aria-hidden className="mb-3 flex flex-wrap items-baseline justify-between gap-x-4">
        <span className="font-semibold">Rollout</span>
        <span className="text-sm text-muted">
          {inForce === undefined ? 'Not in force yet' : `In force now: ${rolloutText(inForce)}`}
        </span>
      </p>
      <div className="grid gap-2 md:grid-cols-3">
        {MODES.map((mode, index) => (
          <Step
            key={mode}
            group={group}
            mode={mode}
            place={index}
            reached={reached}
            onChoose={() => onChange(mode === 'canary' ? { mode, share: FIRST_SHARE } : { mode })}
          />
        ))}
      </div>
      {value.mode === 'canary' && (
        <div className="mt-3 max-w-64">
          <NumberField
            label="Share of interactions"
            unit="%"
            min={0.1}
            max={99.9}
            disabled={disabled}
            value={Number((value.share * 100).toFixed(3))}
            onChange={(percent) => onChange({ mode: 'canary', share: (percent ?? 10) / 100 })}
          />
        </div>
      )}
    </fieldset>
  );
}

interface StepProps {
  readonly group: string;
  readonly mode: (typeof MODES)[number];
  readonly place: number;
  readonly reached: number;
  readonly onChoose: () => void;
}

function Step({ group, mode, place, reached, onChoose }: StepProps) {
  const { title, hint } = STEPS[mode];
  const isChosen = place === reached;
  return (
    <label
      className={`flex cursor-pointer gap-3 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus has-disabled:cursor-not-allowed ${isChosen ? 'border-accent bg-accent-soft' : 'border-edge hover:bg-hover'}`}
    >
      <input
        type="radio"
        name={group}
        checked={isChosen}
        onChange={onChoose}
        className="sr-only"
        aria-label={`${title}: ${hint}`}
      />
      <span
        aria-hidden
        className={`grid size-6 shrink-0 place-items-center rounded-full border text-sm font-semibold ${place <= reached ? 'border-accent-fill bg-accent-fill text-on-accent' : 'border-edge text-muted'}`}
      >
        {place < reached ? <Check className="size-3.5" /> : place + 1}
      </span>
      <span className="min-w-0">
        <span className="block font-medium">{title}</span>
        <span className="block text-sm text-muted">{hint}</span>
      </span>
    </label>
  );
}
