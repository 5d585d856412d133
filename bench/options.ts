/** What can be asked of the bench on its command line. */
import { parseArgs } from 'node:util';
import { LOAD_NAMES, type LoadName } from './loads.ts';

export interface Options {
  readonly rounds: number;
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly loads: readonly LoadName[];
  /** Memory after 200,000 requests, instead of after fewer. */
  readonly isFull: boolean;
  readonly hasMemory: boolean;
  readonly hasPortkey: boolean;
}

export const USAGE = `npm run bench -- [options]

  --rounds N        rounds of each load, interleaved over the servers (5)
  --seconds N       length of a round (4)
  --warm-up N       seconds of the load before its first round (10): V8 goes on compiling for about eight
  --only A,B        only these loads: ${LOAD_NAMES.join(', ')}
  --full            measure memory after 200,000 requests, not after 20,000
  --no-memory       leave memory out
  --no-portkey      leave the peer out (it is installed from npm into node_modules/.cache)

bench/RESULTS.md is written where nothing is left out.`;

function positive(value: string, name: string): number {
  const number = Number(value);
  if (!(number > 0 && number <= 1_000)) throw new Error(`--${name} takes a number from 1 to 1000`);
  return number;
}

function loadNames(list: string | undefined): readonly LoadName[] {
  if (list === undefined) return LOAD_NAMES;
  const wanted = new Set(list.split(','));
  const known = LOAD_NAMES.filter((name) => wanted.delete(name));
  if (wanted.size > 0) throw new Error(`there is no load named ${[...wanted].join(', ')}`);
  return known;
}

/** @returns undefined where help was asked for */
export function readOptions(): Options | undefined {
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      help: { type: 'boolean', default: false },
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '4' },
      'warm-up': { type: 'string', default: '10' },
      only: { type: 'string' },
      full: { type: 'boolean', default: false },
      memory: { type: 'boolean', default: true },
      portkey: { type: 'boolean', default: true },
    },
  });
  if (values.help) return undefined;
  return {
    rounds: positive(values.rounds, 'rounds'),
    seconds: positive(values.seconds, 'seconds'),
    warmUpSeconds: positive(values['warm-up'], 'warm-up'),
    loads: loadNames(values.only),
    isFull: values.full,
    hasMemory: values.memory,
    hasPortkey: values.portkey,
  };
}

export function isComplete({ loads, hasMemory, hasPortkey }: Options): boolean {
  return loads.length === LOAD_NAMES.length && hasMemory && hasPortkey;
}
