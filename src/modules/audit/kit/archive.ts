/** Writes a ZIP archive piece by piece, so that no kit has to fit into memory. */
import { Zip, ZipDeflate } from 'fflate';

/** Takes the archive's bytes in their order; what it resolves to is waited for. */
export type KitSink = (bytes: Uint8Array) => Promise<void>;

export interface ArchiveWriter {
  /** Names of what was written, in order. */
  readonly names: readonly string[];
  add(name: string, content: Uint8Array | string): Promise<void>;
  /** A file that is written in pieces; one at a time. */
  open(name: string): ArchivedFile;
  end(): Promise<void>;
}

export interface ArchivedFile {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

const PIECE_CHARACTERS = 256 * 1024;
/** Nearly as small as the highest, in a third of its time. */
const LEVEL = 5;
/** A kit of the same range is the same, whenever it is made. */
const MODIFIED = new Date(1980, 0, 1);

export function createArchiveWriter(sink: KitSink): ArchiveWriter {
  const names: string[] = [];
  let waiting: Uint8Array[] = [];
  let failure: Error | undefined;
  const zip = new Zip((error, bytes) => {
    if (error) failure ??= error;
    else waiting.push(bytes);
  });

  async function drain(): Promise<void> {
    const ready = waiting;
    waiting = [];
    for (const bytes of ready) await sink(bytes);
    if (failure) throw failure;
  }

  function begin(name: string): ZipDeflate {
    const file = new ZipDeflate(name, { level: LEVEL });
    file.mtime = MODIFIED;
    names.push(name);
    zip.add(file);
    return file;
  }

  function open(name: string): ArchivedFile {
    const file = begin(name);
    let text = '';
    return {
      async write(more) {
        text += more;
        if (text.length < PIECE_CHARACTERS) return;
        file.push(Buffer.from(text, 'utf8'));
        text = '';
        await drain();
      },
      async end() {
        file.push(Buffer.from(text, 'utf8'), true);
        await drain();
      },
    };
  }

  return {
    names,
    open,
    async add(name, content) {
      const file = begin(name);
      file.push(Buffer.from(content), true);
      await drain();
    },
    async end() {
      zip.end();
      await drain();
    },
  };
}
