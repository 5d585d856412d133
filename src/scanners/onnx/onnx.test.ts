/**
 * The model is real and so is its folder. The two packages that run it are no dependencies: where
 * BARTIZAN_TEST_ONNX_MODULES names a `node_modules` that holds them, or they are installed beside the house, it is run by them;
 * what surrounds them is tested in any case.
 */
import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { Scanner, Sighting } from '../../modules/scanning/scanner.ts';
import { onnxConfig } from './configuration.ts';
import { createOnnx } from './onnx.ts';
import type { ImportModule } from './peers.ts';
import { writeTinyModel } from './testdata/tiny-model.ts';

const PLACE = { direction: 'request', role: 'user', channel: 'user' } as const;
const SECRET_TEXT = 'Zebra-Quartz is the code name';

const modules = process.env['BARTIZAN_TEST_ONNX_MODULES'];
const resolver = createRequire(modules === undefined ? import.meta.url : join(modules, 'beside.js'));
const importInstalled: ImportModule = async (name) => import(pathToFileURL(resolver.resolve(name)).href);
const areInstalled = await Promise.all([
  importInstalled('onnxruntime-node'),
  importInstalled('@huggingface/tokenizers'),
]).then(
  () => true,
  () => false,
);

const MOODS = ['calm', 'angry', 'rude'];
const TEXT_MODEL = writeTinyModel('text', MOODS, { good: [4, 0, 0], evil: [0, 9, 0], plan: [1, 1, 5] });
const TOKEN_MODEL = writeTinyModel('token', ['O', 'B-PER', 'I-PER', 'B-LOC'], {
  '[UNK]': [6, 0, 0, 0],
  ',': [6, 0, 0, 0],
  ada: [0, 6, 0, 0],
  good: [0, 0, 6, 0],
  paris: [0, 0, 0, 6],
  '##ly': [0, 9, 0, 0],
});

function created(
  more: Record<string, unknown>,
  importModule: ImportModule = importInstalled,
): readonly Scanner[] {
  const config = onnxConfig.parse({
    folder: TEXT_MODEL,
    task: 'text',
    labels: { angry: { kind: 'ANGER', threshold: 0.5 }, rude: { kind: 'RUDENESS', threshold: 0.9 } },
    ...more,
  });
  return createOnnx(config, [], importModule);
}

async function scan(scanners: readonly Scanner[], text: string): Promise<readonly Sighting[]> {
  const seen = await Promise.all(
    scanners.map(async (scanner) => scanner.scan(text, 0, PLACE, true, Infinity)),
  );
  return seen.flat();
}

const told = (text: string, seen: readonly Sighting[]): readonly string[] =>
  seen.map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

const NAMES = {
  folder: TOKEN_MODEL,
  task: 'token',
  labels: { PER: { kind: 'PERSON' }, LOC: { kind: 'LOCATION', threshold: 0.9 } },
};

describe.skipIf(!areInstalled)('run by ONNX Runtime, with the tokenizers of Hugging Face', () => {
  test('a text has the labels whose probability reaches their thresholds', async () => {
    const [seen, ...others] = await scan(created({}), 'An evil plan');
    expect(others).toEqual([]);
    expect(seen).toMatchObject({ kind: 'ANGER', start: 0, end: 12 });
    expect(seen?.confidence).toBeCloseTo(Math.exp(9) / (Math.exp(1) + Math.exp(9) + Math.exp(5)), 5);
    expect(await scan(created({}), 'A good plan')).toEqual([]);
  });

  test('where each label is right or not by itself, several are told', async () => {
    const seen = await scan(created({ activation: 'sigmoid' }), 'An evil plan');
    expect(seen.map(({ kind }) => kind)).toEqual(['ANGER', 'RUDENESS']);
  });

  test('what is longer than the model takes at once is looked at to its end', async () => {
    const text = `${'good '.repeat(60)}evil ${'good '.repeat(60)}`;
    expect(await scan(created({ max_tokens: 8, max_characters: 1_000 }), text)).toHaveLength(1);
  });

  test('words of one entity are told as one, and where they stand', async () => {
    const text = 'Ada good, 😀 in Paris; ada Ada. Parisly';
    expect(told(text, await scan(created(NAMES), text))).toEqual([
      'PERSON Ada good',
      'PERSON ada',
      'PERSON Ada',
      'LOCATION Paris',
      'LOCATION Parisly',
    ]);
  });

  test('an entity stands where it is in a text of many parts and pieces', async () => {
    const text = `${'good plan '.repeat(70)}Paris ${'evil '.repeat(40)}`;
    const locations = (await scan(created({ ...NAMES, max_tokens: 9, max_characters: 200 }), text)).filter(
      ({ kind }) => kind === 'LOCATION',
    );
    expect(told(text, locations)).toEqual(['LOCATION Paris']);
  });

  test('a model that takes what no classifier takes is refused', async () => {
    const folder = writeTinyModel('text', MOODS, {});
    const path = join(folder, 'model.onnx');
    const bytes = readFileSync(path).toString('latin1').replaceAll('attention_mask', 'attention_musk');
    writeFileSync(path, bytes, 'latin1');
    await expect(scan(created({ folder }), 'a text')).rejects.toThrow('a classifier takes');
  });

  test('a file that is damaged within cannot be loaded, and that is said', async () => {
    const folder = writeTinyModel('text', MOODS, {});
    const path = join(folder, 'model.onnx');
    const bytes = readFileSync(path).toString('latin1').replaceAll('Gather', 'Gathxx');
    writeFileSync(path, bytes, 'latin1');
    await expect(scan(created({ folder }), 'a text')).rejects.toThrow('cannot be loaded as an ONNX model');
  });

  test('a model with another number of labels than its configuration names is a fault', async () => {
    const folder = writeTinyModel('text', MOODS, {});
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ id2label: { 0: 'angry', 1: 'rude' } }));
    await expect(scan(created({ folder }), 'a text')).rejects.toThrow('not a score for each label');
  });

  test('any text is looked at without a fault', async () => {
    for (const text of [
      '\u0000\u0001',
      '\ud800',
      '\u200b\u200d',
      'x'.repeat(3_000),
      '🏴'.repeat(300),
      'ß'.repeat(200),
    ])
      for (const scanners of [created({}), created(NAMES)])
        await expect(scan(scanners, text)).resolves.toBeInstanceOf(Array);
  });
});

describe('a folder that does not hold what it should is an error before the configuration is applied', () => {
  const broken = (change: (folder: string) => void): string => {
    const folder = writeTinyModel('text', MOODS, {});
    change(folder);
    return folder;
  };
  test.each<readonly [string, (folder: string) => void, string]>([
    ['no tokenizer', (folder) => rmSync(join(folder, 'tokenizer.json')), 'holds no tokenizer.json'],
    ['no model', (folder) => rmSync(join(folder, 'model.onnx')), 'holds no model.onnx'],
    [
      'a truncated model',
      (folder) => truncateSync(join(folder, 'model.onnx'), 60),
      'is truncated: it has 60 bytes',
    ],
    ['an empty model', (folder) => truncateSync(join(folder, 'model.onnx'), 0), 'holds no graph'],
    [
      'a web page for a model',
      (folder) => writeFileSync(join(folder, 'model.onnx'), '<!DOCTYPE html><html></html>'),
      'not an ONNX model',
    ],
    [
      'a pointer to a large file for a model',
      (folder) => writeFileSync(join(folder, 'model.onnx'), 'version https://git-lfs.github.com/spec/v1\n'),
      'not an ONNX model',
    ],
    [
      'labels that nobody has numbered',
      (folder) => writeFileSync(join(folder, 'config.json'), '{"id2label":{"1":"angry","2":"rude"}}'),
      'not numbered from 0',
    ],
    ['no labels', (folder) => writeFileSync(join(folder, 'config.json'), '{}'), 'names no labels'],
    ['no JSON', (folder) => writeFileSync(join(folder, 'config.json'), '{'), 'is not JSON'],
  ])('%s', (_, change, message) => {
    expect(() => created({ folder: broken(change) })).toThrow(message);
  });

  test('a label that the model does not know', () => {
    expect(() => created({ labels: { furious: { kind: 'X' } } })).toThrow(
      'the model knows no furious; it knows calm, angry, rude',
    );
    expect(() => created({ ...NAMES, labels: { 'B-PER': { kind: 'X' } } })).toThrow('it knows O, PER, LOC');
  });

  test('a file outside of the folder', () => {
    expect(() => created({ model_file: '../model.onnx' })).toThrow('a file within the folder');
  });
});

test.each(['onnxruntime-node', '@huggingface/tokenizers'])(
  'where %s is not installed, that is said',
  async (missing) => {
    const importOthers: ImportModule = (name) =>
      name === missing
        ? Promise.reject(new Error('not found'))
        : Promise.resolve({ InferenceSession: {}, Tensor: {}, Tokenizer: class {} });
    await expect(scan(created({}, importOthers), 'a text')).rejects.toThrow(`npm install ${missing}`);
  },
);

describe('whatever a model does wrong is a fault, and no error holds the text', () => {
  /** A runtime that answers as a test wants, and a tokenizer to which each character is a token. */
  const runtime = (run: () => Promise<unknown>): ImportModule => {
    const session = { inputNames: ['input_ids'], outputNames: ['logits'], run };
    return (name) =>
      Promise.resolve(
        name === 'onnxruntime-node'
          ? { InferenceSession: { create: () => Promise.resolve(session) }, Tensor: class {} }
          : {
              Tokenizer: class {
                encode(text: string): { ids: readonly number[] } {
                  return { ids: Array.from(text, (_, at) => at) };
                }
              },
            },
      );
  };
  test.each<readonly [string, () => Promise<unknown>, string]>([
    ['throws', () => Promise.reject(new Error(SECRET_TEXT)), 'the model failed'],
    ['answers nothing', () => Promise.resolve({}), 'not a score for each label'],
    [
      'answers with too few',
      () => Promise.resolve({ logits: { data: [1, 2], dims: [1, 2] } }),
      'not a score',
    ],
    [
      'answers with no numbers',
      () => Promise.resolve({ logits: { data: [NaN, 1, 2], dims: [1, 3] } }),
      'not a score',
    ],
    [
      'answers in words',
      () => Promise.resolve({ logits: { data: ['a', 'b', 'c'], dims: [1, 3] } }),
      'not a score',
    ],
  ])('one that %s', async (_, run, message) => {
    const error: Error = await scan(created({}, runtime(run)), SECRET_TEXT).then(
      () => expect.unreachable(),
      (reason: Error) => reason,
    );
    expect(error.message).toContain(message);
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('Zebra');
  });

  test('one that hangs is waited for no longer than the deadline, by those behind it too', async () => {
    const scanners = created(
      { timeout_ms: 30 },
      runtime(() => new Promise(() => undefined)),
    );
    await expect(scan(scanners, 'a text')).rejects.toThrow('did not end within 30 ms');
    await expect(scan(scanners, 'another text')).rejects.toThrow();
  });
});
