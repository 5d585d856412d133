/** One number, what it counts, how it moved, and the way to what it was counted from. */
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from './link.tsx';

interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** The records behind the number, below `/console`. */
  readonly to?: string;
  /** Against the time before, as a share: 0.12 is 12 % more. */
  readonly delta?: number;
  /** What the delta compares with. */
  readonly since?: string;
  /** Whether more is good news, bad news, or neither. */
  readonly more?: 'good' | 'bad' | 'neither';
  readonly hint?: ReactNode;
}

export function Stat({ label, value, to, delta, since, more = 'neither', hint }: StatProps) {
  const content = (
    <>
      <span className="block text-sm text-muted">{label}</span>
      <span className="mt-1 block text-2xl leading-tight font-semibold tabular-nums text-text">{value}</span>
      {delta !== undefined && <Delta delta={delta} more={more} since={since} />}
      {hint !== undefined && <span className="mt-1 block text-sm text-muted">{hint}</span>}
    </>
  );
  const frame = 'block min-w-0 rounded-lg border border-line bg-surface px-4 py-3 shadow-card';
  if (to === undefined) return <div className={frame}>{content}</div>;
  return (
    <Link to={to} className={`${frame} no-underline hover:border-accent`}>
      {content}
    </Link>
  );
}

interface DeltaProps {
  readonly delta: number;
  readonly more: 'good' | 'bad' | 'neither';
  readonly since: string | undefined;
}

function Delta({ delta, more, since }: DeltaProps) {
  const Icon = delta > 0 ? ArrowUpRight : delta < 0 ? ArrowDownRight : ArrowRight;
  const isGood = delta > 0 === (more === 'good');
  const color = delta === 0 || more === 'neither' ? 'text-muted' : isGood ? 'text-good' : 'text-bad';
  const share = new Intl.NumberFormat(undefined, {
    style: 'percent',
    signDisplay: 'exceptZero',
    maximumFractionDigits: Math.abs(delta) < 0.1 ? 1 : 0,
  }).format(delta);
  return (
    <span className={`mt-1 flex items-center gap-1 text-sm ${color}`}>
      <Icon aria-hidden className="size-3.5" />
      {share}
      {since !== undefined && <span className="text-muted">{since}</span>}
    </span>
  );
}
