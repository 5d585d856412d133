/** Asks one question the ordinary way, for all that is not timed. */
import { questionBody, type Contender, type Question } from './contenders.ts';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string;
}

const TIMEOUT_MS = 30_000;

export async function ask({ process, headers }: Contender, question: Question, text: string): Promise<Reply> {
  const response = await fetch(`http://127.0.0.1:${process.port}/v1/chat/completions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: questionBody(question, text),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  return { status: response.status, headers: response.headers, body: await response.text() };
}
