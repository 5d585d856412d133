/** From an alert's destination as it is configured to the adapter that reaches it; credentials are read for each message. */
import { createAlertWebhook, createSlackWebhook } from '../adapters/sinks/alert-webhook.ts';
import type { HttpPost } from '../adapters/sinks/http-post.ts';
import { mayConnect } from '../adapters/undici/address-guard.ts';
import { unreachable } from '../base/exhaustive.ts';
import type { AlertDestination } from '../contract/alerts.ts';
import { AlertError, type AlertSink } from '../governance/alerts/sink.ts';
import type { SecretReference } from '../modules/scanning/scanner.ts';
import { jsonHeaders, post } from './post.ts';
import type { SinkMeans } from './siem-sinks.ts';

const TIMEOUT_MS = 10_000;
const MAX_ANSWER_BYTES = 64 * 1024;

export async function openAlertSink(to: AlertDestination, means: SinkMeans): Promise<AlertSink> {
  const allowPrivateNetwork = to.allow_private_network;
  switch (to.kind) {
    case 'webhook': {
      const signingKey = await optional(to.signing_key, means);
      const { url } = to;
      return createAlertWebhook({
        url,
        allowPrivateNetwork,
        signingKey,
        post: postOf(means),
        now: () => Date.now(),
      });
    }
    case 'slack':
      return createSlackWebhook({
        url: await secret(to.url, means),
        allowPrivateNetwork,
        post: postOf(means),
      });
    case 'email': {
      // Loaded when it is used.
      const { createAlertMail } = await import('../adapters/smtp/alert-mail.ts');
      const password = await optional(to.password, means);
      const { user } = to;
      return createAlertMail({
        ...to,
        credentials: user === undefined || password === undefined ? undefined : { user, password },
        timeoutMs: TIMEOUT_MS,
        mayConnect: (address, isEncrypted) => mayConnect(address, isEncrypted, allowPrivateNetwork),
      });
    }
    default:
      return unreachable(to);
  }
}

function postOf({ transport }: SinkMeans): HttpPost {
  return ({ headers, ...request }) =>
    post(transport, {
      ...request,
      headers: jsonHeaders(headers),
      timeoutMs: TIMEOUT_MS,
      maxAnswerBytes: MAX_ANSWER_BYTES,
    });
}

async function secret(reference: SecretReference, { secretOf }: SinkMeans): Promise<string> {
  return secretOf(reference).catch((cause: unknown) => {
    throw new AlertError('credential_not_set', { isFinal: true, cause });
  });
}

async function optional(
  reference: SecretReference | undefined,
  means: SinkMeans,
): Promise<string | undefined> {
  return reference && secret(reference, means);
}
