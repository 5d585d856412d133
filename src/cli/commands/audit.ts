/** `bartizan audit tail | show | export`: the record, read. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Command } from 'commander';
import { parseTrusted } from '../../base/json.ts';
import type { Office } from '../../compose/office.ts';
import type { RecordedEntry } from '../../domain/record.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { parseDate } from '../parse-date.ts';
import { withOffice } from '../with-office.ts';
import { fsckCommand } from './audit-fsck.ts';
import { kitCommand } from './audit-kit.ts';
import { logKeyCommands } from './audit-keys.ts';
import { holdCommand } from './audit-holds.ts';
import { purgeCommand, regimesCommand } from './audit-purge.ts';
import { proofCommands } from './audit-proofs.ts';
import { reconcileCommand } from './audit-reconcile.ts';
import { verifyCommand } from './audit-verify.ts';

const PAGE = 500;
const TAIL_POLL_MS = 500;

export function auditCommand(): Command {
  const audit = new Command('audit').description(
    'the record of every interaction and every administrative act',
  );
  audit
    .command('tail')
    .description('the newest entries, a line each')
    .option('-n, --lines <count>', 'how many', Number, 20)
    .option('-f, --follow', 'go on as entries are appended')
    .action(tail);
  audit
    .command('show')
    .description('every entry of one interaction, whole')
    .argument('<id>', 'req_… as in the response header x-bartizan-request-id')
    .option('--content', 'decrypt the content that was captured; this is recorded')
    .option('--reason <text>', 'why the content is read; needed with --content')
    .action(show);
  audit
    .command('export')
    .description('entries as JSON lines, oldest first')
    .option('--from <date>', 'ISO 8601', parseDate)
    .option('--to <date>', 'ISO 8601', parseDate)
    .action(exportEntries);
  for (const command of [
    ...proofCommands(),
    ...logKeyCommands(),
    verifyCommand(),
    kitCommand(),
    fsckCommand(),
    reconcileCommand(),
    holdCommand(),
    purgeCommand(),
    regimesCommand(),
  ])
    audit.addCommand(command);
  return audit;
}

async function tail({ lines, follow }: { lines: number; follow?: boolean }): Promise<void> {
  await withOffice(async ({ audit }) => {
    const { entries } = await audit.read({ limit: Math.min(lines, 10_000), descending: true });
    const newest = entries.toReversed();
    for (const entry of newest) print(lineOf(entry));
    let after = newest.at(-1)?.position ?? 0;
    while (follow) {
      await sleep(TAIL_POLL_MS);
      for (const entry of (await audit.read({ after, limit: PAGE })).entries) {
        print(lineOf(entry));
        after = entry.position;
      }
    }
  });
}

async function show(id: string, { content, reason }: { content?: boolean; reason?: string }): Promise<void> {
  if (content && !reason) throw new CommandError('reading content needs --reason');
  await withOffice(async (office) => {
    const { entries } = await office.audit.read({ id, limit: PAGE });
    if (entries.length === 0) throw new CommandError(`there is no entry "${id}"`);
    if (content) await recordReading(office, id, reason ?? '');
    for (const recorded of entries) {
      const text = content ? await office.audit.content(recorded.index) : undefined;
      const shown = recorded.hasContent
        ? { content: text === undefined ? 'encrypted' : parseTrusted(text) }
        : {};
      print(JSON.stringify({ ...placeOf(recorded), ...recorded.entry, ...shown }, null, 2));
    }
  });
}

function placeOf({ index, instance, sequence, erasedBy }: RecordedEntry) {
  return { index, instance, sequence, ...(erasedBy === undefined ? {} : { erasedBy }) };
}

async function recordReading({ audit, actor, clock }: Office, id: string, reason: string): Promise<void> {
  await audit.append({
    kind: 'administration',
    id,
    at: clock.now(),
    actor,
    action: 'content.read',
    subject: id,
    reason: reason.slice(0, 500),
  });
}

async function exportEntries({ from, to }: { from?: number; to?: number }): Promise<void> {
  await withOffice(async ({ audit }) => {
    let after = 0;
    for (;;) {
      const { entries } = await audit.read({
        after,
        limit: PAGE,
        ...(from === undefined ? {} : { fromMs: from }),
        ...(to === undefined ? {} : { toMs: to }),
      });
      for (const { position, ...entry } of entries) {
        print(JSON.stringify(entry));
        after = position;
      }
      if (entries.length < PAGE) return;
    }
  });
}

function lineOf({ instance, sequence, entry }: RecordedEntry): string {
  const at = new Date(entry.at).toISOString();
  const place = `${instance}/${sequence}`;
  if (entry.kind === 'administration')
    return `${at}  ${place}  ${entry.actor}  ${entry.action}  ${entry.subject}`;
  const who = entry.principal ? `${entry.principal.kind}:${entry.principal.id}` : '-';
  const spent = entry.usage ? `  ${entry.usage.inputTokens}+${entry.usage.outputTokens} tokens` : '';
  return `${at}  ${place}  ${entry.id}  ${who}  ${entry.requestedModel ?? '-'}  ${entry.action}  ${entry.outcome}${entry.refusal ? ` (${entry.refusal})` : ''}${spent}`;
}
