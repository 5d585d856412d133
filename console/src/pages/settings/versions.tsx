/** Every version of the configuration that was ever in force. */
import { useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { TimeText } from '../../kit/time-text.tsx';

interface Version {
  readonly version: number;
  readonly digest: string;
  readonly atMs: number;
  readonly actor: string;
}

export function Versions() {
  const versions = useAskPages('listConfigurationVersions');
  const newest = versions.rows?.[0]?.version;
  const columns: readonly Column<Version>[] = [
    {
      id: 'version',
      title: 'Version',
      cell: ({ version }) => (
        <span className="inline-flex items-center gap-2">
          {version}
          {version === newest && <Badge tone="good">In force</Badge>}
        </span>
      ),
    },
    { id: 'at', title: 'Since', cell: ({ atMs }) => <TimeText atMs={atMs} /> },
    { id: 'actor', title: 'By', cell: ({ actor }) => <span className="break-all">{actor}</span> },
    {
      id: 'digest',
      title: 'Digest',
      cell: ({ digest }) => <code title={digest}>{digest.slice(0, 12)}…</code>,
      hideBelow: 'md',
    },
  ];
  return (
    <Card flush>
      <DataTable
        label="Versions of the configuration"
        columns={columns}
        rows={versions.rows}
        rowKey={({ version }) => String(version)}
        rowLink={({ version }) => `/settings/versions/${version}`}
        problem={versions.error}
        onRetry={() => versions.refetch()}
        more={versions}
        hasFixedColumns
      />
    </Card>
  );
}
