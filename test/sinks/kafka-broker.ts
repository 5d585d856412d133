/**
 * The smallest broker that a producer can work with: it speaks ApiVersions, Metadata and Produce of Kafka's protocol, in
 * versions before the flexible ones, checks the checksum of what it is given, and keeps it in memory. It is no Kafka:
 * it has one node and no replicas, and it shows what the client sends and how it takes answers, not how a cluster behaves.
 */
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

export interface KafkaRecord {
  readonly key: string;
  readonly value: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly timestamp: number;
  readonly partition: number;
}

export interface KafkaBroker {
  /** `host:port` */
  readonly address: string;
  /** In the order in which they were stored. */
  readonly records: readonly KafkaRecord[];
  /** `acks` of every request. */
  readonly acks: readonly number[];
  /** An error code of the protocol, or `drop`: the connection is closed without an answer, `hang`: there is none. */
  fate: number | 'drop' | 'drop after storing' | 'hang';
  stop(): Promise<void>;
}

const TOPIC = 'audit';
const PARTITIONS = 3;
const API = { produce: 0, metadata: 3, versions: 18 } as const;
const UNKNOWN_TOPIC_OR_PARTITION = 3;
const CORRUPT_MESSAGE = 2;

/** With a certificate and its key, over TLS. */
export async function startKafkaBroker(tls?: { cert: string; key: string }): Promise<KafkaBroker> {
  const sockets = new Set<Socket>();
  const records: KafkaRecord[] = [];
  const acks: number[] = [];
  const serve = (socket: Socket) => {
    sockets.add(socket);
    let pending = Buffer.alloc(0);
    socket.on('error', () => socket.destroy());
    socket.on('data', (bytes) => {
      pending = Buffer.concat([pending, bytes]);
      while (pending.length >= 4 && pending.length >= 4 + pending.readInt32BE(0)) {
        const end = 4 + pending.readInt32BE(0);
        answer(socket, new RequestReader(pending.subarray(4, end)));
        pending = pending.subarray(end);
      }
    });
  };
  const server = (tls ? createTlsServer(tls, serve) : createServer(serve)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };

  function answer(socket: Socket, request: RequestReader): void {
    const apiKey = request.int16();
    request.int16();
    const correlation = request.int32();
    request.text();
    const body =
      apiKey === API.versions
        ? versionsAnswer()
        : apiKey === API.metadata
          ? metadataAnswer(request, port)
          : produce(socket, request);
    if (body === undefined) return;
    const head = Buffer.alloc(8);
    head.writeInt32BE(4 + body.length, 0);
    head.writeInt32BE(correlation, 4);
    socket.write(Buffer.concat([head, body]));
  }

  function produce(socket: Socket, request: RequestReader): Buffer | undefined {
    request.text();
    acks.push(request.int16());
    request.int32();
    const { fate } = broker;
    const store = fate === 0 || fate === 'drop after storing';
    const topics = request.list(() => ({
      name: request.text() ?? '',
      partitions: request.list(() => {
        const partition = request.int32();
        const batch = request.bytes();
        const isSound = isIntact(batch);
        if (store && isSound) records.push(...recordsIn(batch, partition));
        return { partition, error: isSound ? (typeof fate === 'number' ? fate : 0) : CORRUPT_MESSAGE };
      }),
    }));
    if (fate === 'drop' || fate === 'drop after storing') socket.destroy();
    if (typeof fate !== 'number') return undefined;
    const partitionAnswer = ({ partition, error }: { partition: number; error: number }) =>
      Buffer.concat([int32(partition), int16(error), int64(0), int64(-1), int64(0), int32(0), int16(-1)]);
    const responses = topics.map(({ name, partitions }) =>
      Buffer.concat([text(name), list(partitions.map(partitionAnswer))]),
    );
    return Buffer.concat([list(responses), int32(0)]);
  }

  const broker: KafkaBroker = {
    address: `127.0.0.1:${port}`,
    records,
    acks,
    fate: 0,
    async stop() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return broker;
}

/** In the form of version 3 and later: compact lists, tagged fields. */
function versionsAnswer(): Buffer {
  const apis = [
    [API.produce, 3, 8],
    [API.metadata, 0, 8],
    [API.versions, 0, 4],
  ].map((versions) => Buffer.concat([...versions.map(int16), Buffer.from([0])]));
  return Buffer.concat([int16(0), Buffer.from([apis.length + 1]), ...apis, int32(0), Buffer.from([0])]);
}

/** Version 8. */
function metadataAnswer(request: RequestReader, port: number): Buffer {
  const asked = request.list(() => request.text() ?? '');
  const node = Buffer.concat([int32(1), text('127.0.0.1'), int32(port), int16(-1)]);
  const one = list([int32(1)]);
  const partitions = Array.from({ length: PARTITIONS }, (_, index) =>
    Buffer.concat([int16(0), int32(index), int32(1), int32(0), one, one, list([])]),
  );
  const topics = asked.map((name) => {
    const isKnown = name === TOPIC;
    const error = int16(isKnown ? 0 : UNKNOWN_TOPIC_OR_PARTITION);
    return Buffer.concat([error, text(name), Buffer.from([0]), list(isKnown ? partitions : []), int32(0)]);
  });
  return Buffer.concat([int32(0), list([node]), text('test'), int32(1), list(topics), int32(0)]);
}

/** Where the checksum stands in a batch of format 2, and what it covers. */
const CRC_AT = 17;
const COVERED_FROM = 21;

function isIntact(batch: Buffer): boolean {
  return batch.readInt8(16) === 2 && crc32c(batch.subarray(COVERED_FROM)) === batch.readUInt32BE(CRC_AT);
}

function recordsIn(batch: Buffer, partition: number): KafkaRecord[] {
  const first = Number(batch.readBigInt64BE(27));
  const count = batch.readInt32BE(57);
  const reader = new RequestReader(batch.subarray(61));
  return Array.from({ length: count }, () => {
    reader.varint();
    reader.int8();
    const timestamp = first + reader.varint();
    reader.varint();
    const key = reader.take(reader.varint()).toString();
    const value = reader.take(reader.varint()).toString();
    const headers = Array.from({ length: reader.varint() }, () => [
      reader.take(reader.varint()).toString(),
      reader.take(reader.varint()).toString(),
    ]);
    return {
      key,
      value,
      timestamp,
      partition,
      headers: Object.fromEntries(headers) as Record<string, string>,
    };
  });
}

function crc32c(bytes: Buffer): number {
  let crc = 0xffff_ffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0x82f6_3b78 : 0);
  }
  return (crc ^ 0xffff_ffff) >>> 0;
}

class RequestReader {
  readonly #bytes: Buffer;
  #at = 0;
  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }
  take(length: number): Buffer {
    const from = this.#at;
    this.#at += Math.max(0, length);
    return this.#bytes.subarray(from, this.#at);
  }
  int8 = (): number => this.take(1).readInt8(0);
  int16 = (): number => this.take(2).readInt16BE(0);
  int32 = (): number => this.take(4).readInt32BE(0);
  text(): string | null {
    const length = this.int16();
    return length < 0 ? null : this.take(length).toString();
  }
  bytes = (): Buffer => this.take(this.int32());
  list<T>(read: () => T): T[] {
    return Array.from({ length: Math.max(0, this.int32()) }, read);
  }
  /** Zigzag, seven bits to a byte. */
  varint(): number {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = this.take(1).readUInt8(0);
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return Number((value >> 1n) ^ -(value & 1n));
    }
  }
}

function int16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeInt16BE(value);
  return bytes;
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

function int64(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(BigInt(value));
  return bytes;
}

function text(value: string): Buffer {
  return Buffer.concat([int16(Buffer.byteLength(value)), Buffer.from(value)]);
}

function list(members: readonly Buffer[]): Buffer {
  return Buffer.concat([int32(members.length), ...members]);
}
