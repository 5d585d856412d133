/** One of a few. For many, see `combobox.tsx`. */
import { Select as Base } from '@base-ui/react/select';
import { Check, ChevronsUpDown } from 'lucide-react';
import { Field, type FieldProps } from './field.tsx';

export interface Option<Value extends string = string> {
  readonly value: Value;
  readonly label: string;
  readonly hint?: string;
}

interface SelectProps<Value extends string> extends FieldProps {
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly options: readonly Option<Value>[];
  readonly placeholder?: string;
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { value, onChange, options, placeholder = 'Choose…' } = props;
  return (
    <Field {...props}>
      <Base.Root
        items={options}
        value={value}
        onValueChange={(chosen) => {
          if (chosen !== null) onChange(chosen);
        }}
        disabled={props.disabled}
        required={props.required}
        modal={false}
      >
        <Base.Trigger className="input-frame flex items-center justify-between gap-2 text-left">
          <Base.Value placeholder={placeholder} className="truncate data-placeholder:text-muted" />
          <Base.Icon className="text-muted">
            <ChevronsUpDown aria-hidden className="size-4" />
          </Base.Icon>
        </Base.Trigger>
        <Base.Portal>
          <Base.Positioner sideOffset={4} alignItemWithTrigger={false} className="z-50">
            <Base.Popup className="popup-frame max-h-(--available-height) min-w-(--anchor-width) max-w-[min(28rem,90vw)] overflow-y-auto p-1">
              <Base.List>
                {options.map((option) => (
                  <Base.Item key={option.value} value={option.value} className="popup-item items-start">
                    <span className="mt-0.5 w-4 shrink-0">
                      <Base.ItemIndicator>
                        <Check aria-hidden className="size-4" />
                      </Base.ItemIndicator>
                    </span>
                    <span className="min-w-0">
                      <Base.ItemText>{option.label}</Base.ItemText>
                      {option.hint !== undefined && (
                        <span className="block text-sm text-muted">{option.hint}</span>
                      )}
                    </span>
                  </Base.Item>
                ))}
              </Base.List>
            </Base.Popup>
          </Base.Positioner>
        </Base.Portal>
      </Base.Root>
    </Field>
  );
}
