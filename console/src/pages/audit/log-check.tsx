/** The server checks its own log: counters and heartbeats at once, everything from the first entry on where somebody asks. */
import { useRef, useState } from 'react';
import type { z } from 'zod';
import type { logReportSchema } from '@contract/api/audit.ts';
import { client, useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Progress } from '../../kit/progress.tsx';
import { Switch } from '../../kit/switch.tsx';
import { TimeText } from '../../kit/time-text.tsx';

type Report = z.infer<typeof logReportSchema>;

export function LogCheck() {
  return (
    <div className="space-y-5">
      <WholeCheck />
      <Completeness />
    </div>
  );
}

const NAMES: Readonly<Record<string, string>> = {
  leaves: 'Every entry is one',
  tiles: 'The tiles hold its hash',
  tree: 'The tree has the root that it says',
  checkpoints: 'Every checkpoint is signed and fits',
  counters: 'No number is missing, no gateway was silent',
  rows: 'The index agrees with the entries',
  purges: 'What was taken out has a purge that says so',
  beside: 'What lies beside the log is what it is committed to',
};

function WholeCheck() {
  const [isDeep, setDeep] = useState(false);
  const [progress, setProgress] = useState<{ done: number; total: number }>();
  const [report, setReport] = useState<Report>();
  const [problem, setProblem] = useState<unknown>();
  const running = useRef<AbortController>(undefined);

  async function run(): Promise<void> {
    const ended = new AbortController();
    running.current = ended;
    setReport(undefined);
    setProblem(undefined);
    setProgress({ done: 0, total: 0 });
    try {
      const query = { deep: isDeep ? 'true' : 'false' } as const;
      for await (const event of client.events('checkLog', { query, signal: ended.signal }))
        if (event.kind === 'progress') setProgress(event);
        else setReport(event.report);
    } catch (error) {
      if (!ended.signal.aborted) setProblem(error);
    }
    setProgress(undefined);
  }

  return (
    <Card
      title="The whole log"
      description="Every entry is hashed again, and tiles, checkpoints, counters and what lies beside the log are compared. By the server: for what it says of itself, see Verify."
    >
      <div className="space-y-4">
        <div className="flex flex-wrap items-center gap-4">
          <Button tone="primary" disabled={progress !== undefined} onClick={() => void run()}>
            Check the whole log
          </Button>
          <Switch
            label="Open all that lies beside the log, and not a sample alone"
            checked={isDeep}
            onChange={setDeep}
          />
        </div>
        {progress !== undefined && (
          <Progress
            label="Checking"
            value={progress.total === 0 ? null : progress.done / progress.total}
            detail={`${progress.done.toLocaleString()} of ${progress.total.toLocaleString()} entries`}
            onCancel={() => running.current?.abort()}
          />
        )}
        <ProblemNotice problem={problem} />
        {report !== undefined && <ReportOf report={report} />}
      </div>
    </Card>
  );
}

function ReportOf({ report }: { readonly report: Report }) {
  const { isIntact, size, checkpoints, purged, opened, checks } = report;
  return (
    <section aria-label="Report" className="space-y-3">
      <p
        role="status"
        className={`rounded-md p-3 font-medium ${isIntact ? 'bg-good-soft text-good' : 'bg-bad-soft text-bad'}`}
      >
        {isIntact ? 'The log is intact' : 'The log is NOT intact'}: {size.toLocaleString()} entries under{' '}
        {checkpoints.toLocaleString()} checkpoints, {purged.toLocaleString()} purged,{' '}
        {opened.toLocaleString()} opened beside their entry.
      </p>
      <ul className="space-y-1.5">
        {checks.map(({ id, failures, failureCount }) => (
          <li key={id}>
            <span className="flex items-center gap-2">
              <Badge tone={failureCount === 0 ? 'good' : 'bad'}>
                {failureCount === 0 ? 'Holds' : `${failureCount} failures`}
              </Badge>
              {NAMES[id] ?? id}
            </span>
            {failures.map(({ message, index }) => (
              <p key={`${message} ${index}`} className="pl-6 text-sm break-words text-bad">
                {message}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}

interface Instance {
  readonly instance: string;
  readonly firstSequence: number;
  readonly lastSequence: number;
  readonly entries: number;
  readonly lastAtMs: number;
  readonly lastHeartbeatMs: number | null;
  readonly isStopped: boolean;
}

const INSTANCES: readonly Column<Instance>[] = [
  { id: 'instance', title: 'Gateway or command', cell: ({ instance }) => <code>{instance}</code> },
  {
    id: 'numbers',
    title: 'Numbers',
    cell: ({ firstSequence, lastSequence }) =>
      `${firstSequence.toLocaleString()} to ${lastSequence.toLocaleString()}`,
  },
  { id: 'entries', title: 'Entries', align: 'end', cell: ({ entries }) => entries.toLocaleString() },
  {
    id: 'alive',
    title: 'Last sign of life',
    cell: ({ lastHeartbeatMs, lastAtMs }) => <TimeText atMs={lastHeartbeatMs ?? lastAtMs} form="relative" />,
  },
  {
    id: 'state',
    title: 'State',
    cell: ({ lastHeartbeatMs, isStopped }) =>
      isStopped ? (
        <Badge>Stopped, and said so</Badge>
      ) : lastHeartbeatMs === null ? (
        <Badge>Gives no heartbeat</Badge>
      ) : (
        <Badge tone="good">Alive</Badge>
      ),
    hideBelow: 'md',
  },
];

function Completeness() {
  const asked = useAsk('getCompleteness', {}, { everyMs: 30_000 });
  const { data } = asked;
  return (
    <Card
      title="Nothing left out"
      description={
        data === undefined
          ? 'Every gateway numbers its entries, and says regularly that it is there.'
          : `Of the newest ${(data.toIndex - data.fromIndex).toLocaleString()} entries: every gateway numbers its own without a gap, and says regularly that it is there.`
      }
      actions={
        data !== undefined && (
          <Badge tone={data.gapCount === 0 ? 'good' : 'bad'}>
            {data.gapCount === 0 ? 'No gap' : `${data.gapCount} gaps`}
          </Badge>
        )
      }
      flush
    >
      {data !== undefined && data.gaps.length > 0 && (
        <ul className="list-disc px-8 pb-3 text-bad">
          {data.gaps.map(({ message, index }) => (
            <li key={`${index} ${message}`} className="break-words">
              {message}
            </li>
          ))}
        </ul>
      )}
      <DataTable
        label="Gateways and their counters"
        columns={INSTANCES}
        rows={data?.instances}
        rowKey={({ instance }) => instance}
        problem={asked.error}
        onRetry={() => asked.refetch()}
        hasFixedColumns
      />
    </Card>
  );
}
