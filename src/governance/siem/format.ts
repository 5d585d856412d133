/** From an entry of the record to the text that a destination gets. Content that was captured stays here, in every format. */
import type { AuditEntry } from '../../domain/record.ts';
import { boundedData } from './bounded-text.ts';
import { toCef } from './cef.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { toJson } from './json-lines.ts';
import { toOcsf } from './ocsf.ts';
import { severityOf, SYSLOG_SEVERITY } from './severity.ts';
import type { ExportItem } from './sink.ts';

export type FormatName = 'ocsf' | 'cef' | 'json';

const FORMATS: Readonly<Record<FormatName, (recorded: PositionedEntry, product: Product) => string>> = {
  ocsf: toOcsf,
  cef: toCef,
  json: toJson,
};

export function toItem(format: FormatName, recorded: PositionedEntry, product: Product): ExportItem {
  const { position, instance, sequence, entry } = recorded;
  const safe = { ...recorded, entry: withoutContent(entry) };
  return {
    position,
    instance,
    sequence,
    at: entry.at,
    kind: entry.kind,
    severity: SYSLOG_SEVERITY[severityOf(entry)],
    text: FORMATS[format](safe, product),
  };
}

function withoutContent(entry: AuditEntry): AuditEntry {
  const { content: _, ...rest } = entry.kind === 'administration' ? { ...entry, content: undefined } : entry;
  // The same shape with shorter strings.
  return boundedData(rest) as AuditEntry;
}
