/** Every provider: its kind, where it is, and whether it is stopped. */
import { Plus, Server } from 'lucide-react';
import { useAsk, useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import type { Held } from '../../part-editing/part-draft.ts';
import { useMay } from '../../session/session.ts';
import { KillSwitch } from './kill-switch.tsx';
import type { ProviderValue } from './model-value.ts';
import { ModelsFrame } from './models-frame.tsx';
import { StoppedBadge } from './states.tsx';

export function ProviderList() {
  const providers = useAskPages('listProviders');
  const kinds = useAsk('listProviderKinds');
  const mayWrite = useMay('models.write');
  const titles = new Map(kinds.data?.items.map(({ id, title }) => [id, title]));
  const add = (
    <Link to="/models/new-provider" className={buttonClass('primary')}>
      <Plus aria-hidden />
      New provider
    </Link>
  );
  return (
    <ModelsFrame actions={mayWrite && add}>
      <Card flush>
        <DataTable
          label="Providers"
          columns={columnsWith(titles)}
          rows={providers.rows}
          rowKey={({ name }) => name}
          rowLink={({ name }) => `/models/provider/${nameInPath(name)}`}
          rowActions={({ name, value }) => (
            <KillSwitch kind="provider" name={name} stopped={value.stopped} size="small" />
          )}
          problem={providers.error}
          onRetry={() => providers.refetch()}
          more={providers}
          hasFixedColumns
          empty={
            <EmptyState icon={Server} title="No provider yet" actions={mayWrite && add}>
              A provider is where models are asked: OpenAI, Anthropic, Bedrock, a server of your own.
            </EmptyState>
          }
        />
      </Card>
    </ModelsFrame>
  );
}

function columnsWith(titles: ReadonlyMap<string, string>): readonly Column<Held<ProviderValue>>[] {
  return [
    {
      id: 'name',
      title: 'Provider',
      cell: ({ name }) => <span className="break-all">{name}</span>,
      sortBy: ({ name }) => name,
    },
    { id: 'kind', title: 'Kind', cell: ({ value }) => titles.get(value.kind) ?? value.kind },
    {
      id: 'state',
      title: 'State',
      cell: ({ value }) => (value.stopped ? <StoppedBadge /> : <Badge tone="good">In use</Badge>),
    },
    { id: 'region', title: 'Region', cell: ({ value }) => value.region ?? '–', hideBelow: 'md' },
    { id: 'labels', title: 'Labels', cell: ({ value }) => value.labels.join(', '), hideBelow: 'md' },
    {
      id: 'credential',
      title: 'Credential',
      cell: ({ value }) => credentialText(value.credential),
      hideBelow: 'lg',
    },
  ];
}

function credentialText(credential: ProviderValue['credential']): string {
  if (credential === undefined) return 'None';
  return 'env' in credential ? `Variable ${credential.env}` : `Secret ${credential.secret}`;
}
