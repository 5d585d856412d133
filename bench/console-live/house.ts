/** A gateway with everything on and its owner signed in, as a process that is pinned to nothing. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Client } from '../../src/contract/api/client.ts';
import { openBrowser } from '../../test/control-plane/browser.ts';
import { printedKey, startUpstream, type Contender } from '../contenders.ts';
import { freePort, startServer } from '../server-process.ts';
import { bartizan } from '../servers/bartizan.ts';

export interface LiveHouse {
  /** Asked as applications ask it. */
  readonly contender: Contender;
  readonly url: string;
  readonly client: Client;
  /** Of the owner's session. */
  readonly cookies: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

const NOWHERE = { server: undefined, upstream: undefined, load: undefined };
const OWNER = { id: 'ada@example.com', displayName: 'Ada', password: 'nine blue lanterns' };

export async function startHouse(directory: string): Promise<LiveHouse> {
  const upstream = await startUpstream({ directory, cores: NOWHERE });
  const home = join(directory, 'house');
  mkdirSync(home, { recursive: true });
  const controls = { isScanning: true, record: 'before_release', capture: 'full' } as const;
  const { args, environment, keyIn } = bartizan(home, upstream.process.port, controls);
  const port = await freePort();
  const process = await startServer({
    name: 'bartizan',
    args,
    environment: { ...environment, BARTIZAN_PORT: String(port) },
    core: undefined,
    port,
    outputFile: join(home, 'output.log'),
  });
  const key = await printedKey(process, keyIn);
  const token = await printedKey(process, (output) => /\/welcome#(\S+)/.exec(output)?.[1]);
  const url = `http://127.0.0.1:${port}`;
  const browser = openBrowser(url);
  await browser.client.call('acceptInvitation', { body: { token, ...OWNER } });
  await browser.arrive();
  return {
    contender: { name: 'bartizan', process, headers: { authorization: `Bearer ${key}` } },
    url,
    client: browser.client,
    cookies: browser.cookies,
    async stop() {
      await process.stop();
      await upstream.process.stop();
    },
  };
}
