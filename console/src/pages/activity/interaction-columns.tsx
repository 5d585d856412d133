/** What a row of the list says of one interaction. */
import { Fragment } from 'react';
import type { Column } from '../../kit/data-table.tsx';
import { Count, durationText, moneyText } from '../../kit/quantities.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import type { Interaction } from './interaction-query.ts';
import { Verdict, Who } from './verdict.tsx';

const today = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const earlier = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** Lists are long and change fast: a plain time costs a row next to nothing. */
function RowTime({ atMs }: { readonly atMs: number }) {
  const isToday = new Date(atMs).toDateString() === new Date().toDateString();
  return (
    <time dateTime={new Date(atMs).toISOString()} className="whitespace-nowrap tabular-nums">
      {(isToday ? today : earlier).format(atMs)}
    </time>
  );
}

const NOTHING = <span className="text-muted">–</span>;

export const INTERACTION_COLUMNS: readonly Column<Interaction>[] = [
  { id: 'at', title: 'Time', isSortedByServer: true, cell: ({ atMs }) => <RowTime atMs={atMs} /> },
  { id: 'verdict', title: 'Verdict', cell: (row) => <VerdictAndWhy row={row} /> },
  {
    id: 'application',
    title: 'Application',
    hideBelow: 'md',
    cell: ({ application }) => application ?? NOTHING,
  },
  { id: 'who', title: 'Who', hideBelow: 'md', cell: (row) => <Who interaction={row} /> },
  { id: 'model', title: 'Model', hideBelow: 'lg', cell: (row) => <Model row={row} /> },
  { id: 'findings', title: 'Findings', hideBelow: 'lg', cell: (row) => <Findings row={row} /> },
  {
    id: 'tokens',
    title: 'Tokens',
    align: 'end',
    hideBelow: 'xl',
    cell: ({ inputTokens, outputTokens }) =>
      inputTokens === null && outputTokens === null ? (
        NOTHING
      ) : (
        <Count value={(inputTokens ?? 0) + (outputTokens ?? 0)} />
      ),
  },
  {
    id: 'cost',
    title: 'Cost',
    align: 'end',
    hideBelow: 'xl',
    isSortedByServer: true,
    cell: ({ costMicros }) => (costMicros === null ? NOTHING : moneyText(costMicros / 1e6)),
  },
  {
    id: 'latency',
    title: 'Took',
    align: 'end',
    isSortedByServer: true,
    cell: ({ totalMs }) =>
      totalMs === null ? NOTHING : <span className="whitespace-nowrap">{durationText(totalMs)}</span>,
  },
];

function VerdictAndWhy({ row }: { readonly row: Interaction }) {
  const { refusal, refusedBy } = row;
  return (
    <>
      <Verdict interaction={row} />
      {refusal !== null && (
        <span className="mt-0.5 block max-w-40 text-sm break-words">
          <Code code={refusal} />
          {refusedBy !== null && <span className="block text-muted">by {refusedBy}</span>}
        </span>
      )}
    </>
  );
}

/** Broken between its words, where there is little room. */
function Code({ code }: { readonly code: string }) {
  return (
    <code>
      {code.split('_').map((word, at) => (
        <Fragment key={`${word} ${at}`}>
          {at > 0 && (
            <>
              _<wbr />
            </>
          )}
          {word}
        </Fragment>
      ))}
    </code>
  );
}

/** A client may ask for any name, even one that is an attack itself. */
function Model({ row }: { readonly row: Interaction }) {
  const { requestedModel, configuredModel, provider } = row;
  if (requestedModel === null) return NOTHING;
  return (
    <span className="block max-w-48">
      <InertText text={requestedModel} oneLine />
      {configuredModel !== null && provider !== null && provider !== requestedModel && (
        <span className="block truncate text-sm text-muted">{provider}</span>
      )}
    </span>
  );
}

const FEW = 2;

function Findings({ row: { findings, moreFindings } }: { readonly row: Interaction }) {
  if (findings.length === 0) return NOTHING;
  const byKind = new Map<string, number>();
  for (const { kind, count } of findings) byKind.set(kind, (byKind.get(kind) ?? 0) + count);
  const kinds = [...byKind];
  const others = kinds.slice(FEW).reduce((sum, [, count]) => sum + count, moreFindings);
  return (
    <span className="block max-w-60 text-sm break-words">
      {kinds
        .slice(0, FEW)
        .map(([kind, count]) => (count > 1 ? `${kind} × ${count}` : kind))
        .join(', ')}
      {others > 0 && <span className="text-muted"> and {others} more</span>}
    </span>
  );
}
