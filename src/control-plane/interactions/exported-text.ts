/** Interactions as lines of a file: JSON, or CSV of which no cell is taken for a formula. */
import type { ShownRow } from '../../governance/activity/activity.ts';

interface Page {
  readonly items: readonly ShownRow[];
  readonly isMore: boolean;
}

type Cell = string | number | boolean | null;

const MORE = 'there are more interactions than are exported at once: narrow the filter';

const COLUMNS: readonly (readonly [string, (row: ShownRow) => Cell])[] = [
  ['id', ({ id }) => id],
  ['index', ({ index }) => index],
  ['at', ({ atMs }) => new Date(atMs).toISOString()],
  ['application', ({ application }) => application],
  ['principal_kind', ({ principal }) => principal?.kind ?? null],
  ['principal', ({ principal }) => principal?.id ?? null],
  ['requested_model', ({ requestedModel }) => requestedModel],
  ['configured_model', ({ configuredModel }) => configuredModel],
  ['provider', ({ provider }) => provider],
  ['provider_model', ({ providerModel }) => providerModel],
  ['outcome', ({ outcome }) => outcome],
  ['action', ({ action }) => action],
  ['refusal', ({ refusal }) => refusal],
  ['refused_by', ({ refusedBy }) => refusedBy],
  ['policies', ({ policies }) => policies.join(' ')],
  ['endpoint', ({ endpoint }) => endpoint],
  ['stream', ({ stream }) => stream],
  ['status', ({ status }) => status],
  ['input_tokens', ({ inputTokens }) => inputTokens],
  ['output_tokens', ({ outputTokens }) => outputTokens],
  ['cost_micros', ({ costMicros }) => costMicros],
  ['total_ms', ({ totalMs }) => totalMs],
  [
    'findings',
    ({ findings }) => findings.map(({ guardrail, kind, count }) => `${guardrail}/${kind}:${count}`).join(' '),
  ],
  [
    'events',
    ({ events }) =>
      Object.entries(events)
        .map(([name, count]) => `${name}:${count}`)
        .join(' '),
  ],
  ['has_content', ({ hasContent }) => hasContent],
  ['is_erased', ({ isErased }) => isErased],
  ['is_demo', ({ isDemo }) => isDemo],
];

export async function* exportedText(
  pages: AsyncIterable<Page>,
  format: 'jsonl' | 'csv',
): AsyncGenerator<string> {
  if (format === 'csv') yield csvLine(COLUMNS.map(([name]) => name));
  for await (const { items, isMore } of pages) {
    const lines = items.map((row) =>
      format === 'csv' ? csvLine(COLUMNS.map(([, cell]) => cell(row))) : `${JSON.stringify(row)}\n`,
    );
    if (lines.length > 0) yield lines.join('');
    if (isMore) yield format === 'csv' ? csvLine([MORE]) : `${JSON.stringify({ note: MORE })}\n`;
  }
}

/** RFC 4180. A spreadsheet computes what begins like a formula: an apostrophe makes a text of it. */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const text = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%]/u.test(cell) || /^[\t\r\n]/.test(cell) ? `'${cell}` : cell;
  return `"${text.replaceAll('"', '""')}"`;
}
