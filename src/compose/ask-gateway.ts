/** A request to this gateway's own chat address, over loopback: it is served, limited and recorded as any other. */
import { request } from 'node:http';
import { json } from 'node:stream/consumers';

const TIMEOUT_MS = 60_000;

export interface GatewayAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export function askGateway(
  address: string,
  token: string,
  body: unknown,
  signal: AbortSignal,
): Promise<GatewayAnswer> {
  return new Promise((resolve, reject) => {
    const asked = request(
      `${address}/v1/chat/completions`,
      {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        signal,
        timeout: TIMEOUT_MS,
      },
      (answer) => {
        const headers = Object.fromEntries(
          Object.entries(answer.headers).map(([name, value]) => [name, String(value)]),
        );
        json(answer).then((told) => resolve({ status: answer.statusCode ?? 0, headers, body: told }), reject);
      },
    );
    asked.once('timeout', () => asked.destroy(new Error('the gateway did not answer itself in time')));
    asked.once('error', reject);
    asked.end(JSON.stringify(body));
  });
}
