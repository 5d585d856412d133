/** Several words that nobody knows beforehand: separated by commas or spaces. */
import { useState } from 'react';
import type { FieldProps } from '../kit/field.tsx';
import { TextField } from '../kit/text-field.tsx';

interface WordsFieldProps extends FieldProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
  readonly placeholder?: string;
}

export function WordsField({ value, onChange, ...rest }: WordsFieldProps) {
  const joined = value.join(', ');
  const [typed, setTyped] = useState(joined);
  // Somebody else changed it: what was typed is another way to write what is there, or it is gone.
  const shown = wordsIn(typed).join(', ') === joined ? typed : joined;
  return (
    <TextField
      {...rest}
      mono
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(wordsIn(next));
      }}
    />
  );
}

function wordsIn(text: string): readonly string[] {
  return [...new Set(text.split(/[,\s]+/).filter((word) => word !== ''))];
}
