/** `bartizan audit fsck`: checks the whole log in this gateway's stores against itself. */
import { Command, InvalidArgumentError } from 'commander';
import { checkLog, type LogReport } from '../../modules/audit/audit.ts';
import { parseVerifierKey } from '../../tlog/keys.ts';
import { CommandError } from '../command-error.ts';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

interface FsckOptions {
  readonly from: number;
  readonly deep?: boolean;
  readonly json?: boolean;
}

const PROGRESS_MS = 1_000;

export function fsckCommand(): Command {
  return new Command('fsck')
    .description('re-hashes the whole log, and checks tiles, checkpoints, counters and what lies beside it')
    .option('--from <index>', 'where to begin', parseIndex, 0)
    .option('--deep', 'opens all that lies beside the leaves, and not a sample alone')
    .option('--json', 'the whole report, for programs')
    .action(fsck);
}

function parseIndex(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('the index of an entry');
  return Number(text);
}

async function fsck({ from, deep, json }: FsckOptions): Promise<void> {
  const report = await withOffice(async ({ stores, keyring, log }) =>
    checkLog(
      {
        store: stores.log,
        entries: stores.audit,
        keyring,
        origin: log.origin,
        logKeys: (await log.keys()).map(({ verifierKey }) => parseVerifierKey(verifierKey)),
      },
      { from, isDeep: deep === true, onProgress: createProgress() },
    ),
  );
  if (json) print(JSON.stringify(report, null, 2));
  else printReport(report);
  if (!report.isIntact) throw new CommandError('the log is NOT intact');
}

/** On standard error, so that a report can be piped. */
function createProgress(): (done: number, total: number) => void {
  let toldAt = performance.now();
  return (done, total) => {
    const now = performance.now();
    if (now - toldAt < PROGRESS_MS && done < total) return;
    toldAt = now;
    process.stderr.write(`${done} of ${total} entries\n`);
  };
}

function printReport({ checks, from, size, checkpoints, purged, opened, isIntact }: LogReport): void {
  for (const { id, failures, failureCount } of checks) {
    print(`${failureCount === 0 ? 'ok     ' : 'FAILED '} ${id}`);
    for (const { code, message } of failures) print(`          ${code}: ${message}`);
    if (failureCount > failures.length) print(`          … and ${failureCount - failures.length} more`);
  }
  if (!isIntact) return;
  print(
    `intact: entries ${from} to ${size - 1} under ${checkpoints} checkpoints; ${purged} purged; ${opened} opened beside their leaf`,
  );
}
