import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AuditEntry, InteractionEntry, RecordedInquiry } from '../../domain/record.ts';
import type { Usage } from '../../domain/usage.ts';
import { reconcile, type Accounts, type ReconciliationSettings } from './reconciliation.ts';

const DAY = 86_400_000;
const START = Date.parse('2026-01-10T00:00Z');
const dayOf = (ms: number) => new Date(ms).toISOString().slice(0, 10);

function usage(inputTokens: number, outputTokens: number, source: Usage['source'] = 'reported'): Usage {
  return { inputTokens, outputTokens, cachedInputTokens: 0, cacheWriteTokens: 0, reasoningTokens: 0, source };
}

let serial = 0;
function interaction(change: Partial<InteractionEntry> = {}): InteractionEntry {
  const { provider = 'main', providerModel = 'gpt-5' } = change;
  return {
    kind: 'interaction',
    id: `req_${++serial}`,
    at: START + DAY / 2,
    snapshot: 's',
    endpoint: 'openai.chat/chat',
    stream: false,
    provider,
    providerModel,
    policies: [],
    guardrails: [],
    quiet: {},
    findings: [],
    moreFindings: 0,
    action: 'allow',
    attempts: [{ provider, model: providerModel, result: '200', durationMs: 5 }],
    outcome: 'answered',
    usage: usage(100, 10),
    timings: { total: 1_000 },
    events: {},
    ...change,
  };
}

/** A stream's two entries. */
function streamed(entry: InteractionEntry): readonly AuditEntry[] {
  const { usage: _, ...begun } = entry;
  return [
    { ...begun, stream: true, outcome: 'released' },
    { ...entry, kind: 'interaction_end', stream: true },
  ];
}

interface Billed {
  readonly day: string;
  readonly model: string;
  readonly key: string;
  readonly requests: number;
  readonly input: number;
  readonly output: number;
}

function csvOf(rows: readonly Billed[], countsRequests = true): string {
  const head = `date,model,key,${countsRequests ? 'requests,' : ''}input_tokens,output_tokens`;
  return [
    head,
    ...rows.map(({ day, model, key, requests, input, output }) =>
      [day, model, key, ...(countsRequests ? [requests] : []), input, output].join(','),
    ),
  ].join('\n');
}

const MAIN: Accounts = { providers: ['main'], keys: new Map(), models: new Map() };

async function run(
  csv: string,
  log: readonly AuditEntry[],
  change: Partial<ReconciliationSettings> & { readonly accounts?: Accounts } = {},
) {
  const { accounts = MAIN, ...rest } = change;
  return reconcile({
    usage: [bytes(csv)],
    accountsOf: () => accounts,
    tolerance: 0.01,
    async *entries(fromMs, toMs) {
      for (const entry of log) if (entry.at >= fromMs && entry.at < toMs) yield entry;
    },
    ...rest,
  });
}

async function* bytes(text: string) {
  yield Buffer.from(text);
}

const billed = (change: Partial<Billed> = {}): Billed => ({
  day: '2026-01-10',
  model: 'gpt-5-2026-01-01',
  key: 'key_A',
  requests: 1,
  input: 100,
  output: 10,
  ...change,
});

describe('an export made from the record', () => {
  const MODELS = ['gpt-5', 'gpt-5-mini', 'text-embedding-3-small'];
  const call = fc.record({
    at: fc.oneof(
      fc.integer({ min: START, max: START + 4 * DAY - 1 }),
      // Around midnights, where a provider may book on the other side.
      fc
        .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: -600_000, max: 600_000 }))
        .map(([day, off]) => START + day * DAY + off),
    ),
    model: fc.constantFrom(...MODELS),
    input: fc.nat(100_000),
    output: fc.nat(10_000),
    stream: fc.boolean(),
    tookMs: fc.nat(120_000),
    bookedLate: fc.boolean(),
    dated: fc.boolean(),
  });
  type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

  const entriesOf = ({ at, model, input, output, stream, tookMs }: Call): readonly AuditEntry[] => {
    const entry = interaction({
      at,
      providerModel: model,
      responseModel: `${model}-2026-01-01`,
      usage: usage(input, output),
      timings: { total: tookMs },
    });
    return stream ? streamed(entry) : [entry];
  };
  const rowOf = ({ at, model, input, output, tookMs, bookedLate, dated }: Call): Billed =>
    billed({
      day: dayOf(bookedLate ? at + tookMs : at),
      model: dated ? `${model}-2026-01-01` : model,
      input,
      output,
    });
  const whole = { fromMs: START - DAY, toMs: START + 6 * DAY };

  test('reconciles without a finding or a note, whatever the order of its rows', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(call, { minLength: 1, maxLength: 60 }),
        fc.infiniteStream(fc.nat()),
        async (calls, order) => {
          const placed = calls.map((each) => [order.next().value ?? 0, rowOf(each)] as const);
          const rows = placed.toSorted(([a], [b]) => a - b).map(([, row]) => row);
          const told = await run(csvOf(rows), calls.flatMap(entriesOf), { ...whole, tolerance: 0 });
          expect(told.findings).toEqual([]);
          expect(told.notes).toEqual([]);
          expect(told.rows).toBe(calls.length);
        },
      ),
    );
  });

  test('has a finding as soon as any interaction is taken from the record', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 40 }), fc.nat(), async (calls, which) => {
        const kept = calls.toSpliced(which % calls.length, 1);
        const told = await run(csvOf(calls.map(rowOf)), kept.flatMap(entriesOf), whole);
        expect(told.findings.length).toBeGreaterThan(0);
        const requests = told.findings.filter(({ of }) => of === 'requests');
        expect(requests.reduce((sum, { unexplained }) => sum + unexplained, 0)).toBe(1);
      }),
    );
  });

  test('without requests has a finding for every token that is missing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 1, maxLength: 40 }), fc.nat(), async (calls, which) => {
        const taken = calls[which % calls.length]!;
        const kept = calls.toSpliced(which % calls.length, 1);
        const csv = csvOf(calls.map(rowOf), false);
        const told = await run(csv, kept.flatMap(entriesOf), { ...whole, tolerance: 0 });
        const sum = (of: string) =>
          told.findings.reduce((all, finding) => all + (finding.of === of ? finding.unexplained : 0), 0);
        expect(told.countsRequests).toBe(false);
        expect([sum('requests'), sum('inputTokens'), sum('outputTokens')]).toEqual([
          0,
          taken.input,
          taken.output,
        ]);
      }),
    );
  });

  test('notes what was recorded and is not billed, and finds nothing in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(call, { minLength: 2, maxLength: 40 }), async (calls) => {
        const told = await run(csvOf(calls.slice(1).map(rowOf)), calls.flatMap(entriesOf), {
          ...whole,
          tolerance: 0,
        });
        expect(told.findings).toEqual([]);
        expect(told.notes).toContainEqual(
          expect.objectContaining({ kind: 'not_billed', of: 'requests', difference: 1 }),
        );
      }),
    );
  });
});

describe('what went around the gateway', () => {
  test('is found by day, with how much', async () => {
    const csv = csvOf([billed({ requests: 3, input: 900, output: 10 }), billed({ day: '2026-01-11' })]);
    const later = interaction({ at: START + 1.5 * DAY });
    const { findings, lines } = await run(csv, [interaction(), later]);
    expect(findings).toEqual([
      {
        kind: 'unexplained_requests',
        day: '2026-01-10',
        provider: 'main',
        model: 'gpt-5',
        of: 'requests',
        exported: 3,
        recorded: 1,
        unexplained: 2,
      },
      expect.objectContaining({ kind: 'unexplained_tokens', of: 'inputTokens', unexplained: 800 }),
    ]);
    expect(lines).toHaveLength(2);
  });

  test('is not hidden by another day that has too little, but by a call near midnight', async () => {
    const csv = csvOf([
      billed({ day: '2026-01-10', requests: 0, input: 0, output: 0 }),
      billed({ day: '2026-01-11' }),
    ]);
    const atNoon = await run(csv, [interaction()]);
    expect(atNoon.findings.map(({ kind }) => kind)).toContain('unexplained_requests');
    const late = await run(csv, [interaction({ at: START + DAY - 60_000 })]);
    expect(late.findings).toEqual([]);
    expect(late.notes).toEqual([]);
  });

  test('is within the tolerance for tokens, never for requests', async () => {
    const log = [interaction()];
    expect((await run(csvOf([billed({ input: 101 })]), log)).findings).toEqual([]);
    expect((await run(csvOf([billed({ input: 102 })]), log)).findings).toHaveLength(1);
    expect((await run(csvOf([billed({ input: 150 })]), log, { tolerance: 0.5 })).findings).toEqual([]);
    expect((await run(csvOf([billed({ requests: 2 })]), log, { tolerance: 0.9 })).findings).toHaveLength(1);
  });

  test('under a model that the record does not know is a finding of its own', async () => {
    const csv = csvOf([billed(), billed({ model: 'o9', output: 0 })]);
    const { findings } = await run(csv, [interaction()]);
    expect(findings.map(({ kind, model, of }) => [kind, model, of])).toEqual([
      ['unknown_model', 'o9', 'requests'],
      ['unknown_model', 'o9', 'inputTokens'],
    ]);
    const models = new Map([['o9', 'gpt-5']]);
    const doubled = await run(csv, [interaction(), interaction()], { accounts: { ...MAIN, models } });
    expect(doubled.findings).toEqual([]);
  });

  test('under a key that belongs to no provider is a finding, and each key is compared with its own', async () => {
    const keys = new Map([
      ['key_A', 'main'],
      ['key_B', 'second'],
    ]);
    const accounts = { providers: [], keys, models: new Map() };
    const csv = csvOf([billed(), billed({ key: 'key_B' }), billed({ key: 'key_C' }), billed({ key: '' })]);
    const log = [interaction(), interaction({ provider: 'second' }), interaction({ provider: 'third' })];
    const { findings } = await run(csv, log, { accounts });
    expect(findings.filter(({ of }) => of === 'requests')).toEqual([
      expect.objectContaining({ kind: 'unknown_key', key: 'key_C', unexplained: 1 }),
      expect.objectContaining({ kind: 'unknown_key', key: '(none)', unexplained: 1 }),
    ]);
    const swapped = await run(csv, [interaction(), interaction()], { accounts });
    expect(swapped.findings.map(({ kind }) => kind)).toContain('unknown_model');
  });

  test('is looked for in the days that were asked for alone', async () => {
    const csv = csvOf([billed({ day: '2026-01-09', requests: 9 }), billed()]);
    const told = await run(csv, [interaction()], { fromMs: START, toMs: START + DAY });
    expect(told).toMatchObject({ from: '2026-01-10', to: '2026-01-10', rows: 1, findings: [] });
  });
});

describe('what counts as recorded', () => {
  const twice = csvOf([billed({ requests: 2, input: 200, output: 20 })]);
  const once = csvOf([billed()]);

  test('a stream counts once, with its end', async () => {
    const told = await run(once, streamed(interaction()));
    expect(told).toMatchObject({ findings: [], notes: [], interactions: 1 });
    expect((await run(twice, streamed(interaction()))).findings).not.toEqual([]);
  });

  test('a stream that a crash cut off counts when it began, whenever the next start ended it', async () => {
    const { usage: _, ...begun } = interaction({ stream: true, outcome: 'released' });
    const end: AuditEntry = {
      ...begun,
      kind: 'interaction_end',
      outcome: 'interrupted',
      at: START + DAY * 1.5,
    };
    expect((await run(once, [begun, end])).findings).toEqual([]);
    expect((await run(once, [begun])).findings).toEqual([]);
    expect((await run(once, [end])).findings).not.toEqual([]);
  });

  test.each([
    ['500', true],
    ['503', true],
    ['408', true],
    ['first_byte_timeout', true],
    ['closed_early', true],
    ['client_closed', true],
    ['provider_bad_answer', true],
    ['429', false],
    ['400', false],
    ['401', false],
    ['connect_failed', false],
    ['connect_timeout', false],
    ['address_forbidden', false],
    ['circuit_open', false],
    ['limit_exceeded', false],
  ])('an attempt that came to %s before another may have been billed: %s', async (result, isPossible) => {
    const attempts = [
      { provider: 'main', model: 'gpt-5', result, durationMs: 1 },
      { provider: 'main', model: 'gpt-5', result: '200', durationMs: 1 },
    ];
    const log = [interaction({ attempts })];
    const told = await run(twice, log);
    expect(told.findings.length === 0).toBe(isPossible);
    expect(told.notes.map(({ kind }) => kind).includes('possibly_lost')).toBe(isPossible);
    expect(await run(once, log)).toMatchObject({ findings: [], notes: [] });
  });

  test('an attempt at another provider belongs to that one', async () => {
    const attempts = [
      { provider: 'main', model: 'gpt-5', result: '503', durationMs: 1 },
      { provider: 'second', model: 'claude', result: '200', durationMs: 1 },
    ];
    const log = [
      interaction({ attempts, provider: 'second', providerModel: 'claude', responseModel: 'claude' }),
    ];
    const told = await run(once, log);
    expect(told.findings).toEqual([]);
    expect(told.lines[0]?.recorded.requests).toBe(0);
  });

  test('an estimate may be wrong, but not by everything', async () => {
    const log = [interaction({ usage: usage(5_000, 10, 'estimated') })];
    expect((await run(csvOf([billed({ input: 9_000, output: 3_000 })]), log)).findings).toEqual([]);
    expect((await run(csvOf([billed({ input: 11_000, output: 10 })]), log)).findings).toHaveLength(1);
    expect((await run(csvOf([billed({ input: 5_000, output: 9_000 })]), log)).findings).toHaveLength(1);
  });

  test('what guardrails asked counts; what was counted, refused or answered by others does not', async () => {
    const inquiry: RecordedInquiry = {
      guardrail: 'judge',
      direction: 'request',
      provider: 'main',
      providerModel: 'gpt-5',
      result: 'answered',
      count: 2,
      attempts: 2,
      durationMs: 1,
      longestMs: 1,
      inputTokens: 200,
      outputTokens: 20,
    };
    const refused = interaction({ attempts: [], outcome: 'refused', inquiries: [inquiry] });
    const asked = [
      interaction({ endpoint: 'anthropic.messages/count_tokens' }),
      interaction({ provider: 'second' }),
      refused,
    ];
    expect(await run(twice, asked)).toMatchObject({ findings: [], notes: [] });
    const failed = { ...inquiry, result: 'timed_out', inputTokens: 0, outputTokens: 0 };
    const lost = await run(twice, [interaction({ attempts: [], inquiries: [failed] })]);
    expect(lost.findings).toEqual([]);
    expect(lost.notes.map(({ kind }) => kind)).toContain('possibly_lost');
  });

  test('an attempt that a deployment lost may explain what is billed under the name its answers have', async () => {
    const deployed = { providerModel: 'production', responseModel: 'gpt-5-2026-01-01' };
    const attempts = [{ provider: 'main', model: 'production', result: '503', durationMs: 1 }];
    const { responseModel: _, ...failed } = interaction({ ...deployed, attempts, outcome: 'failed' });
    for (const log of [
      [failed, interaction(deployed)],
      [interaction(deployed), failed],
    ]) {
      const { findings, notes, lines } = await run(twice, log);
      expect(findings).toEqual([]);
      expect(notes.map(({ kind, of }) => [kind, of])).toContainEqual(['possibly_lost', 'requests']);
      expect(lines.map(({ model }) => model)).toEqual(['gpt-5']);
    }
  });

  test('a deployment is known by what its answers call the model', async () => {
    const log = [interaction({ providerModel: 'production', responseModel: 'gpt-5-2026-01-01' })];
    expect((await run(once, log)).findings).toEqual([]);
  });
});

describe('what cannot be reconciled is refused', () => {
  test.each([
    [
      'an empty export of which nothing is known',
      '{"data":[],"has_more":false}',
      { fromMs: START, toMs: START + DAY },
      'nothing tells what it is',
    ],
    ['an export without days', 'date,model,input_tokens,output_tokens', {}, 'no usage in this time'],
    [
      'a time that ends before it begins',
      csvOf([billed()]),
      { fromMs: START, toMs: START - DAY },
      'ends before',
    ],
    ['an age', csvOf([billed(), billed({ day: '1999-01-01' })]), {}, 'more than ten years'],
    ['an age that is asked for', csvOf([billed()]), { fromMs: 0, toMs: START }, 'longer than ten years'],
  ])('%s', async (_, csv, change, message) => {
    await expect(run(csv, [], change)).rejects.toThrow(message);
  });

  test('an export with more days of models than memory should hold', async () => {
    async function* endless() {
      yield Buffer.from('date,model,input_tokens,output_tokens\n');
      for (let block = 0; ; block++)
        yield Buffer.from(
          Array.from({ length: 10_000 }, (_, i) => `2026-01-10,m-${block}x${i},1,1\n`).join(''),
        );
    }
    await expect(run('', [], { usage: [endless()] })).rejects.toThrow('more than 200000 days of models');
  });
});
