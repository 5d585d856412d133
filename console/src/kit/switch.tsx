/** On or off, and it takes effect at once. */
import { Field } from '@base-ui/react/field';
import { Switch as Base } from '@base-ui/react/switch';
import { FieldNotes, type FieldProps } from './field.tsx';

interface SwitchProps extends FieldProps {
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function Switch({ label, labelIsHidden, hint, error, checked, onChange, disabled }: SwitchProps) {
  return (
    <Field.Root invalid={error !== undefined} disabled={disabled} className="flex flex-col gap-1">
      <Field.Label className="flex items-center gap-2.5">
        <Base.Root
          checked={checked}
          onCheckedChange={onChange}
          className="flex h-5 w-9 shrink-0 rounded-full border border-edge bg-sunken p-px transition-colors data-checked:border-accent-fill data-checked:bg-accent-fill data-disabled:opacity-60"
        >
          <Base.Thumb className="size-4 rounded-full bg-edge transition-transform data-checked:translate-x-4 data-checked:bg-white" />
        </Base.Root>
        <span className={labelIsHidden === true ? 'sr-only' : ''}>{label}</span>
      </Field.Label>
      <div className="pl-11.5 empty:hidden">
        <FieldNotes hint={hint} error={error} />
      </div>
    </Field.Root>
  );
}
