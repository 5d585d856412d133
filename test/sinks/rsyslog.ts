/** An rsyslog of a test's own, which writes what it understood of each message as a line of JSON. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificates } from './certificates.ts';

export interface Rsyslog {
  readonly port: number;
  /** What it received so far. */
  received(): readonly Record<string, string>[];
  stop(): Promise<void>;
}

export async function startRsyslog(
  directory: string,
  certificates?: Certificates,
  port?: number,
): Promise<Rsyslog> {
  const listening = port ?? (await freePort());
  const output = join(directory, 'received.jsonl');
  const file = join(directory, 'rsyslog.conf');
  writeFileSync(file, configuration(directory, output, listening, certificates));
  const child = spawn('/usr/sbin/rsyslogd', ['-n', '-f', file, '-i', join(directory, 'rsyslog.pid')], {
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await answers(listening);
  return {
    port: listening,
    received() {
      const text = existsSync(output) ? readFileSync(output, 'utf8') : '';
      return text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as Record<string, string>);
    },
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function configuration(directory: string, output: string, port: number, certificates?: Certificates): string {
  const tls = certificates
    ? `StreamDriver.Name="gtls" StreamDriver.Mode="1" StreamDriver.Authmode="anon"`
    : `StreamDriver.Name="ptcp"`;
  const files = certificates
    ? `defaultNetstreamDriverCAFile="${certificates.caFile}" defaultNetstreamDriverCertFile="${certificates.certificateFile}" defaultNetstreamDriverKeyFile="${certificates.keyFile}"`
    : '';
  const fields = [
    'pri',
    'timestamp:timereported:date-rfc3339',
    'hostname',
    'app:app-name',
    'msgid',
    'sd:structured-data',
    'msg',
  ];
  const parts = fields.map((field) => {
    const [name = '', property = name, format] = field.split(':');
    return format
      ? `constant(value="\\"${name}\\":\\"") property(name="${property}" dateFormat="rfc3339") constant(value="\\"")`
      : `property(outname="${name}" name="${property}" format="jsonf")`;
  });
  const template = parts.join(' constant(value=",") ');
  return `global(workDirectory="${directory}" maxMessageSize="64k" ${files})
module(load="imtcp" ${tls})
input(type="imtcp" port="${port}" address="127.0.0.1")
template(name="parts" type="list") { constant(value="{") ${template} constant(value="}\\n") }
*.* action(type="omfile" file="${output}" template="parts" asyncWriting="off" flushInterval="1")
`;
}

/** Free a moment ago: whoever needs a port that others do not take asks the system. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a port was expected');
  return address.port;
}

async function answers(port: number): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const isThere = await new Promise<boolean>((resolve) => {
      const socket = connect({ port, host: '127.0.0.1' }, () => (socket.destroy(), resolve(true)));
      socket.on('error', () => resolve(false));
    });
    if (isThere) return;
    await sleep(25);
  }
  throw new Error('rsyslog does not listen');
}
