import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { isInJsonString } from '../base/json-string-state.ts';
import { createJsonText, escapeJsonText } from '../base/json-text.ts';
import { type Json, valueAt } from '../base/json.ts';
import type { Guardrail } from '../domain/guardrail.ts';
import type { FrameReading, FrameText, WireFrame } from '../modules/inference/provider.ts';
import { judge } from '../modules/policy/judge.ts';
import { createPrivacy, type StandIns } from '../modules/privacy/privacy.ts';
import { defineScanner, type ScannerManifest } from '../modules/scanning/scanner.ts';
import { createScanning } from '../modules/scanning/scanning.ts';
import { invisibleText } from '../scanners/invisible-text/invisible-text.ts';
import { keywords } from '../scanners/keywords/keywords.ts';
import { pii } from '../scanners/pii/pii.ts';
import { regex } from '../scanners/regex/regex.ts';
import { secrets } from '../scanners/secrets/secrets.ts';
import { createRelease, type Release, type ReleasedFrame } from './release.ts';

const SCANNERS: readonly ScannerManifest[] = [invisibleText, keywords, pii, regex, secrets];
const privacy = createPrivacy({ key: Buffer.alloc(32, 7) });
const domain = 'd';

function guardrail(
  id: string,
  scanner: string,
  action: Guardrail['action'],
  more: Partial<Guardrail> = {},
): Guardrail {
  return {
    id,
    version: '1',
    scanner,
    config: {},
    action,
    directions: ['response'],
    channels: [],
    kinds: [],
    applications: [],
    groups: [],
    models: [],
    minConfidence: 0,
    onError: 'block',
    timeoutMs: 50,
    blockAs: 'error',
    blockStatus: 400,
    ...more,
  };
}

/** Texts of one frame: `/t/0`, `/t/1`, … */
let frameCount = 0;

function frameOf(
  texts: readonly Omit<FrameText, 'pointer'>[],
  ends: FrameReading['ends'] = [],
): { frame: WireFrame; reading: FrameReading } {
  const json: Json = { t: texts.map(({ text }) => text), untouched: 1, n: ++frameCount };
  const frame = { name: 'message', json, bytes: Buffer.from(`data: ${JSON.stringify(json)}\n\n`) };
  return {
    frame,
    reading: { texts: texts.map((text, index) => ({ ...text, pointer: `/t/${index}` })), ends },
  };
}

const structural = (): { frame: WireFrame; reading: FrameReading } => ({
  frame: { json: undefined, bytes: Buffer.from(': keep-alive\n\n') },
  reading: { texts: [], ends: [] },
});

function textOf(window: string, text: string): Omit<FrameText, 'pointer'> {
  const isTool = window.startsWith('tool');
  return {
    window,
    text,
    role: 'assistant',
    channel: isTool ? 'tool' : 'answer',
    encoding: isTool ? 'json' : 'plain',
    editable: !window.startsWith('fixed'),
  };
}

const entities = [
  'joe.bloggs@example.com',
  '4111 1111 1111 1111',
  'GB29 NWBK 6016 1331 9268 19',
  '123-45-6789',
  '+49 30 901820',
  'https://example.com/a?b=c',
  `ghp_${'a1B2'.repeat(9)}`,
  'password = "hunter2!X"',
  `-----BEGIN RSA PRIVATE KEY-----\n${'MIIEabc/+x9'.repeat(6)}\n-----END RSA PRIVATE KEY-----`,
  'project falcon',
  'falcon nine',
  'EMP-123456',
  '\u200b\u200b',
];
const filler = [
  ' ',
  ' ',
  ', ',
  '. ',
  '\n',
  '-',
  '@',
  '1',
  '22 ',
  'the ',
  'IS ',
  '"',
  '\\',
  '😀',
  '日本',
  'é',
  'x'.repeat(40),
  '12 '.repeat(9),
];
const plain = fc
  .array(
    fc.oneof(
      fc.constantFrom(...entities),
      fc.constantFrom(...filler),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));
const json = fc.oneof(
  plain.map((text) => JSON.stringify({ a: text, b: [text, 4111111111111111] })),
  plain.map(
    (text) =>
      `{"q":"${[...Array(text.length).keys()].map((i) => `\\u${text.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"}`,
  ),
);

function stringAt(json: Json | undefined, pointer: string): string {
  const value = valueAt(json ?? null, pointer);
  if (typeof value !== 'string') throw new Error('a text is not there');
  return value;
}

interface Answer {
  readonly texts: Readonly<Record<string, string>>;
  readonly steps: readonly { readonly frame: WireFrame; readonly reading: FrameReading }[];
}

/** Texts of interleaved windows, cut anywhere, some frames with two of them, some without any. */
function answers(windows: Readonly<Record<string, fc.Arbitrary<string>>>): fc.Arbitrary<Answer> {
  return fc
    .tuple(
      fc.record(windows),
      fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 0, max: 40 }), fc.nat(9)), {
        minLength: 1,
        maxLength: 25,
      }),
      fc.boolean(),
    )
    .map(([texts, cuts, endsAlone]) => {
      const names = Object.keys(texts);
      const at = new Map(names.map((name) => [name, 0]));
      const steps: { frame: WireFrame; reading: FrameReading }[] = [];
      const isLeft = (name: string): boolean => (at.get(name) ?? 0) < (texts[name]?.length ?? 0);
      const next = (name: string, size: number): Omit<FrameText, 'pointer'> => {
        const start = at.get(name) ?? 0;
        at.set(name, start + size);
        return textOf(name, (texts[name] ?? '').slice(start, start + size));
      };
      for (let i = 0; names.some(isLeft); i++) {
        const [which = 0, cut = 1, sort = 0] = cuts[i % cuts.length] ?? [];
        // Empty pieces alone would never come to an end.
        const size = i > 300 ? 50 : cut;
        const left = names.filter(isLeft);
        const name = left[which % left.length] ?? '';
        const other = left[(which + 1) % left.length] ?? '';
        if (sort === 0) steps.push(structural());
        const pieces =
          sort === 1 && other !== name ? [next(name, size), next(other, size)] : [next(name, size)];
        const done = endsAlone
          ? []
          : pieces.filter(({ window }) => !isLeft(window)).map(({ window }) => window);
        steps.push(frameOf(pieces, done));
      }
      return { texts, steps };
    });
}

interface Outcome {
  /** By window, what was released. */
  readonly texts: Readonly<Record<string, string>>;
  /** By window, the same with its stand-ins left in place. */
  readonly recorded: Readonly<Record<string, string>>;
  readonly blockedBy: string | undefined;
}

/** Runs an answer through and checks, at every step, what holds for every answer. */
async function run(
  release: Release,
  { steps }: Answer,
  whole: (window: string) => string | undefined,
): Promise<Outcome> {
  const texts: Record<string, string> = {};
  const recorded: Record<string, string> = {};
  const places = new Map(steps.map(({ frame }, place) => [frame.bytes, place]));
  const gone = new Set<number>();
  let blockedBy: string | undefined;
  for (let i = 0; i <= steps.length; i++) {
    const step = steps[i];
    const done = await (step ? release.push(step.frame, step.reading) : release.finish());
    expect(blockedBy === undefined || done.frames.length === 0).toBe(true);
    blockedBy ??= done.blockedBy?.id;
    for (const released of done.frames) {
      const place = placeOf(released, places, gone, steps);
      const { texts: own } = steps[place]!.reading;
      // A frame without texts is overtaken by none and overtakes none.
      if (own.length === 0) expect([...gone].filter((other) => other < place)).toHaveLength(place);
      else
        expect(
          steps.findIndex(
            ({ reading }, other) => reading.texts.length === 0 && other < place && !gone.has(other),
          ),
        ).toBe(-1);
      gone.add(place);
      for (const { pointer, window } of own) {
        texts[window] = (texts[window] ?? '') + stringAt(released.frame.json, pointer);
        recorded[window] =
          (recorded[window] ?? '') + stringAt(released.unrestored ?? released.frame.json, pointer);
        expect((whole(window) ?? texts[window]).startsWith(texts[window])).toBe(true);
      }
      if (released.edited)
        expect(released.frame.bytes.toString()).toBe(`data: ${JSON.stringify(released.frame.json)}\n\n`);
    }
  }
  if (blockedBy === undefined) expect(gone.size).toBe(steps.length);
  return { texts, recorded, blockedBy };
}

/** An untouched frame is the very one that came; an edited one is told by its number. */
function placeOf(
  { frame, edited }: ReleasedFrame,
  places: ReadonlyMap<Buffer, number>,
  gone: ReadonlySet<number>,
  steps: Answer['steps'],
): number {
  if (!edited) {
    const place = places.get(frame.bytes)!;
    expect(steps[place]!.frame).toBe(frame);
    return place;
  }
  const place = steps.findIndex(
    (step, index) =>
      !gone.has(index) && valueAt(step.frame.json ?? null, '/n') === valueAt(frame.json ?? null, '/n'),
  );
  expect(valueAt(frame.json ?? null, '/untouched')).toBe(1);
  return place;
}

/** The whole text scanned, judged and edited at once; up to where it is blocked. */
function wholeOf(scanning: ReturnType<typeof createScanning>, guardrails: readonly Guardrail[]) {
  return (window: string, value: string): { text: string; blockedBy: string | undefined } => {
    const segment = { ...textOf(window, value), pointer: window };
    const document = { direction: 'response' as const, segments: [segment] };
    const report = scanning.scan(document, guardrails);
    if (report instanceof Promise) throw new Error('all scanners here are synchronous');
    const verdict = judge(guardrails, document, report.findings, report.failures);
    const blocking = report.findings.filter(({ guardrail: id }) => {
      const action = guardrails.find((each) => each.id === id)?.action;
      return action === 'block' || (!segment.editable && action !== 'flag');
    });
    const end = Math.min(value.length, ...blocking.map(({ start }) => start));
    let text = '';
    let at = 0;
    for (const edit of verdict.edits) {
      if (edit.start >= end) break;
      const span = value.slice(edit.start, edit.end);
      const replacement = privacy.replacement(
        edit,
        segment.encoding === 'json' ? unescaped(span) : span,
        domain,
      );
      text += value.slice(at, edit.start);
      text +=
        segment.encoding !== 'json'
          ? replacement
          : isInJsonString(value, edit.start)
            ? escapeJsonText(replacement)
            : JSON.stringify(replacement);
      at = edit.end;
    }
    return { text: text + value.slice(at, Math.max(at, end)), blockedBy: verdict.blockedBy?.id };
  };
}

function unescaped(text: string): string {
  const reader = createJsonText();
  return reader.push(text) + reader.finish();
}

const NO_STAND_INS: StandIns | null = null;
const plan = (guardrails: readonly Guardrail[], more: Partial<Parameters<typeof createRelease>[1]> = {}) => ({
  guardrails,
  standIns: NO_STAND_INS,
  reidentify: false,
  domain,
  ...more,
});

const lists = { lists: { birds: ['falcon', 'project falcon', 'falcon nine'] } };
const rewriting: readonly Guardrail[] = [
  guardrail('pii', 'pii', 'redact', { kinds: ['EMAIL_ADDRESS', 'CREDIT_CARD'] }),
  guardrail('pii-rest', 'pii', 'mask', { kinds: ['PHONE_NUMBER', 'US_SSN', 'IBAN_CODE', 'URL'] }),
  guardrail('secrets', 'secrets', 'redact'),
  guardrail('words', 'keywords', 'pseudonymize', { config: lists }),
  guardrail('patterns', 'regex', 'mask', {
    config: { patterns: { employee: '\\bEMP-\\d{6}\\b', nines: 'f?alcon n' }, max_length: 24 },
  }),
  guardrail('invisible', 'invisible-text', 'redact'),
];
const blockingToo: readonly Guardrail[] = [
  ...rewriting.slice(0, 3),
  guardrail('block-words', 'keywords', 'block', { config: lists }),
  guardrail('block-ids', 'regex', 'block', {
    config: { patterns: { employee: 'EMP-\\d{6}' }, max_length: 24 },
  }),
];

describe('an answer with what has to be rewritten', () => {
  const scanning = createScanning(SCANNERS, rewriting);
  const whole = wholeOf(scanning, rewriting);

  test('is released as the whole text scanned and edited at once, however it was cut', async () => {
    await fc.assert(
      fc.asyncProperty(answers({ a: plain, b: plain, 'tool:0': json, 'tool:1': json }), async (answer) => {
        const release = createRelease({ scanning, policy: { judge }, privacy }, plan(rewriting));
        const expected = (window: string): string => whole(window, answer.texts[window] ?? '').text;
        const { texts } = await run(release, answer, expected);
        for (const window of Object.keys(answer.texts)) expect(texts[window] ?? '').toBe(expected(window));
      }),
      { numRuns: 250 },
    );
  });

  test('leaves tool arguments that were JSON still JSON', async () => {
    await fc.assert(
      fc.asyncProperty(
        answers({ 'tool:0': plain.map((text) => JSON.stringify({ a: text, card: 4111111111111111 })) }),
        async (answer) => {
          const release = createRelease({ scanning, policy: { judge }, privacy }, plan([rewriting[0]!]));
          const { texts } = await run(release, answer, () => whole0(answer.texts['tool:0'] ?? ''));
          expect(JSON.parse(texts['tool:0'] ?? '')).toMatchObject({ card: '[REDACTED:CREDIT_CARD]' });
        },
      ),
      { numRuns: 60 },
    );
    function whole0(value: string): string {
      return wholeOf(scanning, [rewriting[0]!])('tool:0', value).text;
    }
  });
});

describe('an answer with what has to be blocked', () => {
  const scanning = createScanning(SCANNERS, blockingToo);
  const whole = wholeOf(scanning, blockingToo);

  test('ends before the first character of it, in every window, at every step', async () => {
    let blocked = 0;
    await fc.assert(
      fc.asyncProperty(answers({ a: plain, 'fixed:b': plain, 'tool:0': json }), async (answer) => {
        const release = createRelease({ scanning, policy: { judge }, privacy }, plan(blockingToo));
        const { texts, blockedBy } = await run(
          release,
          answer,
          (window) => whole(window, answer.texts[window] ?? '').text,
        );
        const isBlocked = Object.entries(answer.texts).some(
          ([window, value]) => whole(window, value).blockedBy !== undefined,
        );
        expect(blockedBy !== undefined).toBe(isBlocked);
        if (isBlocked) blocked++;
        else
          for (const [window, value] of Object.entries(answer.texts))
            expect(texts[window] ?? '').toBe(whole(window, value).text);
      }),
      { numRuns: 250 },
    );
    expect(blocked).toBeGreaterThan(20);
  });

  test('releases frames of other windows that came before it, and none that came after', async () => {
    const release = createRelease({ scanning, policy: { judge }, privacy }, plan(blockingToo.slice(3, 4)));
    const step = (texts: Parameters<typeof frameOf>[0], ends: FrameReading['ends'] = []) => {
      const { frame, reading } = frameOf(texts, ends);
      return release.push(frame, reading);
    };
    expect((await step([textOf('a', 'all is well. ')])).frames).toHaveLength(1);
    expect((await step([textOf('b', 'held p')])).frames).toHaveLength(0);
    expect((await step([textOf('a', 'the fal')])).frames).toHaveLength(0);
    expect((await step([textOf('c', 'later ')])).frames).toHaveLength(1);
    const { frames, blockedBy } = await step([textOf('a', 'con.'), textOf('b', ' now. ')]);
    expect(blockedBy?.id).toBe('block-words');
    expect(frames.map(({ frame }) => valueAt(frame.json ?? null, '/t/0'))).toEqual(['held p']);
    expect((await step([textOf('c', 'more ')])).frames).toEqual([]);
    expect((await release.finish()).frames).toEqual([]);
    expect(release.summary()).toMatchObject({
      action: 'block',
      findings: [{ pointer: 'a', start: 17, end: 23, kind: 'birds' }],
    });
  });

  test('releases nothing at all of a buffered answer', async () => {
    const release = createRelease({ scanning, policy: { judge }, privacy }, plan(blockingToo));
    const { frame, reading } = frameOf([textOf('a', 'all is well, said the falcon')], 'all');
    expect(
      await release.push({ ...frame, bytes: Buffer.from(JSON.stringify(frame.json)) }, reading),
    ).toMatchObject({ frames: [], blockedBy: { id: 'block-words' } });
  });
});

describe('framing', () => {
  const scanning = createScanning(SCANNERS, rewriting);
  const redacted = (n: number) => JSON.stringify({ t: ['mail [REDACTED:EMAIL_ADDRESS]'], untouched: 1, n });

  test.each([
    [
      'an event keeps its name and id',
      'event: delta\nid: 7\ndata: {}\n\n',
      (n: number) => `event: delta\nid: 7\ndata: ${redacted(n)}\n\n`,
    ],
    [
      'an event with CRLF line ends',
      'event: delta\r\ndata: {}\r\n\r\n',
      (n: number) => `event: delta\ndata: ${redacted(n)}\n\n`,
    ],
    ['a buffered answer stays bare JSON', '{"t":[]}', redacted],
  ])('%s', async (_, bytes, expected) => {
    const release = createRelease({ scanning, policy: { judge }, privacy }, plan(rewriting));
    const { frame, reading } = frameOf([textOf('a', 'mail joe@example.com')], 'all');
    const { frames } = await release.push({ ...frame, bytes: Buffer.from(bytes) }, reading);
    expect(frames.map((each) => each.frame.bytes.toString())).toEqual([expected(frameCount)]);
  });
});

describe('stand-ins', () => {
  const values = ['joe.bloggs@example.com', 'ann@example.org', '4111 1111 1111 1111', 'O"Hara\\'];
  const request = values.join(' | ');
  const kinds = ['EMAIL_ADDRESS', 'EMAIL_ADDRESS', 'CREDIT_CARD', 'PERSON'];
  const edits = values.map((value, index) => ({
    pointer: '/p',
    start: request.indexOf(value),
    end: request.indexOf(value) + value.length,
    action: 'pseudonymize' as const,
    kind: kinds[index]!,
  }));
  const { prompt, standIns } = privacy.clear(
    { p: request },
    Buffer.from(''),
    {
      direction: 'request',
      segments: [
        { pointer: '/p', role: 'user', channel: 'user', text: request, encoding: 'plain', editable: true },
      ],
    },
    { action: 'pseudonymize', edits, guardrails: [] },
    domain,
  );
  const names = stringAt(prompt.body, '/p').split(' | ');
  const written: ((name: string) => string)[] = [
    (name) => name,
    (name) => name.replace(/[<>]/g, ''),
    (name) => name.toLowerCase(),
    (name) => name.toUpperCase(),
    (name) => `**${name}**`,
    (name) => `\`${name}\``,
    (name) => name.replaceAll('_', '\\_'),
    (name) => `(${name}).`,
  ];
  /** What the model writes, and what the client reads. */
  const piece = fc.oneof(
    fc.tuple(fc.nat(values.length - 1), fc.constantFrom(...written)).map(([which, write]) => {
      const said = write(names[which]!);
      return { said, read: said.replace(/<?\w+(?:\\?_\w+)*>?/, () => values[which]!), invented: 0 };
    }),
    fc
      .constantFrom(
        'hello',
        'a_b',
        '<b>',
        '<EMAIL',
        'EMAIL_ADDRESS',
        'some_identifier',
        '<your_identifier>',
        '😀',
        '"',
        '\\',
      )
      .map((text) => ({ said: text, read: text, invented: 0 })),
    fc.constant({ said: '<EMAIL_ADDRESS_aaaaaaaaaa>', read: '<EMAIL_ADDRESS_aaaaaaaaaa>', invented: 1 }),
  );
  const said = fc.array(piece, { maxLength: 8 }).map((pieces) => ({
    said: pieces.map((each) => each.said).join(' '),
    read: pieces.map((each) => each.read).join(' '),
    invented: pieces.reduce((sum, each) => sum + each.invented, 0),
  }));

  test.each([
    ['without guardrails', []],
    ['with guardrails', rewriting.slice(4)],
  ])('are restored across any cut, %s', async (_, guardrails: readonly Guardrail[]) => {
    const scanning = createScanning(SCANNERS, guardrails);
    await fc.assert(
      fc.asyncProperty(
        said,
        said,
        fc.infiniteStream(fc.integer({ min: 1, max: 30 })),
        async (text, tool, sizes) => {
          const argument = JSON.stringify({ a: tool.said }).replaceAll('<', '\\u003c');
          const pending: Record<string, string> = { a: text.said, 'tool:0': argument };
          const steps: Answer['steps'][number][] = [];
          while (Object.values(pending).some((left) => left !== '')) {
            for (const window of Object.keys(pending)) {
              const size = sizes.next().value;
              steps.push(frameOf([textOf(window, (pending[window] ?? '').slice(0, size))]));
              pending[window] = (pending[window] ?? '').slice(size);
            }
          }
          const release = createRelease(
            { scanning, policy: { judge }, privacy },
            plan(guardrails, { standIns, reidentify: true }),
          );
          // Escapes that no stand-in touched stay as the model wrote them: arguments are compared as values.
          const { texts, recorded } = await run(release, { texts: {}, steps }, (window) =>
            window === 'a' ? text.read : undefined,
          );
          expect(texts['a'] ?? '').toBe(text.read);
          if (texts['tool:0'] !== undefined) expect(JSON.parse(texts['tool:0'])).toEqual({ a: tool.read });
          expect(recorded['a'] ?? '').toBe(text.said);
          expect(recorded['tool:0'] ?? '').toBe(argument);
          expect(release.summary().events['stand_in_invented'] ?? 0).toBe(text.invented + tool.invented);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('stay as they are for those who may not see the originals', async () => {
    const scanning = createScanning(SCANNERS, []);
    const release = createRelease(
      { scanning, policy: { judge }, privacy },
      plan([], { standIns, reidentify: false }),
    );
    const { frame, reading } = frameOf([textOf('a', `write to ${names[0]} or <PERSON_zzzzzzzzzz>`)], 'all');
    expect((await release.push(frame, reading)).frames).toEqual([{ frame, edited: false }]);
    expect(release.summary().events).toEqual({ stand_in_invented: 1 });
  });

  test('are not restored inside what a guardrail rewrites, and what is restored is not scanned again', async () => {
    const guardrails = [
      guardrail('words', 'keywords', 'redact', {
        config: { lists: { greeting: [`dear ${names[0]}`] }, whole_word: false },
      }),
      guardrail('pii', 'pii', 'redact'),
    ];
    const scanning = createScanning(SCANNERS, guardrails);
    const release = createRelease(
      { scanning, policy: { judge }, privacy },
      plan(guardrails, { standIns, reidentify: true }),
    );
    const { frame, reading } = frameOf([textOf('a', `Dear ${names[0]}, ask ${names[1]}`)], 'all');
    const { frames } = await release.push(frame, reading);
    expect(valueAt(frames[0]?.frame.json ?? null, '/t/0')).toBe('[REDACTED:GREETING], ask ann@example.org');
  });
});

describe('a scanner that fails', () => {
  const faulty = (
    scan: () => unknown,
    settled: (text: string) => number = (text) => text.length,
  ): ScannerManifest =>
    defineScanner({
      id: 'faulty',
      title: '',
      description: '',
      risks: [],
      kinds: ['X'],
      config: z.strictObject({}),
      create: () => ({ reach: 1, maxHold: 10, scan: () => scan() as never, settled }),
    });
  const sighting = { start: 0, end: 1, kind: 'X', confidence: 1 };
  const faults: [string, ScannerManifest][] = [
    [
      'throws',
      faulty(() => {
        throw new Error('secret content');
      }),
    ],
    ['rejects', faulty(() => Promise.reject(new Error('secret content')))],
    ['hangs', faulty(() => new Promise(() => undefined))],
    ['answers no array', faulty(() => 'nothing')],
    ['answers null', faulty(() => null)],
    ['reports an empty span', faulty(() => [{ ...sighting, end: 0 }])],
    ['reports a span out of bounds', faulty(() => [{ ...sighting, end: 1_000 }])],
    ['reports half offsets', faulty(() => [{ ...sighting, end: 0.5 }])],
    ['reports spans that overlap', faulty(() => [{ ...sighting, end: 2 }, sighting])],
    ['reports an unknown kind', faulty(() => [{ ...sighting, kind: 'Y' }])],
    ['reports a confidence of NaN', faulty(() => [{ ...sighting, confidence: Number.NaN }])],
    ['reports too much', faulty(() => Array.from({ length: 10_001 }, () => sighting))],
    [
      'says that more is settled than there is',
      faulty(
        () => [],
        (text) => text.length + 1,
      ),
    ],
    [
      'throws when asked what is settled',
      faulty(
        () => [],
        () => {
          throw new Error('secret content');
        },
      ),
    ],
  ];

  test.each(faults)(
    '%s: the answer ends with a refusal, and what is held stays held',
    async (fault, manifest) => {
      const guardrails = [guardrail('g', 'faulty', 'redact')];
      const release = createRelease(
        { scanning: createScanning([manifest], guardrails), policy: { judge }, privacy },
        plan(guardrails),
      );
      const { frame, reading } = frameOf([textOf('a', 'hello there')]);
      await expect((async () => release.push(frame, reading))()).rejects.toMatchObject({
        code: fault === 'reports too much' ? 'too_many_findings' : 'scanner_failed',
      });
      expect((await release.push(frame, reading)).frames).toEqual([]);
      expect((await release.finish()).frames).toEqual([]);
    },
  );

  test.each(faults)(
    '%s: where its guardrail says so in writing the answer passes, and it is told',
    async (_, manifest) => {
      const guardrails = [guardrail('g', 'faulty', 'redact', { onError: 'allow' })];
      const release = createRelease(
        { scanning: createScanning([manifest], guardrails), policy: { judge }, privacy },
        plan(guardrails),
      );
      const first = frameOf([textOf('a', 'hello there')]);
      const second = frameOf([textOf('a', ' and more')], 'all');
      const frames = [
        ...(await release.push(first.frame, first.reading)).frames,
        ...(await release.push(second.frame, second.reading)).frames,
        ...(await release.finish()).frames,
      ];
      expect(frames.map(({ frame }) => frame)).toEqual([first.frame, second.frame]);
      expect(release.summary().guardrails).toEqual([
        { id: 'g', version: '1', action: 'allow', findings: 0, failedOpen: true },
      ]);
    },
  );
});

describe('limits', () => {
  const held = defineScanner({
    id: 'held',
    title: '',
    description: '',
    risks: [],
    kinds: ['X'],
    config: z.strictObject({}),
    create: () => ({
      reach: 1,
      maxHold: Infinity,
      scan: () => [],
      settled: (_: string, from: number) => from,
    }),
  });
  const guardrails = [guardrail('g', 'held', 'redact')];

  test('a window that would hold too much ends the answer', async () => {
    const release = createRelease(
      { scanning: createScanning([held], guardrails), policy: { judge }, privacy },
      plan(guardrails),
    );
    const { frame, reading } = frameOf([textOf('a', 'x'.repeat(70_000))]);
    await expect((async () => release.push(frame, reading))()).rejects.toMatchObject({
      code: 'stream_window_exceeded',
    });
  });

  test('so do too many windows', async () => {
    const release = createRelease(
      { scanning: createScanning([held], guardrails), policy: { judge }, privacy },
      plan(guardrails),
    );
    const { frame, reading } = frameOf(Array.from({ length: 5_000 }, (_, index) => textOf(`w${index}`, 'x')));
    await expect((async () => release.push(frame, reading))()).rejects.toMatchObject({
      code: 'stream_window_exceeded',
    });
  });

  test('without guardrails and stand-ins every frame passes at once', async () => {
    const release = createRelease(
      { scanning: createScanning([held], guardrails), policy: { judge }, privacy },
      plan([]),
    );
    const { frame, reading } = frameOf([textOf('a', 'x'.repeat(70_000))]);
    expect(await release.push(frame, reading)).toEqual({ frames: [{ frame, edited: false }] });
  });
});

// Measured on a machine that others may use: one measurement of several has to show it.
describe('time', { retry: 4 }, () => {
  const guardrails: readonly Guardrail[] = [
    guardrail('pii', 'pii', 'redact'),
    guardrail('secrets', 'secrets', 'redact'),
    guardrail('words', 'keywords', 'redact', { config: lists }),
    guardrail('patterns', 'regex', 'mask', { config: { patterns: { employee: '\\bEMP-\\d{6}\\b' } } }),
    guardrail('invisible', 'invisible-text', 'redact'),
  ];
  const scanning = createScanning(SCANNERS, guardrails);
  const prose = 'The quarterly report shows that revenue grew by 12 percent in 2024, and more. ';

  /** CPU time of this process: what others do on the machine does not count. */
  function microsecondsPerFrame(length: number, text: string): number {
    const release = createRelease({ scanning, policy: { judge }, privacy }, plan(guardrails));
    const value = text.repeat(Math.ceil(length / text.length)).slice(0, length);
    const begun = process.cpuUsage();
    for (let at = 0; at < length; at += 4) {
      const piece = textOf('a', value.slice(at, at + 4));
      const frame = { json: { t: piece.text }, bytes: Buffer.alloc(0) };
      void release.push(frame, { texts: [{ ...piece, pointer: '/t' }], ends: [] });
    }
    void release.finish();
    const { user, system } = process.cpuUsage(begun);
    return ((user + system) * 4) / length;
  }

  test.each([
    ['prose', prose, 1_000_000],
    ['one word without end', 'a1B2', 100_000],
    ['digits without end', '4 222 3 ', 100_000],
    ['a private key without end', '-----BEGIN PRIVATE KEY-----\nabc/', 100_000],
    ['the beginnings of tokens', 'eyJ-', 100_000],
    ['addresses without end', 'https://e.x/', 100_000],
  ])('of an answer in pieces of four characters grows with its length alone: %s', (_, text, length) => {
    // Longer than what is ever held back, so that both are measured with as much to look at.
    const third = Math.floor(length / 3);
    microsecondsPerFrame(third, text);
    const short = Math.min(...[1, 2, 3].map(() => microsecondsPerFrame(third, text)));
    const long = Math.min(...[1, 2].map(() => microsecondsPerFrame(length, text)));
    expect(long).toBeLessThan(short * 1.5);
  });
});
