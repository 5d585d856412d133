import { expect, test } from 'vitest';
import { applicationSchema, principalSchema } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';
import type { Principal } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createGates } from './gates.ts';

const tree = {
  principals: {
    alice: principalSchema.parse({ kind: 'person', gates: { consent: null, training: '2026-11-23' } }),
    constructor: principalSchema.parse({ kind: 'person' }),
  },
  applications: {
    open: applicationSchema.parse({}),
    careful: applicationSchema.parse({ gates: ['consent', 'training'] }),
    strict: applicationSchema.parse({ gates: ['consent', 'terms'] }),
  },
};

const alice: Principal = { kind: 'person', id: 'alice', groups: [] };
const application = (id: string): Application => ({
  id,
  owners: [],
  purpose: '',
  dataClass: 'internal',
  models: ['*'],
  groups: [],
  capture: 'none',
  record: 'before_release',
});
const gatesAt = (time: string) => createGates(tree, { now: () => Date.parse(time) });

test.each([
  ['2026-11-22T12:00:00Z', ['consent', 'training']],
  ['2026-11-23T00:00:00Z', ['consent', 'training']],
  ['2026-11-23T23:59:59.999Z', ['consent', 'training']],
  ['2026-11-24T00:00:00Z', ['consent']],
])('at %s, training that holds until 23 November leaves the gates %j passed', (time, expected) => {
  expect([...gatesAt(time).passed(alice)]).toEqual(expected);
});

test('a gate closes at midnight UTC while the gates are in use', () => {
  let now = Date.parse('2026-11-23T23:59:59Z');
  const gates = createGates(tree, { now: () => now });
  gates.check(alice, application('careful'));
  now += 1_000;
  expect(() => gates.check(alice, application('careful'))).toThrow(/training/);
});

test('a closed gate is refused by name', () => {
  const refusal = refusalOf(() => gatesAt('2026-11-24T00:00:00Z').check(alice, application('strict')));
  expect(refusal).toMatchObject({ code: 'gate_closed', status: 403, details: { gate: 'terms' } });
  expect(refusal.message).toBe(
    'strict asks for the gate terms, which person alice has not passed or passed too long ago',
  );
});

test.each<Principal>([
  { kind: 'person', id: 'bob', groups: [] },
  { kind: 'service', id: 'alice', groups: [] },
  { kind: 'person', id: 'constructor', groups: [] },
  { kind: 'person', id: 'toString', groups: [] },
])('a principal that the tree does not know so has passed no gate: %o', (principal) => {
  const gates = gatesAt('2026-11-01T00:00:00Z');
  expect(gates.passed(principal).size).toBe(0);
  expect(() => gates.check(principal, application('careful'))).toThrow(Refusal);
  expect(() => gates.check(principal, application('open'))).not.toThrow();
});

test('an application that the tree does not have is a bug, not an open gate', () => {
  expect(() => gatesAt('2026-11-01T00:00:00Z').check(alice, application('gone'))).toThrow(
    /know nothing of application gone/,
  );
});

function refusalOf(work: () => void): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
