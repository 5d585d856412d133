/** A mail server of its own for a test: as much of SMTP as a client needs, with STARTTLS and AUTH PLAIN. */
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

export interface SmtpServer {
  readonly port: number;
  /** Every line and message that came, and whether it came encrypted. */
  readonly said: { readonly text: string; readonly isEncrypted: boolean }[];
  /** Answers instead of the usual ones, by the beginning of a line. */
  readonly answers: Map<string, string>;
  close(): void;
}

export async function startSmtpServer(tls: {
  readonly certificate: string;
  readonly key: string;
}): Promise<SmtpServer> {
  const said: SmtpServer['said'] = [];
  const answers = new Map<string, string>();
  const sockets = new Set<Socket>();

  function converse(socket: Socket, isEncrypted: boolean): void {
    let isData = false;
    let held = '';
    const reply = (text: string) => socket.write(`${text}\r\n`);
    const onLine = (line: string): void => {
      const special = [...answers].find(([beginning]) => line.startsWith(beginning));
      if (isData) {
        said.push({ text: line, isEncrypted });
        if (line !== '.') return;
        isData = false;
        reply('250 taken');
        return;
      }
      said.push({ text: line, isEncrypted });
      if (special !== undefined) {
        if (special[1] !== '') reply(special[1]);
        return;
      }
      const verb = line.split(' ')[0]?.toUpperCase();
      switch (verb) {
        case 'EHLO':
          reply(`250-test.example\r\n250-AUTH PLAIN\r\n250 ${isEncrypted ? 'SIZE' : 'STARTTLS'}`);
          return;
        case 'STARTTLS': {
          reply('220 go on');
          socket.removeAllListeners('data');
          const secured = new TLSSocket(socket, { isServer: true, cert: tls.certificate, key: tls.key });
          secured.on('error', () => secured.destroy());
          converse(secured, true);
          return;
        }
        case 'AUTH':
          reply('235 welcome');
          return;
        case 'DATA':
          isData = true;
          reply('354 go on');
          return;
        case 'QUIT':
          reply('221 bye');
          socket.end();
          return;
        default:
          reply('250 fine');
      }
    };
    socket.on('data', (chunk: Buffer) => {
      held += chunk.toString('utf8');
      for (let end = held.indexOf('\r\n'); end >= 0; end = held.indexOf('\r\n')) {
        const line = held.slice(0, end);
        held = held.slice(end + 2);
        onLine(line);
      }
    });
  }

  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.write(`${answers.get('greeting') ?? '220 test.example'}\r\n`);
    converse(socket, false);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    said,
    answers,
    close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
