/**
 * Asks a configured model on a guardrail's behalf. There is no principal whose grant could be shown, and the prompt is what is
 * being scanned: an administrator has decided that this model may see it by naming it in the guardrail.
 */
import type { Configuration } from '../contract/configuration.ts';
import type { ConfiguredProvider } from '../modules/inference/inference.ts';
import type { ProviderCall } from '../modules/inference/provider.ts';
import type { Transport } from '../modules/inference/transport.ts';
import type { ModelQuestion } from '../modules/scanning/scanner.ts';

const MAX_ANSWER_BYTES = 1024 * 1024;

export interface AskableModels {
  readonly models: Configuration['models'];
  readonly providers: ReadonlyMap<string, ConfiguredProvider>;
  readonly transport: Transport;
}

/** Candidates are asked by priority, each once, until one answers. @throws Error that names statuses and faults alone */
export async function askModel(
  { models, providers, transport }: AskableModels,
  question: ModelQuestion,
  signal: AbortSignal,
): Promise<string> {
  const candidates = (models[question.model]?.candidates ?? []).toSorted((a, b) => a.priority - b.priority);
  let failure: unknown = new Error('no such model is configured');
  for (const { provider: id, model = question.model } of candidates) {
    const target = providers.get(id);
    if (!target?.provider.supports('chat')) continue;
    try {
      return await exchange(transport, target, callOf(question, model), signal);
    } catch (error) {
      signal.throwIfAborted();
      failure = error;
    }
  }
  throw failure;
}

function callOf(question: ModelQuestion, model: string): ProviderCall {
  const { instructions, prompt, maxOutputTokens } = question;
  return {
    operation: 'chat',
    model,
    stream: false,
    body: {
      kind: 'chat',
      request: {
        model,
        messages: [
          { role: 'system', parts: [{ kind: 'text', text: instructions }] },
          { role: 'user', parts: [{ kind: 'text', text: prompt }] },
        ],
        tools: [],
        maxOutputTokens,
        stream: false,
      },
    },
  };
}

async function exchange(
  transport: Transport,
  { provider, timeouts, allowPrivateNetwork, maxAnswerBytes }: ConfiguredProvider,
  call: ProviderCall,
  signal: AbortSignal,
): Promise<string> {
  const request = await provider.prepare(call);
  const answer =
    provider.answerLocally?.(call, request, signal) ??
    (await transport.send({
      ...request,
      signal,
      timeouts,
      allowPrivateNetwork,
      maxAnswerBytes: Math.min(maxAnswerBytes, MAX_ANSWER_BYTES),
    }));
  if (answer.status < 200 || answer.status > 299) {
    await answer.body[Symbol.asyncIterator]().return?.();
    throw new Error(`the model was answered for with status ${answer.status}`);
  }
  const wire = provider.open(call, answer);
  for await (const frame of wire.frames) {
    if (frame.json === undefined) continue;
    const [choice] = wire.decodeChat(frame.json).choices;
    return (choice?.parts ?? []).map((part) => (part.kind === 'text' ? part.text : '')).join('');
  }
  throw new Error('the model gave no answer');
}
