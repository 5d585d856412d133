import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createCircuit, type Pass } from './circuit.ts';

const settings = { failures: 3, openMs: 1_000 };

function circuitAt(clock = { ms: 0 }) {
  const circuit = createCircuit({ now: () => clock.ms });
  const enter = (): Pass => {
    const pass = circuit.enter(settings);
    if (!pass) throw new Error('the circuit is not to be entered');
    return pass;
  };
  return { circuit, clock, enter, isShut: () => circuit.enter(settings) === undefined };
}

function opened() {
  const held = circuitAt();
  for (let i = 0; i < 3; i++) held.enter().failed();
  return held;
}

test('it opens after as many failures in a row as configured, not before', () => {
  const { circuit, enter } = circuitAt();
  enter().failed();
  enter().failed();
  expect(circuit.state(settings)).toBe('closed');
  enter().failed();
  expect([circuit.state(settings), circuit.enter(settings), circuit.consecutiveFailures]).toEqual([
    'open',
    undefined,
    3,
  ]);
});

test('an answer that came to its end makes the failures before it past', () => {
  const { circuit, enter } = circuitAt();
  enter().failed();
  enter().failed();
  const pass = enter();
  pass.answered();
  pass.ended(true);
  enter().failed();
  enter().failed();
  expect(circuit.state(settings)).toBe('closed');
});

test('a provider that begins every answer and ends none is left alone too', () => {
  const { circuit, enter } = circuitAt();
  for (let i = 0; i < 3; i++) {
    const pass = enter();
    pass.answered();
    pass.ended(false);
  }
  expect(circuit.state(settings)).toBe('open');
});

test('it stays open for its time, to the millisecond, then lets exactly one probe in', () => {
  const { circuit, clock, enter, isShut } = opened();
  clock.ms = 999;
  expect([isShut(), circuit.waitMs(settings)]).toEqual([true, 1]);
  clock.ms = 1_000;
  enter();
  expect([circuit.state(settings), isShut(), isShut()]).toEqual(['half_open', true, true]);
});

test('a probe that is answered closes it', () => {
  const { circuit, clock, enter } = opened();
  clock.ms = 1_000;
  enter().answered();
  expect([circuit.state(settings), circuit.consecutiveFailures]).toEqual(['closed', 0]);
});

test('a probe that fails opens it for another time', () => {
  const { circuit, clock, enter } = opened();
  clock.ms = 1_500;
  enter().failed();
  expect([circuit.state(settings), circuit.waitMs(settings)]).toEqual(['open', 1_000]);
});

test('a probe whose client went away frees its place', () => {
  const { clock, enter, isShut } = opened();
  clock.ms = 1_000;
  enter().abandoned();
  expect(isShut()).toBe(false);
});

test('calls from before it opened neither close it nor open it again', () => {
  const { circuit, clock, enter } = circuitAt();
  const early = [enter(), enter()];
  for (let i = 0; i < 3; i++) enter().failed();
  clock.ms = 1_000;
  const probe = enter();
  early[0]?.answered();
  early[0]?.ended(true);
  expect(circuit.state(settings)).toBe('half_open');
  probe.answered();
  early[1]?.failed();
  expect([circuit.state(settings), circuit.consecutiveFailures]).toEqual(['closed', 0]);
});

test('only the first word about a pass counts', () => {
  const { circuit, enter } = circuitAt();
  const pass = enter();
  pass.failed();
  pass.failed();
  pass.failed();
  pass.answered();
  expect(circuit.consecutiveFailures).toBe(1);
});

test('whatever happens, no two probes are out at once and an open circuit recovers', () => {
  const act = fc.constantFrom('enter', 'answered', 'failed', 'abandoned', 'ended', 'broke', 'wait');
  fc.assert(
    fc.property(fc.array(fc.tuple(act, fc.nat(5)), { maxLength: 60 }), (acts) => {
      const { circuit, clock } = circuitAt();
      const out: { pass: Pass; probe: boolean }[] = [];
      for (const [what, index] of acts) {
        const at = out[index];
        if (what === 'wait') clock.ms += 400;
        else if (what === 'enter') {
          const wasClosed = circuit.state(settings) === 'closed';
          const pass = circuit.enter(settings);
          if (pass && !wasClosed) expect(out.filter(({ probe }) => probe)).toEqual([]);
          if (pass) out.push({ pass, probe: !wasClosed });
        } else if (at) {
          if (what === 'ended' || what === 'broke') at.pass.ended(what === 'ended');
          else at.pass[what]();
          if (what !== 'ended' && what !== 'broke') at.probe = false;
        }
      }
      for (const { pass } of out) pass.abandoned();
      clock.ms += 1_000;
      expect(circuit.enter(settings)).toBeDefined();
    }),
  );
});
