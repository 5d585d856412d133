/** A label, what is filled in, a hint, and what is wrong with it: tied together for those who listen. */
import { Field as Base } from '@base-ui/react/field';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What every control of a form takes. */
export interface FieldProps {
  readonly label: ReactNode;
  /** For those who know what it is already: the label is read aloud, and not shown. */
  readonly labelIsHidden?: boolean;
  readonly hint?: ReactNode;
  /** What is wrong with it. */
  readonly error?: string | undefined;
  readonly required?: boolean;
  /** Where everything is required, nothing says so. */
  readonly requiredIsPlain?: boolean;
  readonly disabled?: boolean;
}

interface FrameProps extends FieldProps {
  readonly children: ReactNode;
  /** Whether the control brings its own label. */
  readonly label: ReactNode;
}

export function Field(props: FrameProps) {
  const { label, labelIsHidden, hint, error, required, requiredIsPlain, disabled, children } = props;
  return (
    <Base.Root invalid={error !== undefined} disabled={disabled} className="flex min-w-0 flex-col gap-1">
      <Base.Label className={labelIsHidden === true ? 'sr-only' : 'text-sm font-medium'}>
        {label}
        {required === true && requiredIsPlain !== true && (
          <span className="font-normal text-muted"> (required)</span>
        )}
      </Base.Label>
      {children}
      <FieldNotes hint={hint} error={error} />
    </Base.Root>
  );
}

export function FieldNotes({ hint, error }: Pick<FieldProps, 'hint' | 'error'>) {
  return (
    <>
      {hint !== undefined && <Base.Description className="text-sm text-muted">{hint}</Base.Description>}
      {error !== undefined && (
        <Base.Error match className="flex items-start gap-1 text-sm text-bad">
          <CircleAlert aria-hidden className="mt-0.5 size-3.5 shrink-0" />
          {error}
        </Base.Error>
      )}
    </>
  );
}
