/** A model that judges, as good or bad as a test wants: it speaks OpenAI's chat completions, and tells its usage. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

export interface AskedJudge {
  readonly model: string;
  readonly instructions: string;
  readonly prompt: string;
}

/** A status without an answer; a verdict; or what else it says. */
export type JudgeAnswer = number | boolean | string;

export interface JudgeServer {
  /** `http://127.0.0.1:PORT/v1` */
  readonly url: string;
  readonly asked: AskedJudge[];
  /** A promise that never resolves: it hangs. */
  says: (asked: AskedJudge) => JudgeAnswer | Promise<JudgeAnswer>;
  stop(): Promise<void>;
}

export const JUDGE_USAGE = { inputTokens: 300, outputTokens: 20 };

export async function startJudge(): Promise<JudgeServer> {
  const asked: AskedJudge[] = [];
  const server = createServer((request, response) => {
    void textOf(request).then(async (raw) => {
      const { model, messages } = JSON.parse(raw) as {
        model: string;
        messages: readonly { readonly content: string }[];
      };
      const question = {
        model,
        instructions: messages[0]?.content ?? '',
        prompt: messages[1]?.content ?? '',
      };
      asked.push(question);
      const said = await judge.says(question);
      const status = typeof said === 'number' ? said : 200;
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(typeof said === 'number' ? question.prompt : completion(model, verdictOf(said, question)));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const judge: JudgeServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked,
    says: () => false,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return judge;
}

function verdictOf(said: boolean | string, { prompt }: AskedJudge): string {
  if (typeof said === 'string') return said;
  const id = /BEGIN ([0-9a-f]{32})/.exec(prompt)?.[1] ?? '';
  return JSON.stringify({ id, violates: said, confidence: 0.9 });
}

function completion(model: string, content: string): string {
  const { inputTokens, outputTokens } = JUDGE_USAGE;
  return JSON.stringify({
    id: 'c-1',
    object: 'chat.completion',
    created: 1,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: {
      prompt_tokens: inputTokens,
      completion_tokens: outputTokens,
      total_tokens: inputTokens + outputTokens,
    },
  });
}
