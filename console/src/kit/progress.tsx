/** Work that takes its time: how far it is, and the way to stop it. */
import { Progress as Base } from '@base-ui/react/progress';
import { Button } from './button.tsx';

interface ProgressProps {
  readonly label: string;
  /** From 0 to 1; null where nobody knows. */
  readonly value: number | null;
  /** `1,200 of 8,000 interactions` */
  readonly detail?: string;
  readonly onCancel?: () => unknown;
}

export function Progress({ label, value, detail, onCancel }: ProgressProps) {
  return (
    <div className="flex items-end gap-3">
      <Base.Root
        value={value === null ? null : value * 100}
        className="grid min-w-0 flex-1 grid-cols-[1fr_auto] gap-x-3 gap-y-1.5"
      >
        <Base.Label className="text-sm font-medium">{label}</Base.Label>
        <span className="text-sm tabular-nums text-muted">
          {detail ?? (value === null ? '' : `${Math.floor(value * 100)} %`)}
        </span>
        <Base.Track className="col-span-2 h-1.5 overflow-hidden rounded-full bg-line">
          <Base.Indicator className="h-full rounded-full bg-accent-fill transition-[width] data-indeterminate:w-1/3 data-indeterminate:animate-shimmer" />
        </Base.Track>
      </Base.Root>
      {onCancel !== undefined && (
        <Button size="small" onClick={onCancel}>
          Cancel
        </Button>
      )}
    </div>
  );
}
