/** One of a few, all of them in sight. */
import { Field } from '@base-ui/react/field';
import { Fieldset } from '@base-ui/react/fieldset';
import { Radio } from '@base-ui/react/radio';
import { RadioGroup as Base } from '@base-ui/react/radio-group';
import { FieldNotes, type FieldProps } from './field.tsx';
import type { Option } from './select.tsx';

interface RadioGroupProps<Value extends string> extends FieldProps {
  readonly value: Value | null;
  readonly onChange: (value: Value) => void;
  readonly options: readonly Option<Value>[];
}

export function RadioGroup<Value extends string>(props: RadioGroupProps<Value>) {
  const { label, labelIsHidden, hint, error, value, onChange, options, disabled } = props;
  return (
    <Field.Root invalid={error !== undefined} disabled={disabled}>
      <Fieldset.Root
        render={
          <Base value={value} onValueChange={(chosen) => onChange(chosen as Value)} disabled={disabled} />
        }
        className="flex flex-col gap-2"
      >
        <Fieldset.Legend className={labelIsHidden === true ? 'sr-only' : 'text-sm font-medium'}>
          {label}
        </Fieldset.Legend>
        {options.map((option) => (
          <Field.Item key={option.value}>
            <Field.Label className="flex items-start gap-2.5">
              <Radio.Root
                value={option.value}
                className="mt-px grid size-[1.125rem] shrink-0 place-items-center rounded-full border border-edge bg-surface data-checked:border-accent-fill data-checked:bg-accent-fill"
              >
                <Radio.Indicator className="size-1.5 rounded-full bg-white" />
              </Radio.Root>
              <span>
                {option.label}
                {option.hint !== undefined && <span className="block text-sm text-muted">{option.hint}</span>}
              </span>
            </Field.Label>
          </Field.Item>
        ))}
        <FieldNotes hint={hint} error={error} />
      </Fieldset.Root>
    </Field.Root>
  );
}
