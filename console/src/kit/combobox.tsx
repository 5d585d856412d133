/** One or several of many, found by typing. */
import { Combobox as Base } from '@base-ui/react/combobox';
import { Check, ChevronDown, X } from 'lucide-react';
import { Field, type FieldProps } from './field.tsx';
import type { Option } from './select.tsx';

interface CommonProps extends FieldProps {
  readonly options: readonly Option[];
  readonly placeholder?: string;
  readonly emptyText?: string;
}

interface ComboboxProps extends CommonProps {
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}

const INPUT_GROUP =
  'flex min-h-9 w-full flex-wrap items-center gap-1 rounded-md border border-edge bg-surface px-1.5 focus-within:outline-2 focus-within:-outline-offset-1 focus-within:outline-focus data-invalid:border-bad';

export function Combobox(props: ComboboxProps) {
  const { value, onChange, options, placeholder } = props;
  return (
    <Field {...props}>
      <Base.Root
        items={options}
        value={options.find((option) => option.value === value) ?? null}
        onValueChange={(option) => onChange(option?.value ?? null)}
        disabled={props.disabled}
        required={props.required}
      >
        <Base.InputGroup className={INPUT_GROUP}>
          <Base.Input placeholder={placeholder} className="h-8 min-w-24 flex-1 px-1 outline-none" />
          <Base.Clear aria-label="Clear" className="rounded p-1 text-muted hover:bg-hover">
            <X aria-hidden className="size-4" />
          </Base.Clear>
          <Opener />
        </Base.InputGroup>
        <Choices emptyText={props.emptyText} />
      </Base.Root>
    </Field>
  );
}

interface MultiSelectProps extends CommonProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

export function MultiSelect(props: MultiSelectProps) {
  const { value, onChange, options, placeholder } = props;
  // What was chosen once and is no option any more stays, until somebody takes it out.
  const chosen = value.map(
    (each) => options.find((option) => option.value === each) ?? { value: each, label: each },
  );
  return (
    <Field {...props}>
      <Base.Root
        items={options}
        multiple
        value={chosen}
        isItemEqualToValue={(one: Option, other: Option) => one.value === other.value}
        onValueChange={(next) => onChange(next.map((option) => option.value))}
        disabled={props.disabled}
      >
        <Base.InputGroup className={INPUT_GROUP}>
          <Base.Chips className="flex min-w-0 flex-1 flex-wrap items-center gap-1 py-1">
            {chosen.map((option) => (
              <Base.Chip
                key={option.value}
                className="flex max-w-full items-center gap-1 rounded bg-accent-soft py-0.5 pr-0.5 pl-2 text-sm text-accent focus-visible:outline-2"
              >
                <span className="truncate">{option.label}</span>
                <Base.ChipRemove aria-label={`Remove ${option.label}`} className="rounded p-1 hover:bg-hover">
                  <X aria-hidden className="size-3" />
                </Base.ChipRemove>
              </Base.Chip>
            ))}
            <Base.Input
              placeholder={chosen.length === 0 ? placeholder : ''}
              className="h-7 min-w-20 flex-1 px-1 outline-none"
            />
          </Base.Chips>
          <Opener />
        </Base.InputGroup>
        <Choices emptyText={props.emptyText} />
      </Base.Root>
    </Field>
  );
}

function Opener() {
  return (
    <Base.Trigger aria-label="Show choices" className="rounded p-1 text-muted hover:bg-hover">
      <ChevronDown aria-hidden className="size-4" />
    </Base.Trigger>
  );
}

function Choices({ emptyText = 'Nothing matches.' }: { readonly emptyText?: string | undefined }) {
  return (
    <Base.Portal>
      <Base.Positioner sideOffset={4} className="z-50">
        <Base.Popup className="popup-frame max-h-[min(20rem,var(--available-height))] w-(--anchor-width) overflow-y-auto p-1">
          <Base.Empty>
            <div className="px-3 py-2 text-sm text-muted">{emptyText}</div>
          </Base.Empty>
          <Base.List>
            {(option: Option) => (
              <Base.Item key={option.value} value={option} className="popup-item items-start">
                <span className="mt-0.5 w-4 shrink-0">
                  <Base.ItemIndicator>
                    <Check aria-hidden className="size-4" />
                  </Base.ItemIndicator>
                </span>
                <span className="min-w-0">
                  <span className="break-words">{option.label}</span>
                  {option.hint !== undefined && (
                    <span className="block text-sm text-muted">{option.hint}</span>
                  )}
                </span>
              </Base.Item>
            )}
          </Base.List>
        </Base.Popup>
      </Base.Positioner>
    </Base.Portal>
  );
}
