/** Connections to PostgreSQL, set up the way every one of them must be. */
import pg from 'pg';

/** int8 arrives as text unless told: every number kept here fits a double, or it is an error. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === pg.types.builtins.INT8 ? parseInteger : parserOf(oid, format),
};

/** The driver's own types leave open what a parser is. */
const parserOf: (oid: number, format?: 'text' | 'binary') => unknown = pg.types.getTypeParser;

function parseInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new Error('an integer of the database is out of range');
  return value;
}

const CONNECT_TIMEOUT_MS = 5_000;

/** Deadlines on both sides: a server that hangs must not make requests wait, nor a client hold locks. */
export function connectionSettings(url: string, queryTimeoutMs: number): pg.ClientConfig {
  return {
    connectionString: url,
    types,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: queryTimeoutMs,
    statement_timeout: queryTimeoutMs,
    idle_in_transaction_session_timeout: queryTimeoutMs,
    keepAlive: true,
    application_name: 'bartizan',
  };
}

/** The pool waits for what this gives, which the driver's types leave out. */
function told(statement: string): Pick<pg.PoolConfig, 'onConnect'> {
  const onConnect = (client: Pick<pg.Client, 'query'>): unknown => client.query(statement);
  return { onConnect };
}

/** `first` is what every connection is told before anything else. */
export function createPool(
  url: string,
  queryTimeoutMs: number,
  maxConnections: number,
  first?: string,
): pg.Pool {
  const pool = new pg.Pool({
    ...connectionSettings(url, queryTimeoutMs),
    max: maxConnections,
    ...(first === undefined ? {} : told(first)),
  });
  // An idle connection that breaks is replaced by the next query; without a listener it would end the process.
  pool.on('error', () => undefined);
  // The same for one that breaks while it is lent and between two queries: the next query of who holds it rejects.
  pool.on('connect', (client) => void client.on('error', () => undefined));
  return pool;
}
