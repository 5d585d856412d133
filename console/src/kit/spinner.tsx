/** That something is going on, and the shape of what is to come. */
import { LoaderCircle } from 'lucide-react';
import { classNames } from './class-names.ts';

/** Without `label` it says nothing: what is around it does. */
export function Spinner({ label, className }: { readonly label?: string; readonly className?: string }) {
  return (
    <span role={label === undefined ? undefined : 'status'} className="inline-flex items-center gap-2">
      <LoaderCircle aria-hidden className={classNames('size-4 animate-spin', className)} />
      {label !== undefined && <span className="text-muted">{label}</span>}
    </span>
  );
}

interface SkeletonProps {
  readonly lines?: number;
  readonly className?: string;
}

export function Skeleton({ lines = 1, className }: SkeletonProps) {
  return (
    <div role="status" aria-label="Loading" className={classNames('space-y-2', className)}>
      {Array.from({ length: lines }, (_, line) => (
        <div
          key={line}
          className={classNames('h-4 animate-shimmer rounded bg-sunken', line % 3 === 2 && 'w-2/3')}
        />
      ))}
    </div>
  );
}
