/**
 * The two packages that run a model, of which nothing is needed unless a guardrail asks for one: so they are installed by those
 * who use them, and only what is used of them is described here.
 */

export interface OnnxRuntime {
  readonly InferenceSession: {
    create(path: string, options: Readonly<Record<string, unknown>>): Promise<Session>;
  };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => unknown;
}

export interface Session {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Readonly<Record<string, unknown>>): Promise<Readonly<Record<string, Output>>>;
}

export interface Output {
  readonly data: ArrayLike<unknown>;
  readonly dims: readonly number[];
}

export interface Tokenizers {
  readonly Tokenizer: new (tokenizer: object, config: object) => Tokenizer;
}

export interface Tokenizer {
  encode(
    text: string,
    options?: { readonly add_special_tokens?: boolean },
  ): { readonly ids: readonly number[] };
}

export type ImportModule = (name: string) => Promise<unknown>;

export const importPeer: ImportModule = (name) => import(name);

/** @throws Error that says what to install */
export async function loadRuntime(importModule: ImportModule): Promise<OnnxRuntime> {
  return (await load(importModule, 'onnxruntime-node', 'InferenceSession')) as OnnxRuntime;
}

/** @throws Error that says what to install */
export async function loadTokenizers(importModule: ImportModule): Promise<Tokenizers> {
  return (await load(importModule, '@huggingface/tokenizers', 'Tokenizer')) as Tokenizers;
}

async function load(importModule: ImportModule, name: string, needed: string): Promise<object> {
  let module: unknown;
  try {
    module = await importModule(name);
  } catch (cause) {
    throw new Error(`the onnx scanner needs the package ${name}: npm install ${name}`, { cause });
  }
  if (typeof module !== 'object' || module === null || !(needed in module))
    throw new Error(`the package ${name} is not the one that the onnx scanner needs: it has no ${needed}`);
  return module;
}
