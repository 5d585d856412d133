/** A password that is chosen: long is enough, and it can be looked at before it counts. */
import { useState } from 'react';
import { Checkbox } from '../kit/checkbox.tsx';
import { TextField } from '../kit/text-field.tsx';

interface NewPasswordProps {
  readonly label?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | undefined;
}

const MIN_CHARACTERS = 12;

export function NewPassword({ label = 'Password', value, onChange, error }: NewPasswordProps) {
  const [isShown, setShown] = useState(false);
  const missing = MIN_CHARACTERS - value.length;
  return (
    <div className="space-y-2">
      <TextField
        label={label}
        hint={
          value !== '' && missing > 0
            ? `${missing} more ${missing === 1 ? 'character' : 'characters'}.`
            : '12 characters at least. A few words in a row are good, and easy to remember.'
        }
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        required
        requiredIsPlain
        value={value}
        onChange={onChange}
        error={error}
      />
      <Checkbox label="Show it" checked={isShown} onChange={setShown} />
    </div>
  );
}
