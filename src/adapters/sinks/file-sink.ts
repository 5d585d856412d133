/** Lines in a file, synchronized before they are acknowledged; a full one is moved aside, and the oldest deleted. */
import { constants } from 'node:fs';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SinkError, type ExportItem, type Sink } from '../../governance/siem/sink.ts';

export interface FileSinkOptions {
  readonly path: string;
  readonly maxBytes: number;
  /** Full files beside the one being written: `path.1` is the newest. */
  readonly keep: number;
}

const FLAGS = constants.O_RDWR | constants.O_APPEND | constants.O_CREAT | constants.O_NOFOLLOW;
const MODE = 0o600;
const LINE_FEED = 0x0a;
/** A line that a crash cut off is looked for within so much. */
const MAX_TORN_BYTES = 4 * 1024 * 1024;

export async function openFileSink(options: FileSinkOptions): Promise<Sink> {
  let file = await openWhole(options.path);
  let bytes = (await file.stat()).size;
  return {
    async deliver(batch) {
      const data = Buffer.from(linesOf(batch));
      if (bytes > 0 && bytes + data.length > options.maxBytes) {
        await file.close();
        await moveAside(options);
        file = await openWhole(options.path);
        bytes = 0;
      }
      await file.writeFile(data);
      await file.sync();
      bytes += data.length;
      return [];
    },
    close: () => file.close(),
  };
}

function linesOf(batch: readonly ExportItem[]): string {
  return batch.map(({ text }) => `${text}\n`).join('');
}

/** Without the piece of a line at its end that a crash may have left: nothing of it was acknowledged. */
async function openWhole(path: string): Promise<FileHandle> {
  const file = await open(path, FLAGS, MODE);
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw new SinkError('not_a_file');
    await cutTornLine(file, stat.size);
    await syncDirectory(path);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function cutTornLine(file: FileHandle, size: number): Promise<void> {
  const from = Math.max(0, size - MAX_TORN_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  const lastBreak = buffer.subarray(0, bytesRead).lastIndexOf(LINE_FEED);
  if (lastBreak < 0 && from > 0) throw new SinkError('not_lines');
  if (from + lastBreak + 1 < size) await file.truncate(from + lastBreak + 1);
}

async function moveAside({ path, keep }: FileSinkOptions): Promise<void> {
  await rm(`${path}.${keep}`, { force: true });
  for (let number = keep - 1; number >= 1; number--)
    await renameIfThere(`${path}.${number}`, `${path}.${number + 1}`);
  await renameIfThere(path, `${path}.1`);
}

async function renameIfThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

/** A name that was made or moved is durable once its directory is. */
async function syncDirectory(path: string): Promise<void> {
  const directory = await open(dirname(path), constants.O_RDONLY);
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
