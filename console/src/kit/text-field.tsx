/** A line of text, or several. */
import { Field as Base } from '@base-ui/react/field';
import type { HTMLInputTypeAttribute, KeyboardEvent } from 'react';
import { classNames } from './class-names.ts';
import { Field, type FieldProps } from './field.tsx';

export interface TextFieldProps extends FieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly type?: HTMLInputTypeAttribute;
  readonly placeholder?: string;
  readonly autoComplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email' | 'url' | 'search';
  readonly maxLength?: number;
  readonly name?: string;
  /** More than one: a box of so many lines. */
  readonly lines?: number;
  /** For identifiers and codes. */
  readonly mono?: boolean;
  readonly readOnly?: boolean;
  readonly autoFocus?: boolean;
  readonly onKeyDown?: (event: KeyboardEvent<HTMLInputElement>) => void;
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, lines = 1, mono = false, type = 'text', onKeyDown } = props;
  return (
    <Field {...props}>
      <Base.Control
        value={value}
        onValueChange={onChange}
        onKeyDown={onKeyDown}
        name={props.name}
        required={props.required}
        readOnly={props.readOnly}
        placeholder={props.placeholder}
        autoComplete={props.autoComplete ?? 'off'}
        inputMode={props.inputMode}
        maxLength={props.maxLength}
        autoFocus={props.autoFocus}
        spellCheck={mono ? false : undefined}
        {...(lines > 1 ? { render: <textarea rows={lines} /> } : { type })}
        className={classNames('input-frame', lines > 1 && 'h-auto py-2', mono && 'font-mono text-sm')}
      />
    </Field>
  );
}
