/** The transport over undici: pooled HTTP/1.1, guarded addresses, every wait and size bounded, no redirects. */
import { lookup as dnsLookup } from 'node:dns/promises';
import { Pool } from 'undici';
import { Refusal } from '../../domain/refusal.ts';
import {
  TransportError,
  type Transport,
  type TransportAnswer,
  type TransportRequest,
} from '../../modules/inference/transport.ts';
import { AnswerStream } from './answer-stream.ts';
import { createGuardedConnector, type Lookup } from './guarded-connector.ts';

export interface UndiciTransportOptions {
  /** Resolves a host name to all its addresses; the system's resolver unless told. */
  readonly lookup?: Lookup;
  /** Pools kept at once; the one used longest ago is closed for a new one. */
  readonly maxPools?: number;
  readonly maxConnectionsPerPool?: number;
  /** Of an answer. */
  readonly maxHeaderBytes?: number;
  /** How long a provider is made to wait for someone to read its answer, before nobody is taken to do so. */
  readonly readerTimeoutMs?: number;
  /** PEM certificates trusted instead of Node's own list. */
  readonly certificateAuthorities?: readonly string[];
}

/** Shorter than the 60 seconds after which most servers close an idle connection. */
const KEEP_ALIVE_MS = 20_000;

export function createUndiciTransport(options: UndiciTransportOptions = {}): Transport {
  const pools = createPools(options);
  const { readerTimeoutMs = 300_000 } = options;
  return {
    send(request) {
      try {
        return send(pools, request, readerTimeoutMs);
      } catch (error) {
        return Promise.reject(error);
      }
    },
    close: () => pools.close(),
  };
}

function send(pools: Pools, request: TransportRequest, readerTimeoutMs: number): Promise<TransportAnswer> {
  const url = parseUrl(request.url);
  const isEncrypted = url.protocol === 'https:';
  if (!isEncrypted && (url.protocol !== 'http:' || !request.allowPrivateNetwork)) {
    throw new TransportError('address_forbidden');
  }
  const pool = pools.get(url.origin, isEncrypted, request);
  const { firstByteMs, idleMs } = request.timeouts;
  return new AnswerStream(request, readerTimeoutMs).answer((handler) => {
    pool.dispatch(
      {
        path: url.pathname + url.search,
        method: request.method,
        // Scanning reads the answer: bytes in a content coding would be unreadable.
        headers: { 'accept-encoding': 'identity', ...request.headers },
        body: request.body,
        headersTimeout: firstByteMs,
        bodyTimeout: idleMs,
      },
      handler,
    );
  });
}

function parseUrl(text: string): URL {
  const url = URL.parse(text);
  if (url === null) throw new Refusal('provider_misconfigured', "the provider's address is not a URL");
  return url;
}

interface Pools {
  get(origin: string, isEncrypted: boolean, request: TransportRequest): Pool;
  close(): Promise<void>;
}

function createPools(options: UndiciTransportOptions): Pools {
  const { maxPools = 256, maxConnectionsPerPool = 2_048, maxHeaderBytes = 32 * 1024 } = options;
  const lookup = options.lookup ?? ((hostname: string) => dnsLookup(hostname, { all: true }));
  const pools = new Map<string, Pool>();

  const create = (origin: string, isEncrypted: boolean, request: TransportRequest): Pool =>
    new Pool(origin, {
      allowH2: false,
      pipelining: 1,
      connections: maxConnectionsPerPool,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
      maxHeaderSize: maxHeaderBytes,
      connect: createGuardedConnector({
        lookup,
        isEncrypted,
        allowPrivateNetwork: request.allowPrivateNetwork,
        connectTimeoutMs: request.timeouts.connectMs,
        certificateAuthorities: options.certificateAuthorities,
      }),
    });

  return {
    get(origin, isEncrypted, request) {
      // What a connection was opened under is part of the key: one opened for a provider that may reach private
      // networks is never lent to another that may not.
      const key = `${origin} ${request.allowPrivateNetwork} ${request.timeouts.connectMs}`;
      const known = pools.get(key);
      const pool = known ?? create(origin, isEncrypted, request);
      // While there is room, nobody will be closed, so the order of use need not be kept.
      if (known !== undefined && pools.size <= maxPools / 2) return pool;
      pools.delete(key);
      pools.set(key, pool);
      if (pools.size > maxPools) closeOldest(pools);
      return pool;
    },
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
      pools.clear();
    },
  };
}

function closeOldest(pools: Map<string, Pool>): void {
  for (const [key, pool] of pools) {
    pools.delete(key);
    // Lets what it is sending end; nobody waits for that.
    pool.close(() => undefined);
    return;
  }
}
