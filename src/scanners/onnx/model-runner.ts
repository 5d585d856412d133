/** Feeds tokens to a model, and takes from it nothing but scores in the form that its task has. */
import type { OnnxRuntime, Output, Session } from './peers.ts';

/** What the tokenizer puts around a text. */
export interface Frame {
  readonly before: readonly number[];
  readonly after: readonly number[];
}

export interface ModelRunner {
  /** Tokens that it takes at once, the frame not counted. */
  readonly capacity: number;
  /** A row of scores, one for each label: of the whole for a text, of each token for tokens. */
  run(ids: readonly number[]): Promise<readonly (readonly number[])[]>;
}

export interface ModelRunnerOptions {
  readonly path: string;
  readonly threads: number;
  readonly maxTokens: number;
  readonly frame: Frame;
  readonly labels: number;
  readonly task: 'text' | 'token';
}

/** Inputs that such models have, and what is put into them for one text. */
const INPUTS: Readonly<Record<string, (ids: readonly number[]) => readonly number[]>> = {
  input_ids: (ids) => ids,
  attention_mask: (ids) => ids.map(() => 1),
  token_type_ids: (ids) => ids.map(() => 0),
};

/** @throws Error for the administrator, where the model cannot be loaded or is of another sort */
export async function createModelRunner(
  runtime: OnnxRuntime,
  options: ModelRunnerOptions,
): Promise<ModelRunner> {
  const { frame, maxTokens } = options;
  const session = await sessionOf(runtime, options);
  const output = session.outputNames.includes('logits') ? 'logits' : (session.outputNames[0] ?? '');
  return {
    capacity: Math.max(1, maxTokens - frame.before.length - frame.after.length),
    async run(inner) {
      const ids = [...frame.before, ...inner, ...frame.after];
      const answer = (await answerOf(session, feedsOf(runtime, session, ids)))[output];
      const rows = rowsOf(answer, options.task === 'text' ? 1 : ids.length, options.labels);
      return options.task === 'text'
        ? rows
        : rows.slice(frame.before.length, frame.before.length + inner.length);
    },
  };
}

async function sessionOf(
  { InferenceSession }: OnnxRuntime,
  { path, threads }: ModelRunnerOptions,
): Promise<Session> {
  let session: Session;
  try {
    session = await InferenceSession.create(path, {
      executionProviders: ['cpu'],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: 'all',
      logSeverityLevel: 4,
    });
  } catch (cause) {
    throw new Error(`${path} cannot be loaded as an ONNX model`, { cause });
  }
  const foreign = session.inputNames.find((name) => !Object.hasOwn(INPUTS, name));
  if (foreign !== undefined || !session.inputNames.includes('input_ids'))
    throw new Error(
      `${path} takes ${session.inputNames.join(', ')}; a classifier takes ${Object.keys(INPUTS).join(', ')}`,
    );
  return session;
}

function feedsOf({ Tensor }: OnnxRuntime, session: Session, ids: readonly number[]): Record<string, unknown> {
  return Object.fromEntries(
    session.inputNames.map((name) => {
      const values = (INPUTS[name]?.(ids) ?? []).map(BigInt);
      return [name, new Tensor('int64', BigInt64Array.from(values), [1, ids.length])];
    }),
  );
}

/** What a runtime says of its failure may name what it was fed, so it is not passed on. */
async function answerOf(session: Session, feeds: Record<string, unknown>): ReturnType<Session['run']> {
  try {
    return await session.run(feeds);
  } catch {
    throw new Error('the model failed');
  }
}

function rowsOf(output: Output | undefined, count: number, labels: number): readonly (readonly number[])[] {
  const expected = count * labels;
  const data = output ? Array.from(output.data, Number) : [];
  if (output?.dims.at(-1) !== labels || data.length !== expected || !data.every(Number.isFinite))
    throw new Error('the model answered with something that is not a score for each label');
  return Array.from({ length: count }, (_, row) => data.slice(row * labels, (row + 1) * labels));
}
