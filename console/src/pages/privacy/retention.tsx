/** How long the record keeps what, what laws and the house say of that, and what would go now. */
import { useState } from 'react';
import type { z } from 'zod';
import type { purgedSchema, regimeSchema, retentionClassSchema } from '@contract/api/privacy.ts';
import { useAsk, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { useMay } from '../../session/session.ts';

type Kept = z.infer<typeof retentionClassSchema>;
type Regime = z.infer<typeof regimeSchema>;
type Purged = z.infer<typeof purgedSchema>;

const NAMES: Readonly<Record<Purged['class'], string>> = {
  interactions: 'Interactions',
  identities: 'Who they were about',
  content: 'What was said',
  administration: 'What administrators did',
  entries: 'Whole entries',
};

function Provisions({ provisions }: { readonly provisions: Kept['floors'] }) {
  if (provisions.length === 0) return <span className="text-muted">none</span>;
  return provisions.map(({ regime, application, duration }) => (
    <span key={`${regime} ${application}`} className="block">
      {duration}{' '}
      <span className="text-sm text-muted">
        ({regime}, {application})
      </span>
    </span>
  ));
}

const COLUMNS: readonly Column<Kept>[] = [
  {
    id: 'class',
    title: 'What',
    cell: ({ class: what }) => <span className="font-medium">{NAMES[what]}</span>,
  },
  {
    id: 'duration',
    title: 'Is kept',
    cell: ({ duration }) => duration ?? <Badge tone="warn">Without an end</Badge>,
  },
  {
    id: 'before',
    title: 'Goes now from before',
    cell: ({ cutOffMs }) => (cutOffMs === null ? 'nothing' : <TimeText atMs={cutOffMs} />),
    hideBelow: 'md',
  },
  {
    id: 'floors',
    title: 'At least',
    cell: ({ floors }) => <Provisions provisions={floors} />,
    hideBelow: 'md',
  },
  {
    id: 'ceilings',
    title: 'At most',
    cell: ({ ceilings }) => <Provisions provisions={ceilings} />,
    hideBelow: 'md',
  },
];

export function Retention() {
  const retention = useAsk('getRetention');
  const mayPurge = useMay('retention.write');
  const mayConfigure = useMay('settings.write');
  return (
    <div className="space-y-5">
      <Card
        title="What is kept how long"
        description="As the configuration says. What has had its time goes once a day, and the record says what went; legal holds win."
        actions={mayConfigure && <Link to="/settings/configuration">Change it</Link>}
        flush
      >
        <DataTable
          label="What is kept how long"
          columns={COLUMNS}
          rows={retention.data?.classes}
          rowKey={({ class: what }) => what}
          problem={retention.error}
          onRetry={() => retention.refetch()}
          hasFixedColumns
        />
      </Card>
      {mayPurge && <PurgeNow />}
      {retention.data !== undefined && (
        <Regimes date={retention.data.packDate} regimes={retention.data.regimes} />
      )}
    </div>
  );
}

const PURGED: readonly Column<Purged>[] = [
  { id: 'class', title: 'What', cell: ({ class: what }) => NAMES[what] },
  { id: 'entries', title: 'Entries', align: 'end', cell: ({ entries }) => entries.toLocaleString() },
  {
    id: 'range',
    title: 'Between',
    cell: ({ firstIndex, lastIndex }) => `${firstIndex.toLocaleString()} and ${lastIndex.toLocaleString()}`,
  },
  {
    id: 'before',
    title: 'From before',
    cell: ({ cutOffMs }) => <TimeText atMs={cutOffMs} />,
    hideBelow: 'md',
  },
];

function PurgeNow() {
  const plan = useChange('planPurge');
  const purge = useChange('runPurge', ['getSealedData', 'getRetention']);
  const [planned, setPlanned] = useState<readonly Purged[]>();
  return (
    <Card
      title="What would go now"
      description="A look changes nothing."
      actions={
        <Button size="small" onClick={async () => setPlanned((await plan.mutateAsync({})).items)}>
          Look
        </Button>
      }
      flush
    >
      {planned !== undefined && (
        <DataTable
          label="What would go now"
          columns={PURGED}
          rows={planned}
          rowKey={({ class: what, firstIndex }) => `${what} ${firstIndex}`}
          hasFixedColumns
          empty={
            <EmptyState title="Nothing has had its time">
              Whatever is in the record is younger than its retention says, or held.
            </EmptyState>
          }
        />
      )}
      {planned !== undefined && planned.length > 0 && (
        <div className="px-4 py-3">
          <ConfirmDialog
            title="Purge now"
            description="What is listed is removed for good, and the record says so."
            confirm="Purge"
            name="purge"
            trigger={<Button tone="danger">Purge now…</Button>}
            onConfirm={async () => {
              const { items } = await purge.mutateAsync({});
              setPlanned(undefined);
              tell('Purged', `${items.reduce((sum, { entries }) => sum + entries, 0)} entries.`);
            }}
          />
        </div>
      )}
    </Card>
  );
}

function Regimes({ date, regimes }: { readonly date: string; readonly regimes: readonly Regime[] }) {
  const inUse = regimes.toSorted((one, other) => other.applications.length - one.applications.length);
  return (
    <Card
      title="Regimes"
      description={`What applications can be labelled with, and what each asks for. As of ${date}; no legal advice.`}
    >
      <ul className="divide-y divide-line">
        {inUse.map((regime) => (
          <li key={regime.id} className="py-2.5">
            <details>
              <summary className="cursor-pointer rounded">
                <span className="font-medium">{regime.title}</span>{' '}
                <code className="text-sm">{regime.id}</code>{' '}
                {regime.applications.length > 0 && (
                  <Badge tone="info">{regime.applications.join(', ')}</Badge>
                )}
              </summary>
              <div className="space-y-2 pt-2 pl-4">
                <p className="text-sm">
                  {[...asked(regime.floors, 'at least'), ...asked(regime.ceilings, 'at most')].join('; ') ||
                    'It sets no numbers.'}
                </p>
                {regime.sources.map(({ name, note, url, confirmed }) => (
                  <div key={name} className="text-sm">
                    <p className="font-medium break-words">
                      {name} {!confirmed && <Badge tone="warn">Not confirmed</Badge>}
                    </p>
                    <p className="text-muted">{note}</p>
                    <p className="break-all text-muted">{url}</p>
                  </div>
                ))}
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function asked(durations: Readonly<Record<string, string>>, how: string): readonly string[] {
  return Object.entries(durations).map(([what, duration]) => `${what} ${how} ${duration}`);
}
