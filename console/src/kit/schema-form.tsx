/** A form drawn from a JSON Schema, such as `z.toJSONSchema` makes: for what plug-ins describe and no page knows beforehand. */
import { Plus, Trash2 } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { MultiSelect } from './combobox.tsx';
import { IconButton } from './icon-button.tsx';
import {
  branchesOf,
  choicesOf,
  emptyOf,
  kindOf,
  pointerTo,
  titleOf,
  type Json,
  type JsonObject,
  type Schema,
} from './json-schema.ts';
import { LinesField } from './lines-field.tsx';
import { NumberField } from './number-field.tsx';
import { boundsOf, hintOf, listOf, numberOf, objectOf, textOf } from './schema-values.ts';
import { Select } from './select.tsx';
import { TextField } from './text-field.tsx';

interface SchemaFormProps {
  readonly schema: Schema;
  readonly value: JsonObject;
  readonly onChange: (value: JsonObject) => void;
  /** What is wrong, by JSON pointer within the value: see `errorAt`. */
  readonly errorAt?: (pointer: string) => string | undefined;
  readonly disabled?: boolean;
}

export function SchemaForm({ schema, value, onChange, errorAt, disabled = false }: SchemaFormProps) {
  return (
    <Properties
      schema={schema}
      value={value}
      onChange={onChange}
      pointer=""
      errorAt={errorAt ?? (() => undefined)}
      disabled={disabled}
    />
  );
}

interface NodeProps {
  readonly name: string;
  readonly schema: Schema;
  readonly value: Json | undefined;
  readonly onChange: (value: Json | undefined) => void;
  readonly pointer: string;
  readonly required: boolean;
  readonly errorAt: (pointer: string) => string | undefined;
  readonly disabled: boolean;
}

interface PropertiesProps extends Omit<NodeProps, 'name' | 'required' | 'value' | 'onChange'> {
  readonly value: JsonObject;
  readonly onChange: (value: JsonObject) => void;
}

function Properties({ schema, value, onChange, pointer, errorAt, disabled }: PropertiesProps) {
  const required = new Set(schema.required ?? []);
  return (
    <div className="space-y-4">
      {Object.entries(schema.properties ?? {}).map(([name, part]) => (
        <Node
          key={name}
          name={name}
          schema={part}
          value={value[name]}
          onChange={(next) => onChange(withKey(value, name, next))}
          pointer={pointerTo(pointer, name)}
          required={required.has(name) && part.default === undefined}
          errorAt={errorAt}
          disabled={disabled}
        />
      ))}
    </div>
  );
}

function withKey(value: JsonObject, name: string, next: Json | undefined): JsonObject {
  const { [name]: _, ...rest } = value;
  return next === undefined ? rest : { ...value, [name]: next };
}

function Node(props: NodeProps) {
  const { name, schema, value, onChange, pointer, required, errorAt, disabled } = props;
  const field = {
    label: titleOf(name, schema),
    hint: hintOf(schema),
    error: errorAt(pointer),
    required,
    disabled,
  };
  switch (kindOf(schema)) {
    case 'constant':
      return null;
    case 'boolean':
      return (
        <Checkbox
          {...field}
          required={false}
          checked={(value ?? schema.default) === true}
          onChange={onChange}
        />
      );
    case 'choice':
      return (
        <Select
          {...field}
          options={choicesOf(schema).map((each) => ({ value: each, label: each.replaceAll('_', ' ') }))}
          value={textOf(value ?? schema.default) ?? null}
          onChange={onChange}
        />
      );
    case 'number':
      return (
        <NumberField
          {...field}
          value={numberOf(value ?? schema.default)}
          onChange={(next) => onChange(next ?? undefined)}
          step={schema.type === 'integer' ? 1 : 0.1}
          {...boundsOf(schema)}
        />
      );
    case 'text':
      return (
        <TextField
          {...field}
          value={textOf(value) ?? ''}
          placeholder={textOf(schema.default) ?? ''}
          onChange={(next) => onChange(next === '' && !required ? undefined : next)}
          lines={(schema.maxLength ?? 0) > 400 ? 3 : 1}
        />
      );
    case 'choices':
      return (
        <MultiSelect
          {...field}
          options={choicesOf(schema.items ?? {}).map((each) => ({ value: each, label: each }))}
          value={listOf(value ?? schema.default).flatMap((each) => textOf(each) ?? [])}
          onChange={(next) => onChange([...next])}
        />
      );
    case 'list':
      return kindOf(schema.items ?? {}) === 'text' ? <Lines {...props} /> : <List {...props} />;
    case 'object':
      return (
        <Group {...field}>
          <Properties {...props} value={objectOf(value)} onChange={onChange} />
        </Group>
      );
    case 'record':
      return <Entries {...props} />;
    case 'branches':
      return <Branches {...props} />;
    case 'anything':
      return <AnyJson {...props} />;
  }
}

interface GroupProps {
  readonly label: string;
  readonly hint: ReactNode;
  readonly error: string | undefined;
  readonly children: ReactNode;
}

function Group({ label, hint, error, children }: GroupProps) {
  const id = useId();
  return (
    <fieldset aria-describedby={id} className="min-w-0 rounded-md border border-line p-4 pt-2">
      <legend className="px-1 text-sm font-medium">{label}</legend>
      <div id={id} className="mb-2 text-sm text-muted empty:hidden">
        {hint}
        {error !== undefined && <p className="text-bad">{error}</p>}
      </div>
      {children}
    </fieldset>
  );
}

/** Many texts are pasted, not added one by one. */
function Lines({ name, schema, value, onChange, pointer, required, errorAt, disabled }: NodeProps) {
  const items = listOf(value ?? schema.default).flatMap((item) => textOf(item) ?? []);
  const errors = items.flatMap((item, index) => {
    const error = errorAt(pointerTo(pointer, String(index)));
    return error === undefined ? [] : [`${item}: ${error}`];
  });
  return (
    <LinesField
      label={titleOf(name, schema)}
      hint={hintOf(schema) ?? 'One a line.'}
      error={errorAt(pointer) ?? errors[0]}
      required={required}
      disabled={disabled}
      value={items}
      onChange={(next) => onChange([...next])}
    />
  );
}

function List({ name, schema, value, onChange, pointer, errorAt, disabled }: NodeProps) {
  const items = listOf(value ?? schema.default);
  const itemSchema = schema.items ?? {};
  const isFull = schema.maxItems !== undefined && items.length >= schema.maxItems;
  return (
    <Group label={titleOf(name, schema)} hint={hintOf(schema)} error={errorAt(pointer)}>
      <div className="space-y-3">
        {items.map((item, index) => (
          // An item of a list has no name but its place.
          <div key={index} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <Node
                name={`${titleOf(name, schema)} ${index + 1}`}
                schema={itemSchema}
                value={item}
                onChange={(next) => onChange(items.with(index, next ?? emptyOf(itemSchema)))}
                pointer={pointerTo(pointer, String(index))}
                required
                errorAt={errorAt}
                disabled={disabled}
              />
            </div>
            <IconButton
              size="small"
              label={`Remove ${index + 1}`}
              icon={<Trash2 aria-hidden />}
              className="mt-6"
              disabled={disabled}
              onClick={() => onChange(items.toSpliced(index, 1))}
            />
          </div>
        ))}
        <Button
          size="small"
          icon={<Plus aria-hidden />}
          disabled={disabled || isFull}
          onClick={() => onChange([...items, emptyOf(itemSchema)])}
        >
          Add
        </Button>
      </div>
    </Group>
  );
}

function Entries({ name, schema, value, onChange, pointer, errorAt, disabled }: NodeProps) {
  const entries = objectOf(value ?? schema.default);
  const [key, setKey] = useState('');
  const part = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return (
    <Group label={titleOf(name, schema)} hint={hintOf(schema)} error={errorAt(pointer)}>
      <div className="space-y-3">
        {Object.entries(entries).map(([entry, held]) => (
          <div key={entry} className="flex items-start gap-2">
            <div className="min-w-0 flex-1">
              <Node
                name={entry}
                schema={{ ...part, title: entry }}
                value={held}
                onChange={(next) => onChange(withKey(entries, entry, next ?? emptyOf(part)))}
                pointer={pointerTo(pointer, entry)}
                required
                errorAt={errorAt}
                disabled={disabled}
              />
            </div>
            <IconButton
              size="small"
              label={`Remove ${entry}`}
              icon={<Trash2 aria-hidden />}
              className="mt-6"
              disabled={disabled}
              onClick={() => onChange(withKey(entries, entry, undefined))}
            />
          </div>
        ))}
        <div className="flex items-end gap-2">
          <TextField label="New name" value={key} onChange={setKey} disabled={disabled} mono />
          <Button
            icon={<Plus aria-hidden />}
            disabled={disabled || key === '' || key in entries}
            onClick={() => {
              onChange({ ...entries, [key]: emptyOf(part) });
              setKey('');
            }}
          >
            Add
          </Button>
        </div>
      </div>
    </Group>
  );
}

/** One of several forms: which one is chosen first. */
function Branches(props: NodeProps) {
  const { name, schema, value, onChange, pointer, errorAt, disabled, required } = props;
  const branches = branchesOf(schema);
  const found = branches.findIndex((branch) => branch.matches(value));
  const chosen = branches[found];
  return (
    <Group label={titleOf(name, schema)} hint={hintOf(schema)} error={errorAt(pointer)}>
      <div className="space-y-4">
        <Select
          label="Kind"
          required={required}
          disabled={disabled}
          options={branches.map((branch, index) => ({ value: String(index), label: branch.title }))}
          value={found === -1 ? null : String(found)}
          onChange={(index) => onChange(branches[Number(index)]?.initial())}
        />
        {chosen !== undefined &&
          (kindOf(chosen.schema) === 'object' ? (
            <Properties {...props} schema={chosen.schema} value={objectOf(value)} onChange={onChange} />
          ) : (
            <Node {...props} name="Value" schema={chosen.schema} errorAt={() => undefined} />
          ))}
      </div>
    </Group>
  );
}

/** Whatever it may be, as JSON. */
function AnyJson({ name, schema, value, onChange, pointer, errorAt, required, disabled }: NodeProps) {
  const [text, setText] = useState(() => (value === undefined ? '' : JSON.stringify(value, null, 2)));
  const [isBroken, setBroken] = useState(false);
  return (
    <TextField
      label={titleOf(name, schema)}
      hint={hintOf(schema) ?? 'JSON'}
      error={isBroken ? 'This is not JSON yet.' : errorAt(pointer)}
      required={required}
      disabled={disabled}
      lines={4}
      mono
      value={text}
      onChange={(next) => {
        setText(next);
        try {
          onChange(next.trim() === '' ? undefined : (JSON.parse(next) as Json));
          setBroken(false);
        } catch {
          // Not yet: it is being typed.
          setBroken(true);
        }
      }}
    />
  );
}
