/**
 * Reads ZIP archives strictly: one way to read each, so that two readers cannot see two kits in one file. The central
 * directory counts; local headers MUST agree with it, and files MUST follow one another without a gap.
 */
import { Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { concatBytes, textOf, viewOf } from '../../../tlog/encoding.ts';
import { demandKit } from './kit-codes.ts';

/** Random access to a file, or to bytes in memory. */
export interface KitSource {
  readonly size: number;
  /** Exactly as many bytes as asked, or it rejects. */
  read(offset: number, length: number): Promise<Uint8Array>;
}

export interface ZipArchive {
  /** In the order of the directory. */
  readonly names: readonly string[];
  /** @throws KitError `file_missing`, `archive_malformed`; also where it is larger than `maxBytes` */
  bytes(name: string, maxBytes: number): Promise<Uint8Array>;
  /** The file in pieces; its length and checksum are checked at its end. */
  pieces(name: string): AsyncGenerator<Uint8Array>;
}

interface ZipFile {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

const END_BYTES = 22;
const LOCAL_BYTES = 30;
const CENTRAL_BYTES = 46;
const MAX_DIRECTORY_BYTES = 16 * 1024 * 1024;
const PIECE_BYTES = 256 * 1024;
const STORED = 0;
const DEFLATED = 8;
/** Bits 1 and 2: how hard it was packed; bit 3: sizes follow the data; bit 11: names are UTF-8. */
const KNOWN_FLAGS = 0b1000_0000_1110;
const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]*(\/[A-Za-z0-9][A-Za-z0-9._-]*)?$/;

export function sourceOfBytes(bytes: Uint8Array): KitSource {
  return {
    size: bytes.length,
    read: (offset, length) => {
      const part = bytes.subarray(offset, offset + length);
      return part.length === length ? Promise.resolve(part) : Promise.reject(new Error('read past the end'));
    },
  };
}

/** @throws KitError `archive_malformed` */
export async function openZip(source: KitSource): Promise<ZipArchive> {
  const files = await readDirectory(source);
  const byName = new Map(files.map((file) => [file.name, file]));
  demandKit(byName.size === files.length, 'archive_malformed', 'a name stands twice');
  const find = (name: string): ZipFile => {
    const file = byName.get(name);
    demandKit(file !== undefined, 'file_missing', name);
    return file;
  };
  return {
    names: [...byName.keys()],
    async bytes(name, maxBytes) {
      const file = find(name);
      demandKit(file.size <= maxBytes, 'archive_malformed', `${name} is too large`);
      const pieces: Uint8Array[] = [];
      for await (const piece of piecesOf(source, file)) pieces.push(piece);
      return concatBytes(pieces);
    },
    pieces: (name) => piecesOf(source, find(name)),
  };
}

async function readDirectory(source: KitSource): Promise<readonly ZipFile[]> {
  const bad = 'archive_malformed';
  demandKit(source.size >= END_BYTES, bad, 'too short');
  const end = viewOf(await source.read(source.size - END_BYTES, END_BYTES));
  // No comment behind it: the end is the end.
  demandKit(end.getUint32(0, true) === 0x06054b50 && end.getUint16(20, true) === 0, bad, 'no end');
  const [count, size, start] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)];
  const isOne =
    end.getUint16(4, true) === 0 && end.getUint16(6, true) === 0 && end.getUint16(8, true) === count;
  demandKit(isOne && start + size + END_BYTES === source.size, bad, 'directory');
  demandKit(size <= MAX_DIRECTORY_BYTES, bad, 'directory is too large');
  const directory = await source.read(start, size);
  const files = parseDirectory(directory, count);
  let position = 0;
  for (const file of files) position = await checkLocalHeader(source, file, position);
  demandKit(position === start, bad, 'bytes between the files');
  return files;
}

function parseDirectory(directory: Uint8Array, count: number): readonly ZipFile[] {
  const view = viewOf(directory);
  const files: ZipFile[] = [];
  let at = 0;
  while (files.length < count) {
    demandKit(at + CENTRAL_BYTES <= directory.length, 'archive_malformed', 'directory ends early');
    const file = fileAt(view, directory, at);
    files.push(file);
    at += CENTRAL_BYTES + file.name.length;
  }
  demandKit(at === directory.length, 'archive_malformed', 'directory is too long');
  return files;
}

function fileAt(view: DataView, directory: Uint8Array, at: number): ZipFile {
  const nameLength = view.getUint16(at + 28, true);
  const name = textOf(directory.subarray(at + CENTRAL_BYTES, at + CENTRAL_BYTES + nameLength)) ?? '';
  const method = view.getUint16(at + 10, true);
  const isPlain =
    view.getUint32(at, true) === 0x02014b50 &&
    (view.getUint16(at + 8, true) & ~KNOWN_FLAGS) === 0 &&
    (method === STORED || method === DEFLATED) &&
    // No extra fields, comments or further disks.
    view.getUint16(at + 30, true) === 0 &&
    view.getUint16(at + 32, true) === 0 &&
    view.getUint16(at + 34, true) === 0;
  demandKit(isPlain && name.length === nameLength && NAME.test(name), 'archive_malformed', 'directory entry');
  return {
    name,
    method,
    crc: view.getUint32(at + 16, true),
    packed: view.getUint32(at + 20, true),
    size: view.getUint32(at + 24, true),
    offset: view.getUint32(at + 42, true),
  };
}

/** Where the next file begins. */
async function checkLocalHeader(source: KitSource, file: ZipFile, position: number): Promise<number> {
  const bad = 'archive_malformed';
  const length = LOCAL_BYTES + file.name.length;
  demandKit(file.offset === position && position + length <= source.size, bad, 'a gap between the files');
  const header = await source.read(position, length);
  const view = viewOf(header);
  const flags = view.getUint16(6, true);
  const isSame =
    view.getUint32(0, true) === 0x04034b50 &&
    (flags & ~KNOWN_FLAGS) === 0 &&
    view.getUint16(8, true) === file.method &&
    view.getUint16(26, true) === file.name.length &&
    view.getUint16(28, true) === 0 &&
    textOf(header.subarray(LOCAL_BYTES)) === file.name;
  demandKit(isSame, bad, 'a local header differs');
  const isFollowed = (flags & 0b1000) !== 0;
  const data = position + length + file.packed;
  if (!isFollowed) return data;
  demandKit(data + 16 <= source.size, bad, 'a file ends early');
  const trailer = viewOf(await source.read(data, 16));
  const isTrue =
    trailer.getUint32(0, true) === 0x08074b50 &&
    trailer.getUint32(4, true) === file.crc &&
    trailer.getUint32(8, true) === file.packed &&
    trailer.getUint32(12, true) === file.size;
  demandKit(isTrue, bad, 'what follows a file differs');
  return data + 16;
}

async function* packedPieces(
  source: KitSource,
  { offset, name, packed }: ZipFile,
): AsyncGenerator<Uint8Array> {
  const start = offset + LOCAL_BYTES + name.length;
  for (let at = 0; at < packed; at += PIECE_BYTES)
    yield await source.read(start + at, Math.min(PIECE_BYTES, packed - at));
}

async function* piecesOf(source: KitSource, file: ZipFile): AsyncGenerator<Uint8Array> {
  const pieces =
    file.method === STORED ? packedPieces(source, file) : inflated(packedPieces(source, file), file);
  let [size, crc] = [0, 0];
  for await (const piece of pieces) {
    size += piece.length;
    demandKit(size <= file.size, 'archive_malformed', `${file.name} is longer than it says`);
    crc = crc32(piece, crc);
    yield piece;
  }
  demandKit(size === file.size && crc === file.crc, 'archive_malformed', `${file.name} is damaged`);
}

async function* inflated(
  pieces: AsyncIterable<Uint8Array>,
  { name, packed }: ZipFile,
): AsyncGenerator<Uint8Array> {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  const input = Readable.from(pieces, { objectMode: false });
  input.on('error', (error) => inflate.destroy(error));
  try {
    for await (const piece of input.pipe(inflate)) yield piece as Uint8Array;
    // What follows the end of a stream is not read: another reader might.
    demandKit(inflate.bytesWritten === packed, 'archive_malformed', `${name} goes on behind its end`);
  } catch (cause) {
    const isZlib = cause instanceof Error && 'code' in cause && String(cause.code).startsWith('Z_');
    demandKit(!isZlib, 'archive_malformed', `${name} does not inflate`);
    throw cause;
  } finally {
    input.destroy();
    inflate.destroy();
  }
}
