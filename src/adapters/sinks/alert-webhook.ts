/** Alerts over HTTP: as JSON with a signature, or as the text that Slack and its like take. */
import { createHmac } from 'node:crypto';
import { AlertError, type AlertMessage, type AlertSink } from '../../governance/alerts/sink.ts';
import { TransportError } from '../../modules/inference/transport.ts';
import type { HttpPost } from './http-post.ts';

interface Target {
  readonly url: string;
  readonly allowPrivateNetwork: boolean;
  readonly post: HttpPost;
}

export interface AlertWebhookOptions extends Target {
  /** Signs what is sent. */
  readonly signingKey: string | undefined;
  readonly now: () => number;
}

/** `bartizan-signature: t=<seconds>,v1=<hex>`, the HMAC-SHA-256 of `<seconds>.<body>`. */
export function createAlertWebhook(options: AlertWebhookOptions): AlertSink {
  const { signingKey, now } = options;
  return {
    async deliver(message, signal) {
      const { id, alert, event, atMs, isTest: test, title, facts, link } = message;
      const at = new Date(atMs).toISOString();
      const body = JSON.stringify({ id, alert, event, at, test, title, facts, link });
      const seconds = Math.floor(now() / 1_000);
      const signature =
        signingKey === undefined
          ? {}
          : { 'bartizan-signature': `t=${seconds},v1=${signatureOf(signingKey, `${seconds}.${body}`)}` };
      await send(options, body, signature, signal);
    },
  };
}

export function createSlackWebhook(options: Target): AlertSink {
  return {
    deliver: (message, signal) => send(options, JSON.stringify({ text: slackText(message) }), {}, signal),
  };
}

function slackText({ alert, isTest, title, link }: AlertMessage): string {
  const heading = isTest ? `Test of ${alert}` : alert;
  return `*Bartizan: ${escaped(heading)}*\n${escaped(title)}\n${escaped(link)}`;
}

/** As Slack asks for it: nothing becomes a mention or a link by itself. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function signatureOf(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Later, the same may be taken. */
const PASSING: ReadonlySet<number> = new Set([408, 425, 429]);

async function send(
  { url, allowPrivateNetwork, post }: Target,
  body: string,
  headers: Readonly<Record<string, string>>,
  signal: AbortSignal,
): Promise<void> {
  const { status } = await post({ url, headers, body, signal, allowPrivateNetwork }).catch(
    (cause: unknown) => {
      if (!(cause instanceof TransportError)) throw new AlertError('failed', { cause });
      throw new AlertError(cause.fault, { isFinal: cause.fault === 'address_forbidden', cause });
    },
  );
  if (status >= 200 && status < 300) return;
  throw new AlertError(`http_${status}`, { isFinal: status < 500 && !PASSING.has(status) });
}
