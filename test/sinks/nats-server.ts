/** A NATS server of a test's own, with JetStream, TLS and a token, which can be killed and started again. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Certificates } from './certificates.ts';
import { freePort } from './rsyslog.ts';

export interface OwnNatsServer {
  /** `host:port` */
  readonly address: string;
  start(): Promise<void>;
  kill(): Promise<void>;
}

export async function prepareNatsServer(
  directory: string,
  certificates: Certificates,
  token: string,
): Promise<OwnNatsServer> {
  const port = await freePort();
  const file = join(directory, 'nats.conf');
  writeFileSync(
    file,
    `listen: "127.0.0.1:${port}"
jetstream { store_dir: "${directory}/jetstream" }
authorization { token: "${token}" }
tls { cert_file: "${certificates.certificateFile}", key_file: "${certificates.keyFile}" }
`,
  );
  let child: ChildProcess | undefined;
  return {
    address: `127.0.0.1:${port}`,
    async start() {
      child = spawn('nats-server', ['-c', file], { stdio: 'ignore' });
      await once(child, 'spawn');
      for (let attempt = 0; attempt < 200; attempt++) {
        if (await answers(port)) return;
        await sleep(25);
      }
      throw new Error('the NATS server does not answer');
    },
    async kill() {
      if (!child || child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('data', () => (socket.destroy(), resolve(true)));
    socket.once('error', () => resolve(false));
  });
}
