/** Alerts as e-mail: a real conversation with a server that speaks SMTP. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createAlertMail, type AlertMailOptions } from '../../src/adapters/smtp/alert-mail.ts';
import { AlertError, type AlertMessage } from '../../src/governance/alerts/sink.ts';
import { startSmtpServer, type SmtpServer } from './smtp-server.ts';

const testdata = join(import.meta.dirname, '../../src/adapters/undici/testdata');
const certificate = readFileSync(join(testdata, 'provider.test.certificate.pem'), 'utf8');
const key = readFileSync(join(testdata, 'provider.test.key.pem'), 'utf8');

const MESSAGE: AlertMessage = {
  id: 'alr_1',
  alert: 'refusals',
  event: 'refusals',
  atMs: 0,
  isTest: false,
  title: '12 requests were refused within 10 minutes.',
  facts: { count: 12, more_than: 10 },
  link: 'https://bartizan.example/console/activity',
};

let server: SmtpServer;
beforeEach(async () => {
  server = await startSmtpServer({ certificate, key });
});
afterEach(() => server.close());

function mail(over: Partial<AlertMailOptions> = {}) {
  const sink = createAlertMail({
    host: '127.0.0.1',
    port: server.port,
    encryption: 'none',
    credentials: undefined,
    sender: 'bartizan@example.com',
    recipients: ['soc@example.com', 'ciso@example.com'],
    timeoutMs: 2_000,
    mayConnect: () => true,
    ...over,
  });
  return (signal = AbortSignal.timeout(5_000)) => sink.deliver(MESSAGE, signal);
}

const lines = () => server.said.map(({ text }) => text);

async function reasonOf(work: Promise<unknown>): Promise<string> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return error instanceof AlertError ? `${error.reason}${error.isFinal ? ' final' : ''}` : String(error);
}

test('a message is taken with its sender, recipients, subject and text', async () => {
  await mail()();
  expect(lines()).toEqual(
    expect.arrayContaining([
      'MAIL FROM:<bartizan@example.com>',
      'RCPT TO:<soc@example.com>',
      'RCPT TO:<ciso@example.com>',
      'Subject: [Bartizan] refusals',
      'Auto-Submitted: auto-generated',
      '12 requests were refused within 10 minutes.',
      'count: 12',
      'https://bartizan.example/console/activity',
    ]),
  );
});

test('with STARTTLS neither credentials nor the message go in the clear', async () => {
  const host = 'localhost';
  const ask = mail({
    host,
    encryption: 'starttls',
    credentials: { user: 'bartizan', password: 'pass' },
    certificateAuthority: certificate,
    serverName: 'provider.test',
  });
  await ask();
  const auth = `AUTH PLAIN ${Buffer.from('\0bartizan\0pass').toString('base64')}`;
  expect(server.said).toContainEqual({ text: auth, isEncrypted: true });
  expect(server.said.filter(({ isEncrypted }) => !isEncrypted).map(({ text }) => text.split(' ')[0])).toEqual(
    ['EHLO', 'STARTTLS'],
  );
});

describe('it fails, and says why by a code alone', () => {
  test('a certificate that nobody vouches for', async () => {
    expect(await reasonOf(mail({ encryption: 'starttls' })())).toMatch(/^smtp_/);
    expect(lines().join()).not.toContain('MAIL FROM');
  });

  test('a server that offers no TLS where that is asked for', async () => {
    server.answers.set('STARTTLS', '454 not here');
    expect(await reasonOf(mail({ encryption: 'starttls' })())).toMatch(/^smtp_/);
    expect(lines().join()).not.toContain('MAIL FROM');
  });

  test.each([
    ['RCPT', '550 no such person soc@example.com', 'smtp_550 final'],
    ['MAIL', '451 later', 'smtp_451'],
    ['greeting', '<html>nonsense', 'smtp_eprotocol'],
  ])('%s answered with %s', async (line, answer, reason) => {
    server.answers.set(line, answer);
    expect(await reasonOf(mail()())).toBe(reason);
  });

  test('an address that may not be connected to', async () => {
    const asked: unknown[] = [];
    const mayConnect = (...each: unknown[]) => {
      asked.push(each);
      return false;
    };
    expect(await reasonOf(mail({ mayConnect })())).toBe('address_forbidden final');
    expect(asked).toEqual([['127.0.0.1', false]]);
    expect(server.said).toEqual([]);
  });

  test('nobody there', async () => {
    server.close();
    expect(await reasonOf(mail()())).toMatch(/^smtp_/);
  });

  test('a server that hangs', async () => {
    server.answers.set('MAIL', '');
    expect(await reasonOf(mail({ timeoutMs: 300 })())).toBe('smtp_etimedout');
  });
});
