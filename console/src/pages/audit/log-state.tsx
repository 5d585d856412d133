/** How far the log is, and what this browser itself can show of it. */
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Count } from '../../kit/quantities.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { Stat } from '../../kit/stat.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { VerifyHere } from './verify-here.tsx';

export function LogState() {
  const log = useAsk('getLog', {}, { everyMs: 10_000 });
  const state = log.data;
  if (state === undefined)
    return log.error === null ? <Skeleton lines={6} /> : <ProblemNotice problem={log.error} />;
  const { latest } = state;
  return (
    <div className="space-y-5">
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Entries"
          value={<Count value={state.sequenced} />}
          hint="durable, each with its number"
        />
        <Stat
          label="In the tree"
          value={<Count value={state.integrated} />}
          hint={waiting(state.sequenced - state.integrated)}
        />
        <Stat
          label="Under a checkpoint"
          value={<Count value={state.published} />}
          hint={waiting(state.sequenced - state.published)}
        />
        <Stat
          label="Latest checkpoint"
          value={latest === null ? 'None yet' : <TimeText atMs={latest.atMs} form="relative" />}
          hint={
            state.quorum === 0 ? (
              'no witness is asked for'
            ) : latest?.hasQuorum === true ? (
              <Badge tone="good">Witnessed by {latest.cosigners.length}</Badge>
            ) : (
              <Badge tone="warn">Fewer witnesses than asked for</Badge>
            )
          }
        />
      </div>
      <VerifyHere />
    </div>
  );
}

function waiting(count: number): string {
  return count <= 0 ? 'all of them' : `${count} on their way: within seconds`;
}
