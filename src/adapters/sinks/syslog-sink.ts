/**
 * Syslog over TLS (RFC 5425), or plain TCP where that is asked for. The protocol has no acknowledgement: a batch is taken
 * for delivered when its bytes were handed to the network and the connection stands a moment later.
 */
import { once } from 'node:events';
import { connect as connectTcp, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect as connectTls } from 'node:tls';
import { SinkError, type Sink } from '../../governance/siem/sink.ts';
import { syslogFrame, type SyslogSender } from './syslog-message.ts';
import { tlsOptions, type TlsSettings } from './tls-settings.ts';

export interface SyslogSinkOptions extends SyslogSender {
  readonly host: string;
  readonly port: number;
  readonly tls: TlsSettings | false;
  readonly connectTimeoutMs: number;
}

/** A receiver that is gone answers the first bytes with a reset: it is waited for so long. */
const STANDS_AFTER_MS = 200;
/** For bytes that wait, when the connection is given up. */
const GOODBYE_MS = 1_000;

export async function openSyslogSink(options: SyslogSinkOptions): Promise<Sink> {
  const socket = await connected(options);
  let fault: Error | undefined;
  let isOpen = true;
  socket.on('error', (error) => (fault = error));
  // A receiver says nothing; what closes its side takes no more either.
  socket.on('end', () => (isOpen = false)).on('close', () => (isOpen = false));
  socket.resume();
  const assertOpen = () => {
    if (!isOpen || fault) throw new SinkError('connection_closed', { cause: fault });
  };
  return {
    async deliver(batch, signal) {
      assertOpen();
      await written(socket, Buffer.concat(batch.map((item) => syslogFrame(item, options))), signal);
      await sleep(STANDS_AFTER_MS, undefined, { signal });
      assertOpen();
      return [];
    },
    async close() {
      if (socket.closed) return;
      const closed = once(socket, 'close');
      const timer = setTimeout(() => socket.destroy(), GOODBYE_MS);
      socket.end();
      await closed;
      clearTimeout(timer);
    },
  };
}

async function connected(options: SyslogSinkOptions): Promise<Socket> {
  const { host, port, tls, connectTimeoutMs } = options;
  const socket = tls === false ? connectTcp({ host, port }) : connectTls({ host, port, ...tlsOptions(tls) });
  const signal = AbortSignal.timeout(connectTimeoutMs);
  try {
    await once(socket, tls === false ? 'connect' : 'secureConnect', { signal });
  } catch (error) {
    socket.on('error', () => socket.destroy());
    socket.destroy();
    throw signal.aborted ? new SinkError('connect_timeout') : error;
  }
  socket.setKeepAlive(true, 30_000);
  return socket;
}

function written(socket: Socket, bytes: Buffer, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => reject(new SinkError('stopped'));
    signal.addEventListener('abort', stop, { once: true });
    socket.write(bytes, (error) => {
      signal.removeEventListener('abort', stop);
      if (error) reject(error);
      else resolve();
    });
  });
}
