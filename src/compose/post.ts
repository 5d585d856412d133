/** One POST over the guarded transport, whose answer is read whole. */
import type { Transport } from '../modules/inference/transport.ts';

export interface Post {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly signal: AbortSignal;
  /** For each wait; the signal ends all of them together. */
  readonly timeoutMs: number;
  readonly maxAnswerBytes: number;
  readonly allowPrivateNetwork: boolean;
}

export async function post(
  transport: Transport,
  { timeoutMs, ...request }: Post,
): Promise<{ readonly status: number; readonly body: string }> {
  const answer = await transport.send({
    ...request,
    method: 'POST',
    timeouts: { connectMs: timeoutMs, firstByteMs: timeoutMs, idleMs: timeoutMs },
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer.body) chunks.push(chunk);
  return { status: answer.status, body: Buffer.concat(chunks).toString('utf8') };
}

/** Of JSON sent and expected, unless told otherwise. */
export function jsonHeaders(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return { 'content-type': 'application/json', accept: 'application/json', ...headers };
}
