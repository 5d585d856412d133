/** Alerts as e-mail, over SMTP with TLS: plain text, to addresses that the configuration names. */
import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { createTransport } from 'nodemailer';
import { AlertError, type AlertMessage, type AlertSink } from '../../governance/alerts/sink.ts';

export interface AlertMailOptions {
  readonly host: string;
  readonly port: number;
  readonly encryption: 'starttls' | 'tls' | 'none';
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  readonly sender: string;
  readonly recipients: readonly string[];
  readonly timeoutMs: number;
  /** Whether an address may be connected to. */
  readonly mayConnect: (address: string, isEncrypted: boolean) => boolean;
  /** Trusted instead of the well-known authorities, and what its certificate is for: tests have their own. */
  readonly certificateAuthority?: string;
  readonly serverName?: string;
}

export function createAlertMail(options: AlertMailOptions): AlertSink {
  return {
    async deliver(message, signal) {
      const transport = createTransport(await transportOptions(options));
      const close = () => transport.close();
      signal.addEventListener('abort', close, { once: true });
      try {
        await transport.sendMail(mailOf(message, options));
      } catch (cause) {
        throw mailError(cause);
      } finally {
        signal.removeEventListener('abort', close);
        transport.close();
      }
    },
  };
}

async function transportOptions(options: AlertMailOptions) {
  const { host, port, encryption, credentials, timeoutMs, certificateAuthority } = options;
  const serverName = options.serverName ?? (isIP(host) === 0 ? host : undefined);
  const isEncrypted = encryption !== 'none';
  return {
    // What was checked is connected to: a name may lead elsewhere a moment later.
    host: await checkedAddress(options, isEncrypted),
    port,
    secure: encryption === 'tls',
    requireTLS: encryption === 'starttls',
    ignoreTLS: !isEncrypted,
    tls: {
      minVersion: 'TLSv1.2' as const,
      rejectUnauthorized: true,
      ...(serverName === undefined ? {} : { servername: serverName }),
      ...(certificateAuthority === undefined ? {} : { ca: certificateAuthority }),
    },
    ...(credentials === undefined ? {} : { auth: { user: credentials.user, pass: credentials.password } }),
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

/** One forbidden address refuses the whole name. */
async function checkedAddress({ host, mayConnect }: AlertMailOptions, isEncrypted: boolean): Promise<string> {
  const addresses = await lookup(host, { all: true }).catch((cause: unknown) => {
    throw new AlertError('host_unknown', { cause });
  });
  const [first] = addresses;
  if (first === undefined) throw new AlertError('host_unknown');
  if (!addresses.every(({ address }) => mayConnect(address, isEncrypted)))
    throw new AlertError('address_forbidden', { isFinal: true });
  return first.address;
}

function mailOf(
  { id, alert, atMs, isTest, title, facts, link }: AlertMessage,
  { sender, recipients }: AlertMailOptions,
) {
  const lines = Object.entries(facts).map(([name, value]) => `${name.replaceAll('_', ' ')}: ${value}`);
  return {
    from: sender,
    to: [...recipients],
    subject: `[Bartizan] ${isTest ? 'Test of ' : ''}${alert}`,
    text: [title, '', ...lines, `at: ${new Date(atMs).toISOString()}`, '', link, '', id, ''].join('\n'),
    headers: { 'Auto-Submitted': 'auto-generated', 'X-Bartizan-Alert': alert },
  };
}

/** Codes alone: servers quote what they were sent. */
function mailError(cause: unknown): AlertError {
  if (cause instanceof AlertError) return cause;
  const { responseCode, code } = partsOf(cause);
  if (responseCode !== undefined)
    return new AlertError(`smtp_${responseCode}`, { isFinal: responseCode >= 500, cause });
  return new AlertError(code === undefined ? 'failed' : `smtp_${code.toLowerCase()}`, { cause });
}

function partsOf(error: unknown): { responseCode?: number; code?: string } {
  if (typeof error !== 'object' || error === null) return {};
  return {
    ...('responseCode' in error && typeof error.responseCode === 'number'
      ? { responseCode: error.responseCode }
      : {}),
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
  };
}
