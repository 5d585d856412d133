/** Whether new rows come by themselves, how many were too many, and the way to stop them. */
import { Pause, Play } from 'lucide-react';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import type { LiveRows } from './live-rows.ts';

export function LiveSwitch({ live }: { readonly live: LiveRows }) {
  const { watching, waiting, leftOut, isPaused, setPaused } = live;
  return (
    <div className="flex flex-wrap items-center gap-2">
      {leftOut > 0 && (
        <span
          className="text-sm text-muted tabular-nums"
          title="They came too fast to be shown. Search finds them."
        >
          {leftOut.toLocaleString()} left out
        </span>
      )}
      {/* Rows are too many to be read aloud; whether they come is not. */}
      <span role="status">
        {isPaused ? <Badge icon={Pause}>Paused</Badge> : <State kind={watching.kind} />}
      </span>
      <Button
        size="small"
        icon={isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        onClick={() => setPaused(!isPaused)}
      >
        {isPaused ? (waiting > 0 ? `Resume (${waiting.toLocaleString()} new)` : 'Resume') : 'Pause'}
      </Button>
    </div>
  );
}

function State({ kind }: { readonly kind: LiveRows['watching']['kind'] }) {
  switch (kind) {
    case 'live':
      return <Badge tone="good">Live</Badge>;
    case 'connecting':
      return <Badge>Connecting</Badge>;
    case 'lost':
      return <Badge tone="warn">Connection lost: trying again</Badge>;
    case 'refused':
      return <Badge tone="bad">Not live</Badge>;
    case 'off':
      return null;
  }
}
