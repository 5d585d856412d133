/** Several texts, one a line. */
import { useState } from 'react';
import type { FieldProps } from './field.tsx';
import { TextField } from './text-field.tsx';

interface LinesFieldProps extends FieldProps {
  readonly value: readonly string[];
  readonly onChange: (value: readonly string[]) => void;
}

export function LinesField({ value, onChange, ...rest }: LinesFieldProps) {
  const joined = value.join('\n');
  const [typed, setTyped] = useState(joined);
  // Where it was changed elsewhere, what was typed is gone; an empty line that was typed stays.
  const shown = linesIn(typed).join('\n') === joined ? typed : joined;
  return (
    <TextField
      {...rest}
      lines={Math.min(10, Math.max(2, value.length + 1))}
      value={shown}
      onChange={(next) => {
        setTyped(next);
        onChange(linesIn(next));
      }}
    />
  );
}

function linesIn(text: string): readonly string[] {
  return text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
}
