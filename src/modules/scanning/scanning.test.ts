import { beforeEach, describe, expect, test, vi } from 'vitest';
import { z } from 'zod';
import type { Channel, Segment } from '../../domain/document.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import {
  defineScanner,
  type Inquirer,
  type ModelQuestion,
  type Scanner,
  type ScannerManifest,
} from './scanner.ts';
import { createScanning } from './scanning.ts';

function guardrail(id: string, more: Partial<Guardrail> = {}): Guardrail {
  return {
    id,
    version: '1',
    scanner: 'letters',
    config: {},
    action: 'flag',
    directions: ['request'],
    channels: [],
    kinds: [],
    applications: [],
    groups: [],
    models: [],
    minConfidence: 0.5,
    onError: 'block',
    timeoutMs: 30,
    blockAs: 'error',
    blockStatus: 400,
    ...more,
  };
}

/** Finds single letters; capitals with more confidence. */
const looked = vi.fn();
const letters = defineScanner({
  id: 'letters',
  title: '',
  description: '',
  risks: [],
  kinds: ['A', 'B'],
  config: z.strictObject({ only: z.string().default('ab'), bad: z.boolean().default(false) }),
  create({ only, bad }): Scanner {
    if (bad) throw new Error('only is not to be had');
    return {
      reach: 0,
      maxHold: 0,
      settled: (text) => text.length,
      scan(text, from) {
        looked(text);
        return [...text.slice(from).matchAll(/[ab]/gi)]
          .filter(([letter]) => only.includes(letter.toLowerCase()))
          .map(({ 0: letter, index }) => ({
            start: from + index,
            end: from + index + 1,
            kind: letter.toUpperCase(),
            confidence: letter < 'a' ? 0.9 : 0.6,
          }));
      },
    };
  },
});

function segment(text: string, channel: Channel = 'user', encoding: Segment['encoding'] = 'plain'): Segment {
  return { pointer: `/${channel}`, role: 'user', channel, text, encoding, editable: true };
}

function scan(manifest: ScannerManifest, guardrails: readonly Guardrail[], segments: readonly Segment[]) {
  return createScanning([manifest], guardrails).scan({ direction: 'request', segments }, guardrails);
}

describe('a configuration that cannot be used stops the start and names the guardrail', () => {
  test.each([
    ['an unknown scanner', { scanner: 'none' }, 'guardrail g: there is no scanner "none"'],
    ['an unknown key', { config: { onyl: 'a' } }, 'guardrail g: config: Unrecognized key: "onyl"'],
    [
      'a wrong type',
      { config: { only: 7 } },
      'guardrail g: config.only: Invalid input: expected string, received number',
    ],
    [
      'what the scanner itself refuses',
      { config: { bad: true } },
      'guardrail g: config: only is not to be had',
    ],
    ['an unknown kind', { kinds: ['C'] }, 'guardrail g: kinds: scanner letters knows no "C"'],
  ])('%s', (_, more, message) => {
    expect(() => createScanning([letters], [guardrail('g', more)])).toThrow(message);
  });
});

test('guardrails with the same scanner and configuration look once, and each is told', async () => {
  looked.mockClear();
  const guardrails = [
    guardrail('one', { config: { only: 'a' } }),
    guardrail('two', { config: { bad: false, only: 'a' } }),
    guardrail('three'),
  ];
  const { findings } = await scan(letters, guardrails, [segment('a')]);
  expect(looked).toHaveBeenCalledTimes(2);
  expect(findings.map((finding) => finding.guardrail)).toEqual(['one', 'two', 'three']);
});

test('a guardrail hears of its kinds, its channels and its confidence alone', async () => {
  const guardrails = [
    guardrail('kinds', { kinds: ['B'] }),
    guardrail('channels', { channels: ['tool'] }),
    guardrail('sure', { minConfidence: 0.8 }),
  ];
  const { findings } = await scan(letters, guardrails, [segment('aB'), segment('a', 'tool')]);
  expect(findings.map((finding) => [finding.guardrail, finding.kind, finding.pointer])).toEqual([
    ['kinds', 'B', '/user'],
    ['sure', 'B', '/user'],
    ['channels', 'A', '/tool'],
  ]);
});

test('text that nobody asks for is not looked at', async () => {
  looked.mockClear();
  await scan(letters, [guardrail('g', { channels: ['tool'] })], [segment('a'), segment('', 'tool')]);
  expect(looked).not.toHaveBeenCalled();
});

test('JSON text is looked at unescaped, and findings stand in the escaped text', async () => {
  looked.mockClear();
  const raw = '{"x":"\\u0061 \\"b\\" \\ud83d\\ude00 a \\q"}';
  const { findings } = await scan(letters, [guardrail('g')], [segment(raw, 'tool', 'json')]);
  expect(looked).toHaveBeenCalledWith('{"x":"a "b" 😀 a \\q"}');
  expect(findings.map(({ start, end }) => raw.slice(start, end))).toEqual(['\\u0061', 'b', 'a']);
});

test('a scanner of an answer is told what instructed the model, whole and streamed', async () => {
  const places: unknown[] = [];
  const curious = defineScanner({
    ...letters,
    create: () => ({
      reach: 0,
      maxHold: 0,
      scan: (_text, _from, place) => (places.push(place), []),
      settled: (text, _from, place) => (places.push(place), text.length),
    }),
  });
  const guardrails = [guardrail('g')];
  const scanning = createScanning([curious], guardrails);
  const answer = { ...segment('a', 'answer'), role: 'assistant' } as const;
  const conversation = vi.fn(() => [segment('the request', 'user')]);
  const briefing = { instructions: ['be brief'], marker: 'k7f2q9m4abx3tt2w', conversation };
  await scanning.scan({ direction: 'response', segments: [answer] }, guardrails, briefing);
  await scanning.openStream('response', guardrails, briefing).push([{ ...answer, window: 'w' }], []);
  const place = { direction: 'response', role: 'assistant', channel: 'answer', ...briefing };
  expect(conversation).not.toHaveBeenCalled();
  expect(places).toEqual([place, place, place]);
});

describe('a scanner that asks a model', () => {
  const seen: (readonly [string, readonly string[], string | undefined])[] = [];
  const inquirer: Inquirer = {
    inquiry: (id, direction, labels) => ({
      application: 'demo',
      ask: () => Promise.resolve(`${id} ${direction} ${[...labels()].toSorted().join(' ')}`),
      took: () => undefined,
    }),
  };
  const asking = defineScanner({
    ...letters,
    id: 'asking',
    reaches: 'models',
    create: (): Scanner => ({
      reach: 0,
      maxHold: 0,
      settled: (text) => text.length,
      async scan(text, _from, { inquiry, instructions }) {
        const said = await inquiry?.ask({} as ModelQuestion, new AbortController().signal);
        seen.push([text, instructions ?? [], said]);
        return [];
      },
    }),
  });
  const late = defineScanner({
    ...letters,
    id: 'late',
    create: (config, kinds): Scanner => {
      const [scanner] = [letters.create(config, kinds)].flat() as [Scanner];
      return { ...scanner, scan: async (...at) => scanner.scan(...at) };
    },
  });
  const guardrails = [
    guardrail('an-asker', { scanner: 'asking' }),
    guardrail('letters'),
    guardrail('late', { scanner: 'late' }),
    guardrail('second-asker', { scanner: 'asking' }),
  ];
  const scanning = createScanning([asking, late, letters], guardrails);
  beforeEach(() => {
    seen.length = 0;
  });

  test('asks for the first guardrail that wants it, and after all others have told what they found', async () => {
    await scanning.scan(
      { direction: 'request', segments: [segment('x'), segment('A', 'tool')] },
      guardrails,
      {
        inquirer,
      },
    );
    const said = 'an-asker request late late.A letters letters.A';
    expect(seen).toEqual([
      ['x', [], said],
      ['A', [], said],
    ]);
  });

  test('knows what was found so far while an answer streams', async () => {
    const stream = scanning.openStream('response', guardrails, { inquirer });
    const text = { window: 'w', role: 'assistant', channel: 'answer', encoding: 'plain' } as const;
    await stream.push([{ ...text, text: 'x' }], []);
    await stream.push([{ ...text, text: 'A' }], []);
    await stream.push([{ ...text, window: 'v', text: 'x' }], 'all');
    const found = 'an-asker response late late.A letters letters.A';
    expect(seen.map(([, , said]) => said)).toEqual(['an-asker response ', found, found]);
  });

  test('has nobody to ask apart from a request', async () => {
    await scanning.scan({ direction: 'request', segments: [segment('x')] }, guardrails);
    expect(seen).toEqual([['x', [], undefined]]);
  });
});

test('a marker is wanted where a guardrail in force has a scanner that looks for one, by its settings and kinds', () => {
  const planter = defineScanner<{ plant: boolean }>({
    id: 'letters',
    title: '',
    description: '',
    risks: [],
    kinds: ['A', 'B'],
    config: z.strictObject({ plant: z.boolean().default(false) }),
    plants: ({ plant }, kinds) => plant && !kinds.includes('B'),
    create: () => [],
  });
  const wants = guardrail('wants', { config: { plant: true } });
  const wantsNot = guardrail('wants-not');
  const otherKind = guardrail('other-kind', { config: { plant: true }, kinds: ['B'] });
  const scanning = createScanning([planter], [wants, wantsNot, otherKind]);
  expect(scanning.plantsMarker([wantsNot, wants])).toBe(true);
  expect(scanning.plantsMarker([wantsNot])).toBe(false);
  expect(scanning.plantsMarker([otherKind])).toBe(false);
  expect(scanning.plantsMarker([])).toBe(false);
});

test('scanners that answer at once give a report, not a promise', () => {
  expect(scan(letters, [guardrail('g')], [segment('a')])).not.toBeInstanceOf(Promise);
});

describe('a scanner that fails is told, guardrail by guardrail, and never throws', () => {
  const faulty = (work: () => unknown): ScannerManifest => ({
    ...letters,
    config: z.strictObject({}),
    create: () => ({ reach: 0, maxHold: 0, settled: (text) => text.length, scan: () => work() as never }),
  });
  test.each([
    [
      'throws',
      () => {
        throw new Error('x');
      },
      'threw',
    ],
    ['rejects', () => Promise.reject(new Error('x')), 'threw'],
    ['hangs', () => new Promise(() => undefined), 'timed_out'],
    ['answers undefined', () => undefined, 'nonsense'],
    ['answers nonsense late', () => Promise.resolve([{}]), 'nonsense'],
    [
      'reports more than can be judged',
      () => Array.from({ length: 10_001 }, () => ({ start: 0, end: 1, kind: 'A', confidence: 1 })),
      'too_many',
    ],
    ['reports a negative offset', () => [{ start: -1, end: 1, kind: 'A', confidence: 1 }], 'nonsense'],
    [
      'reports out of order',
      () => [
        { start: 1, end: 2, kind: 'A', confidence: 1 },
        { start: 0, end: 1, kind: 'A', confidence: 1 },
      ],
      'nonsense',
    ],
    ['reports a confidence above 1', () => [{ start: 0, end: 1, kind: 'A', confidence: 2 }], 'nonsense'],
  ])('%s', async (_, work, fault) => {
    const guardrails = [guardrail('one'), guardrail('two')];
    const report = await scan(faulty(work), guardrails, [segment('ab'), segment('ab', 'tool')]);
    expect(report).toEqual({
      findings: [],
      failures: guardrails.map((each) => ({ guardrail: each, fault })),
    });
  });
});

test('a scanner that hangs is waited for once in a stream', async () => {
  const hung: ScannerManifest = {
    ...letters,
    config: z.strictObject({}),
    create: () => ({
      reach: 0,
      maxHold: 0,
      settled: (text) => text.length,
      scan: () => new Promise(() => undefined),
    }),
  };
  const guardrails = [guardrail('g', { onError: 'allow' })];
  const stream = createScanning([hung], guardrails).openStream('response', guardrails);
  const text = { window: 'w', text: 'abc', role: 'assistant', channel: 'answer', encoding: 'plain' } as const;
  expect(await stream.push([text], [])).toMatchObject({
    failures: [{ fault: 'timed_out' }],
    windows: [{ settled: 3 }],
  });
  const second = stream.push([text], 'all');
  expect(second).not.toBeInstanceOf(Promise);
  expect(second).toMatchObject({ failures: [], windows: [{ settled: 6, findings: [] }] });
});

describe('a scanner that follows a text', () => {
  const answer = { role: 'assistant', channel: 'answer', encoding: 'plain' } as const;
  const guardrails = [guardrail('one', { directions: ['response'] })];

  function following(follow: NonNullable<Scanner['follow']>): ScannerManifest {
    return {
      ...letters,
      create: (_, kinds) => {
        const [scanner] = [letters.create({ only: 'ab', bad: false }, kinds)].flat();
        if (!scanner) throw new Error('there is a scanner');
        return { ...scanner, follow };
      },
    };
  }

  async function streamed(manifest: ScannerManifest) {
    const stream = createScanning([manifest], guardrails).openStream('response', guardrails);
    const steps = [];
    for (const text of ['a x', 'b x', 'a'])
      steps.push(await stream.push([{ ...answer, window: 'w', text }], []));
    steps.push(await stream.push([], 'all'));
    return {
      findings: steps.flatMap(({ windows }) => windows.flatMap(({ findings }) => findings)),
      faults: steps.flatMap(({ failures }) => failures.map(({ fault }) => fault)),
    };
  }

  test('is one for each text, and remembers it', async () => {
    const follow = vi.fn(() => {
      const lengths: number[] = [];
      return {
        settled: (text: string) => text.length,
        scan: (text: string, from: number) => {
          lengths.push(text.length);
          return [{ start: from, end: text.length, kind: 'A', confidence: lengths.length / 10 + 0.5 }];
        },
      };
    });
    const { findings, faults } = await streamed(following(follow));
    expect(findings.map(({ confidence }) => confidence)).toEqual([0.6, 0.7, 0.8]);
    expect(faults).toEqual([]);
    expect(follow).toHaveBeenCalledTimes(1);
  });

  test.each<readonly [string, NonNullable<Scanner['follow']>, readonly string[], number]>([
    [
      'cannot begin is asked as it is',
      () => {
        throw new Error('no memory');
      },
      [],
      3,
    ],
    [
      'throws when asked how far it is, is told, and asked as it is from there',
      () => ({
        scan: () => [],
        settled: () => {
          throw new Error('lost');
        },
      }),
      ['threw'],
      2,
    ],
    [
      'answers nonsense is told',
      () => ({
        scan: () => [{ start: -1, end: 0, kind: 'A', confidence: 1 }],
        settled: (text) => text.length,
      }),
      ['nonsense', 'nonsense', 'nonsense'],
      0,
    ],
  ])('and %s', async (_, follow, told, found) => {
    const { findings, faults } = await streamed(following(follow));
    expect(faults).toEqual(told);
    expect(findings).toHaveLength(found);
  });

  test('and never answers fails, and is not waited for again', async () => {
    const never = (): Promise<never> => new Promise(() => {});
    const hangs = following(() => ({ scan: never, settled: (text) => text.length }));
    const { faults } = await streamed(hangs);
    expect(faults).toEqual(['timed_out']);
  });
});

describe('while a text streams', () => {
  const answer = { role: 'assistant', channel: 'answer', encoding: 'plain' } as const;

  /** Decides up to the last full stop. */
  const sentences: ScannerManifest = {
    ...letters,
    id: 'sentences',
    create: () => ({
      reach: 0,
      maxHold: 1_000,
      scan: () => [],
      settled: (text, from) => Math.max(from, text.lastIndexOf('.') + 1),
    }),
  };

  test('a scanner is not asked for what another holds back, and tells the same', async () => {
    const guardrails = [guardrail('one'), guardrail('two', { scanner: 'sentences' })];
    const stream = createScanning([letters, sentences], guardrails).openStream('response', guardrails);
    looked.mockClear();
    const steps = [];
    for (const text of ['xa', 'xb', 'x.', 'a.', 'xa'])
      steps.push(await stream.push([{ ...answer, window: 'w', text }], []));
    steps.push(await stream.push([], 'all'));
    const windows = steps.flatMap((step) => step.windows);
    expect(windows.map(({ settled }) => settled)).toEqual([0, 0, 6, 8, 8, 10]);
    expect(windows.map(({ findings }) => findings.map(({ start }) => start))).toEqual([
      [],
      [],
      [1, 3],
      [6],
      [],
      [9],
    ]);
    expect(looked.mock.calls.map(([text]) => String(text).length)).toEqual([2, 6, 8, 10]);
  });

  const places: readonly (readonly [string, NonNullable<Scanner['looksAt']>, number])[] = [
    ['says that it looks there', () => true, 1],
    ['says that it sees nothing there', ({ channel }) => channel !== 'answer', 0],
    [
      'cannot say',
      () => {
        throw new Error('nowhere');
      },
      1,
    ],
  ];

  test.each(places)('a scanner that %s is asked so often: %s', async (_, looksAt, times) => {
    const manifest: ScannerManifest = {
      ...letters,
      create: (_config, kinds) =>
        [letters.create({ only: 'ab', bad: false }, kinds)]
          .flat()
          .map((scanner) => ({ ...scanner, looksAt })),
    };
    const guardrails = [guardrail('one')];
    looked.mockClear();
    const stream = createScanning([manifest], guardrails).openStream('response', guardrails);
    const { windows } = await stream.push([{ ...answer, window: 'w', text: 'a' }], 'all');
    expect(windows[0]).toMatchObject({ settled: 1 });
    expect(windows[0]?.findings).toHaveLength(times);
    expect(looked).toHaveBeenCalledTimes(times);
  });
});

test('the stated hold-back is that of the slowest scanner in force', () => {
  const slow: ScannerManifest = {
    ...letters,
    id: 'slow',
    create: () => ({ reach: 0, maxHold: 40, settled: () => 0, scan: () => [] }),
  };
  const guardrails = [guardrail('fast'), guardrail('slow', { scanner: 'slow' })];
  const scanning = createScanning([letters, slow], guardrails);
  expect(scanning.maxHoldCharacters(guardrails)).toBe(40);
  expect(scanning.maxHoldCharacters(guardrails.slice(0, 1))).toBe(0);
});
