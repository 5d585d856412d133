/** Whom the gateway called: for the answer, and for guardrails that ask a model. */
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { durationText, moneyText } from '../../kit/quantities.tsx';
import type { Detail } from './interaction-screen.tsx';

type Attempt = Detail['attempts'][number];
type Inquiry = Detail['inquiries'][number];

const ATTEMPTS: readonly Column<Attempt>[] = [
  { id: 'provider', title: 'Provider', cell: ({ provider }) => provider },
  { id: 'model', title: 'Model', hideBelow: 'md', cell: ({ model }) => model },
  {
    id: 'result',
    title: 'Result',
    cell: ({ result, isOk }) => <Badge tone={isOk ? 'good' : 'warn'}>{result.replaceAll('_', ' ')}</Badge>,
  },
  { id: 'duration', title: 'Took', align: 'end', cell: ({ durationMs }) => durationText(durationMs) },
];

export function Attempts({ attempts }: { readonly attempts: readonly Attempt[] }) {
  return (
    <Card title="Attempts" flush>
      <DataTable
        label="Attempts"
        columns={ATTEMPTS}
        rows={attempts}
        rowKey={(attempt) => String(attempts.indexOf(attempt))}
        empty={<p className="px-4 pb-4 text-muted">No provider was called.</p>}
        hasFixedColumns
      />
    </Card>
  );
}

const INQUIRIES: readonly Column<Inquiry>[] = [
  { id: 'guardrail', title: 'Guardrail', cell: ({ guardrail }) => guardrail },
  {
    id: 'model',
    title: 'Asked',
    hideBelow: 'md',
    cell: ({ configuredModel, provider }) => configuredModel ?? provider ?? '–',
  },
  {
    id: 'result',
    title: 'Result',
    cell: ({ result, count }) => `${result.replaceAll('_', ' ')}${count > 1 ? ` × ${count}` : ''}`,
  },
  { id: 'longest', title: 'Longest', align: 'end', cell: ({ longestMs }) => durationText(longestMs) },
  {
    id: 'cost',
    title: 'Cost',
    align: 'end',
    cell: ({ costMicros }) => (costMicros === null ? '–' : moneyText(costMicros / 1e6)),
  },
];

export function Inquiries({ inquiries }: { readonly inquiries: readonly Inquiry[] }) {
  return (
    <Card title="Inquiries" description="Models that guardrails asked" flush>
      <DataTable
        label="Inquiries"
        columns={INQUIRIES}
        rows={inquiries}
        rowKey={(inquiry) => String(inquiries.indexOf(inquiry))}
        hasFixedColumns
      />
    </Card>
  );
}
