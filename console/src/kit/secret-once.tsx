/** A secret that is shown now and never again. */
import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { CopyButton } from './copy-button.tsx';

interface SecretOnceProps {
  readonly label: string;
  readonly secret: string;
  readonly children?: ReactNode;
}

export function SecretOnce({ label, secret, children }: SecretOnceProps) {
  return (
    <div role="group" aria-label={label} className="rounded-md border border-warn bg-warn-soft p-3">
      <p className="flex items-center gap-2 text-sm font-medium text-warn">
        <KeyRound aria-hidden className="size-4" />
        {label}: shown once. Keep it now.
      </p>
      <div className="mt-2 flex items-start gap-2">
        <code className="min-w-0 flex-1 rounded border border-line bg-surface px-2.5 py-1.5 break-all whitespace-pre-wrap select-all">
          {secret}
        </code>
        <CopyButton text={secret} label={`Copy ${label}`} />
      </div>
      {children !== undefined && <div className="mt-2 text-sm">{children}</div>}
    </div>
  );
}
