/** A number within its bounds: typed, or stepped with the arrow keys. */
import { NumberField as Base } from '@base-ui/react/number-field';
import { Minus, Plus } from 'lucide-react';
import { Field, type FieldProps } from './field.tsx';

interface NumberFieldProps extends FieldProps {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** What it counts, behind the number. */
  readonly unit?: string;
}

const STEP =
  'grid w-9 shrink-0 place-items-center border-edge text-muted hover:bg-hover hover:text-text data-disabled:opacity-50';

export function NumberField(props: NumberFieldProps) {
  const { value, onChange, min, max, step = 1, unit } = props;
  return (
    <Field {...props}>
      <Base.Root
        value={value}
        onValueChange={onChange}
        min={min}
        max={max}
        step={step}
        required={props.required}
        disabled={props.disabled}
        format={{ maximumFractionDigits: 6 }}
      >
        <Base.Group className="flex h-9 w-full overflow-hidden rounded-md border border-edge bg-surface focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus data-invalid:border-bad">
          <Base.Decrement className={`${STEP} border-r`} aria-label="Less">
            <Minus aria-hidden className="size-3.5" />
          </Base.Decrement>
          <Base.Input className="min-w-0 flex-1 px-2.5 tabular-nums outline-none" />
          {unit !== undefined && <span className="self-center pr-2.5 text-sm text-muted">{unit}</span>}
          <Base.Increment className={`${STEP} border-l`} aria-label="More">
            <Plus aria-hidden className="size-3.5" />
          </Base.Increment>
        </Base.Group>
      </Base.Root>
    </Field>
  );
}
