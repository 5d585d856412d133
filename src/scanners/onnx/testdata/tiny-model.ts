/** A model of a few hundred bytes, written as protobuf by hand, and a tokenizer of a few words to go with it. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** By token id. */
const VOCABULARY = ['[UNK]', '[CLS]', '[SEP]', 'good', 'evil', 'plan', 'paris', 'ada', '##ly', ',', '.'];

/** A row of scores for each token of the vocabulary: what the model's table holds. */
export type ScoreTable = Readonly<Record<string, readonly number[]>>;

/**
 * `token`: the scores of each token are its row of the table; `text`: for each label, the highest of all tokens.
 * The folder is left to the operating system to clear.
 */
export function writeTinyModel(task: 'text' | 'token', labels: readonly string[], table: ScoreTable): string {
  const folder = mkdtempSync(join(tmpdir(), 'tiny-onnx-'));
  const write = (name: string, value: unknown): void => writeFileSync(join(folder, name), JSON.stringify(value));
  write('config.json', { id2label: Object.fromEntries(labels.entries()) });
  write('tokenizer_config.json', { tokenizer_class: 'BertTokenizer' });
  write('tokenizer.json', tokenizer());
  writeFileSync(join(folder, 'model.onnx'), modelBytes(task, labels.length, table));
  return folder;
}

export function modelBytes(task: 'text' | 'token', labels: number, table: ScoreTable): Buffer {
  const rows = VOCABULARY.flatMap((token) => table[token] ?? Array.from({ length: labels }, () => 0));
  const graph = [
    bytes(1, node('Gather', ['table', 'input_ids'], task === 'token' ? 'logits' : 'scores')),
    ...(task === 'token' ? [] : [bytes(1, node('ReduceMax', ['scores'], 'logits', [ints('axes', [1]), int('keepdims', 0)]))]),
    bytes(2, Buffer.from('tiny')),
    bytes(5, tensor('table', [VOCABULARY.length, labels], rows)),
    bytes(11, valueInfo('input_ids', INT64, [1, 'tokens'])),
    bytes(11, valueInfo('attention_mask', INT64, [1, 'tokens'])),
    bytes(12, valueInfo('logits', FLOAT, task === 'token' ? [1, 'tokens', labels] : [1, labels])),
  ];
  const operators = varint(2, 13);
  return Buffer.concat([varint(1, 8), bytes(8, operators), bytes(7, Buffer.concat(graph))]);
}

function tokenizer(): unknown {
  const special = VOCABULARY.slice(0, 3).map((content, id) => ({
    id,
    content,
    special: true,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
  }));
  const around = (id: string): unknown => ({ SpecialToken: { id, type_id: 0 } });
  return {
    version: '1.0',
    added_tokens: special,
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [around('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, around('[SEP]')],
      pair: [],
      special_tokens: Object.fromEntries(
        ['[CLS]', '[SEP]'].map((id) => [id, { id, ids: [VOCABULARY.indexOf(id)], tokens: [id] }]),
      ),
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(VOCABULARY.map((token, id) => [token, id])),
    },
  };
}

// --- protobuf, as onnx.proto numbers its fields ---

const FLOAT = 1;
const INT64 = 7;

function node(operator: string, inputs: readonly string[], output: string, attributes: readonly Buffer[] = []): Buffer {
  return Buffer.concat([
    ...inputs.map((input) => bytes(1, Buffer.from(input))),
    bytes(2, Buffer.from(output)),
    bytes(4, Buffer.from(operator)),
    ...attributes.map((attribute) => bytes(5, attribute)),
  ]);
}

function int(name: string, value: number): Buffer {
  return Buffer.concat([bytes(1, Buffer.from(name)), varint(3, value), varint(20, 2)]);
}

function ints(name: string, values: readonly number[]): Buffer {
  return Buffer.concat([bytes(1, Buffer.from(name)), ...values.map((value) => varint(8, value)), varint(20, 7)]);
}

function tensor(name: string, dims: readonly number[], values: readonly number[]): Buffer {
  const raw = Buffer.from(Float32Array.from(values).buffer);
  return Buffer.concat([
    ...dims.map((dim) => varint(1, dim)),
    varint(2, FLOAT),
    bytes(8, Buffer.from(name)),
    bytes(9, raw),
  ]);
}

function valueInfo(name: string, type: number, dims: readonly (number | string)[]): Buffer {
  const shape = dims.map((dim) => bytes(1, typeof dim === 'number' ? varint(1, dim) : bytes(2, Buffer.from(dim))));
  const tensorType = Buffer.concat([varint(1, type), bytes(2, Buffer.concat(shape))]);
  return Buffer.concat([bytes(1, Buffer.from(name)), bytes(2, bytes(1, tensorType))]);
}

function varint(field: number, value: number): Buffer {
  return Buffer.concat([number(field * 8), number(value)]);
}

function bytes(field: number, content: Buffer): Buffer {
  return Buffer.concat([number(field * 8 + 2), number(content.length), content]);
}

function number(value: number): Buffer {
  const digits: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    digits.push(rest % 128 | (rest >= 128 ? 0x80 : 0));
    if (rest < 128) return Buffer.from(digits);
  }
}
