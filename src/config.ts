/** The only reader of the process's environment: settings of this process, apart from the configuration tree. */
import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, resolve } from 'node:path';
import { z } from 'zod';

const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback);

const environmentSchema = z.object({
  BARTIZAN_HOST: z.string().default('127.0.0.1'),
  BARTIZAN_PORT: count(4411, 0),
  /** Where the embedded database and the generated master key live. */
  BARTIZAN_DATA: z.string().default('data'),
  /** Where the embedded database keeps the keys of subjects, so that a backup of the data directory holds none. */
  BARTIZAN_KEYS: z.string().optional(),
  /** Names the log in its checkpoints: an address without scheme, of a name that is yours. */
  BARTIZAN_LOG_ORIGIN: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9._/-]{2,127}$/)
    .optional(),
  /** Who may read the log below /log/: whoever presents a credential with the scope `audit`, everybody, or nobody. */
  BARTIZAN_LOG_ACCESS: z.enum(['credential', 'public', 'off']).default('credential'),
  /** A configuration file that is applied at every start; without it the store's own configuration counts. */
  BARTIZAN_CONFIG: z.string().optional(),
  /** Names this replica in the audit record; MUST differ between replicas and stay the same over restarts. */
  BARTIZAN_INSTANCE: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,64}$/)
    .optional(),
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  /** Where PostgreSQL keeps the keys of subjects, so that a backup of the record holds none. */
  BARTIZAN_KEYS_DATABASE_URL: z.string().startsWith('postgres').optional(),
  REDIS_URL: z.string().startsWith('redis').optional(),
  BARTIZAN_MASTER_KEY: z.string().optional(),
  BARTIZAN_MASTER_KEY_FILE: z.string().optional(),
  /** A program that prints the master key: the client of a key-management service. Run without a shell. */
  BARTIZAN_MASTER_KEY_COMMAND: z.string().optional(),
  /** The one before it, in the same three ways: given until everything is wrapped by the new one. */
  BARTIZAN_MASTER_KEY_PREVIOUS: z.string().optional(),
  BARTIZAN_MASTER_KEY_PREVIOUS_FILE: z.string().optional(),
  BARTIZAN_MASTER_KEY_PREVIOUS_COMMAND: z.string().optional(),
  BARTIZAN_MAX_BODY_BYTES: count(16 * 1024 * 1024),
  BARTIZAN_MAX_JSON_DEPTH: count(64),
  BARTIZAN_MAX_JSON_ELEMENTS: count(100_000),
  BARTIZAN_BODY_TIMEOUT_MS: count(30_000),
  BARTIZAN_HEADERS_TIMEOUT_MS: count(10_000),
  BARTIZAN_STALL_TIMEOUT_MS: count(30_000),
  BARTIZAN_MAX_CONCURRENT: count(2_000),
  BARTIZAN_DRAIN_MS: count(30_000, 0),
  /** How often the record says that the gateway is there. */
  BARTIZAN_HEARTBEAT_MS: count(60_000, 100),
  BARTIZAN_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** Proxies whose `x-forwarded-for` is believed: addresses or ranges, separated by commas. */
  BARTIZAN_TRUST_PROXY: z.string().optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  OPENAI_API_KEY: z.string().optional(),
  ANTHROPIC_API_KEY: z.string().optional(),
  GEMINI_API_KEY: z.string().optional(),
});

export interface Settings {
  readonly host: string;
  readonly port: number;
  readonly dataDirectory: string;
  readonly keysDirectory: string | undefined;
  readonly keysDatabaseUrl: string | undefined;
  readonly logOrigin: string | undefined;
  readonly logAccess: 'credential' | 'public' | 'off';
  readonly configurationFile: string | undefined;
  readonly instance: string;
  readonly databaseUrl: string | undefined;
  readonly redisUrl: string | undefined;
  readonly maxBodyBytes: number;
  readonly maxJsonDepth: number;
  readonly maxJsonElements: number;
  readonly bodyTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly stallMs: number;
  readonly maxConcurrent: number;
  readonly drainMs: number;
  readonly heartbeatMs: number;
  readonly logLevel: string;
  readonly trustProxy: readonly string[];
  readonly otlpEndpoint: string | undefined;
  /** Names of the well-known providers whose key is in the environment. */
  readonly providerKeys: readonly ('OPENAI_API_KEY' | 'ANTHROPIC_API_KEY' | 'GEMINI_API_KEY')[];
  /** Reads one variable that the configuration tree refers to (`{ env: NAME }`). */
  readonly environment: (name: string) => string | undefined;
  /** The master key's text; generated and kept in the data directory where no source is named. */
  readonly masterKey: () => string;
  /** What it was before, while that is still given. */
  readonly previousMasterKey: () => string | undefined;
}

export class SettingsError extends Error {}

/** @throws SettingsError naming every variable that cannot be used; values are not repeated */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const parsed = environmentSchema.safeParse(env);
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
    throw new SettingsError(`these environment variables cannot be used:\n  ${problems.join('\n  ')}`);
  }
  const e = parsed.data;
  const dataDirectory = resolve(e.BARTIZAN_DATA);
  const providerKeys = (['OPENAI_API_KEY', 'ANTHROPIC_API_KEY', 'GEMINI_API_KEY'] as const).filter(
    (key) => e[key],
  );
  return {
    host: e.BARTIZAN_HOST,
    port: e.BARTIZAN_PORT,
    dataDirectory,
    keysDirectory: e.BARTIZAN_KEYS && resolve(e.BARTIZAN_KEYS),
    keysDatabaseUrl: e.BARTIZAN_KEYS_DATABASE_URL,
    logOrigin: e.BARTIZAN_LOG_ORIGIN,
    logAccess: e.BARTIZAN_LOG_ACCESS,
    configurationFile: e.BARTIZAN_CONFIG,
    instance:
      e.BARTIZAN_INSTANCE ??
      hostname()
        .replace(/[^A-Za-z0-9._-]/g, '-')
        .slice(0, 64),
    databaseUrl: e.DATABASE_URL,
    redisUrl: e.REDIS_URL,
    maxBodyBytes: e.BARTIZAN_MAX_BODY_BYTES,
    maxJsonDepth: e.BARTIZAN_MAX_JSON_DEPTH,
    maxJsonElements: e.BARTIZAN_MAX_JSON_ELEMENTS,
    bodyTimeoutMs: e.BARTIZAN_BODY_TIMEOUT_MS,
    headersTimeoutMs: e.BARTIZAN_HEADERS_TIMEOUT_MS,
    stallMs: e.BARTIZAN_STALL_TIMEOUT_MS,
    maxConcurrent: e.BARTIZAN_MAX_CONCURRENT,
    drainMs: e.BARTIZAN_DRAIN_MS,
    heartbeatMs: e.BARTIZAN_HEARTBEAT_MS,
    logLevel: e.BARTIZAN_LOG_LEVEL,
    trustProxy: e.BARTIZAN_TRUST_PROXY?.split(',').map((range) => range.trim()) ?? [],
    otlpEndpoint: e.OTEL_EXPORTER_OTLP_ENDPOINT,
    providerKeys,
    environment: (name) => env[name],
    masterKey: () =>
      keyFrom({
        value: e.BARTIZAN_MASTER_KEY,
        file: e.BARTIZAN_MASTER_KEY_FILE,
        command: e.BARTIZAN_MASTER_KEY_COMMAND,
      }) ?? generatedMasterKey(join(dataDirectory, 'master.key')),
    previousMasterKey: () =>
      keyFrom({
        value: e.BARTIZAN_MASTER_KEY_PREVIOUS,
        file: e.BARTIZAN_MASTER_KEY_PREVIOUS_FILE,
        command: e.BARTIZAN_MASTER_KEY_PREVIOUS_COMMAND,
      }),
  };
}

const apiSchema = z.object({
  /** Where the gateway is reached. */
  BARTIZAN_URL: z.url().default('http://127.0.0.1:4411'),
  /** An access token of the control plane. */
  BARTIZAN_TOKEN: z.string().min(1),
});

/** Of whoever asks a gateway, here or elsewhere. @throws SettingsError */
export function readApiSettings(env: NodeJS.ProcessEnv = process.env): {
  readonly url: string;
  readonly token: string;
} {
  const parsed = apiSchema.safeParse(env);
  if (!parsed.success)
    throw new SettingsError(
      'set BARTIZAN_TOKEN to an access token (My account, in the console), and BARTIZAN_URL',
    );
  return { url: parsed.data.BARTIZAN_URL.replace(/\/$/, ''), token: parsed.data.BARTIZAN_TOKEN };
}

interface KeySource {
  readonly value: string | undefined;
  readonly file: string | undefined;
  readonly command: string | undefined;
}

function keyFrom({ value, file, command }: KeySource): string | undefined {
  if (value) return value;
  if (file) return readFileSync(file, 'utf8').trim();
  if (!command) return undefined;
  const [program, ...args] = command.split(/\s+/);
  return execFileSync(program ?? '', args, {
    encoding: 'utf8',
    timeout: 30_000,
    maxBuffer: 64 * 1024,
  }).trim();
}

/** Made once with mode 0600 beside the embedded database; a second process that starts at once takes the first one's. */
function generatedMasterKey(file: string): string {
  if (!existsSync(file)) {
    mkdirSync(resolve(file, '..'), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
  }
  return readFileSync(file, 'utf8').trim();
}
