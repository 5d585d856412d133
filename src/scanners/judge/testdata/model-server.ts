/** A server on this machine that speaks OpenAI's chat completions, as good or bad a judge as a test wants. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as textOf } from 'node:stream/consumers';

export interface AskedModel {
  readonly model: string;
  readonly instructions: string;
  readonly prompt: string;
}

export interface ModelServer {
  readonly baseUrl: string;
  readonly asked: AskedModel[];
  /** What the model says; null: it never answers; a number: a status without an answer. */
  says: (asked: AskedModel, id: string) => string | number | null;
  close(): Promise<void>;
}

export async function openModelServer(): Promise<ModelServer> {
  const server = createServer((request, response) => {
    void textOf(request).then((raw) => {
      const { model, messages } = JSON.parse(raw) as {
        model: string;
        messages: readonly { readonly content: string }[];
      };
      const asked = { model, instructions: messages[0]?.content ?? '', prompt: messages[1]?.content ?? '' };
      models.asked.push(asked);
      const said = models.says(asked, /BEGIN ([0-9a-f]{32})/.exec(asked.prompt)?.[1] ?? '');
      if (said === null) return;
      response.writeHead(typeof said === 'number' ? said : 200, { 'content-type': 'application/json' });
      response.end(typeof said === 'number' ? asked.prompt : completion(said));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const models: ModelServer = {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    asked: [],
    says: () => null,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return models;
}

function completion(content: string): string {
  return JSON.stringify({
    id: 'c-1',
    object: 'chat.completion',
    created: 1,
    model: 'small',
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
  });
}
