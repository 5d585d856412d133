/**
 * A real Chromium for tests, as Debian's package installs it, driven by its DevTools protocol.
 *
 * Without CI=true, a suite that needs it is left out where it is missing and says so.
 * With CI=true nothing is left out: a missing browser fails its tests.
 */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe } from 'vitest';

const candidates = [
  process.env['BARTIZAN_TEST_CHROMIUM'],
  'chromium',
  'chromium-browser',
  'google-chrome',
].filter((name) => name !== undefined);
const found = candidates.find(answers);
export const chromiumCommand = found ?? 'chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--remote-debugging-port=0',
];
const START_MS = 30_000;

function answers(name: string): boolean {
  try {
    execFileSync(name, ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A suite that needs a browser. */
export const describeWithChromium =
  found !== undefined || process.env['CI'] === 'true'
    ? (name: string, suite: () => void): void => void describe(name, suite)
    : (name: string, suite: () => void): void =>
        void describe.skip(`${name} [left out: no Chromium on this machine]`, suite);

export interface BrowserPage {
  /** One command of the DevTools protocol. */
  send(method: string, params?: object): Promise<Record<string, unknown>>;
  /** The value of an expression in the page, a promise's once it is there. */
  evaluate(expression: string): Promise<unknown>;
  /** Evaluates until it is true. */
  until(expression: string, timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export async function openPage(): Promise<BrowserPage> {
  const profile = await mkdtemp(path.join(tmpdir(), 'bartizan-chromium-'));
  const browser = spawn(chromiumCommand, [...FLAGS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: 'ignore',
  });
  const socket = await connect(browser, profile);
  const waiting = new Map<number, (answer: Answer) => void>();
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer;
    if (answer.id !== undefined) waiting.get(answer.id)?.(answer);
  });
  let sent = 0;

  async function send(method: string, params: object = {}): Promise<Record<string, unknown>> {
    const id = ++sent;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, method, params }));
    const { error, result } = await answered;
    if (error) throw new Error(`${method}: ${error.message}`);
    return result ?? {};
  }

  async function evaluate(expression: string): Promise<unknown> {
    const { result, exceptionDetails } = (await send('Runtime.evaluate', {
      expression,
      awaitPromise: true,
      returnByValue: true,
    })) as { result: { value?: unknown }; exceptionDetails?: { text: string } };
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  }

  return {
    send,
    evaluate,
    async until(expression, timeoutMs) {
      const end = Date.now() + timeoutMs;
      while ((await evaluate(expression)) !== true) {
        if (Date.now() > end) throw new Error(`not within ${timeoutMs} ms: ${expression}`);
        await sleep(50);
      }
    },
    async close() {
      socket.close();
      const gone = once(browser, 'exit');
      browser.kill('SIGKILL');
      await gone;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Answer {
  readonly id?: number;
  readonly result?: Record<string, unknown>;
  readonly error?: { readonly message: string };
}

/** To the first page that the browser has opened. */
async function connect(browser: ChildProcess, profile: string): Promise<WebSocket> {
  const portFile = path.join(profile, 'DevToolsActivePort');
  const end = Date.now() + START_MS;
  while (!existsSync(portFile)) {
    if (browser.exitCode !== null || Date.now() > end) throw new Error('Chromium did not start');
    await sleep(50);
  }
  const [port] = (await readFile(portFile, 'utf8')).split('\n');
  const listed = await fetch(`http://127.0.0.1:${port}/json/list`);
  const pages = (await listed.json()) as { type: string; webSocketDebuggerUrl: string }[];
  const page = pages.find(({ type }) => type === 'page');
  if (!page) throw new Error('Chromium has no page');
  const socket = new WebSocket(page.webSocketDebuggerUrl);
  await once(socket, 'open');
  return socket;
}
