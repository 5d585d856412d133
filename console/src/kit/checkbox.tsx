/** Yes or no, as part of a form. */
import { Checkbox as Base } from '@base-ui/react/checkbox';
import { Field } from '@base-ui/react/field';
import { Check, Minus } from 'lucide-react';
import { FieldNotes, type FieldProps } from './field.tsx';

interface CheckboxProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
  /** Some of what it stands for is chosen. */
  readonly indeterminate?: boolean;
}

export function Checkbox(props: CheckboxProps) {
  const { label, labelIsHidden, hint, error, checked, onChange, indeterminate = false } = props;
  return (
    <Field.Root invalid={error !== undefined} disabled={props.disabled} className="flex flex-col gap-1">
      <Field.Label className="flex items-start gap-2.5">
        <Base.Root
          checked={checked}
          indeterminate={indeterminate}
          onCheckedChange={onChange}
          required={props.required}
          className="mt-px grid size-[1.125rem] shrink-0 place-items-center rounded border border-edge bg-surface data-checked:border-accent-fill data-checked:bg-accent-fill data-disabled:opacity-60 data-indeterminate:border-accent-fill data-indeterminate:bg-accent-fill"
        >
          <Base.Indicator className="text-on-accent">
            {indeterminate ? (
              <Minus aria-hidden className="size-3.5" />
            ) : (
              <Check aria-hidden className="size-3.5" />
            )}
          </Base.Indicator>
        </Base.Root>
        <span className={labelIsHidden === true ? 'sr-only' : ''}>{label}</span>
      </Field.Label>
      <div className="pl-7 empty:hidden">
        <FieldNotes hint={hint} error={error} />
      </div>
    </Field.Root>
  );
}
