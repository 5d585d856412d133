/** `npm run bench:console-live`: the live tail in a browser at a steady pace, and what a busy control plane costs the data plane. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { buildConsole } from '../../scripts/console.ts';
import { describeMachine, syncMilliseconds } from '../machine.ts';
import { CACHE_DIRECTORY } from '../places.ts';
import { startHouse } from './house.ts';
import { pageOf } from './page.ts';
import { measureSlowing, paced, saturated, type Slowing } from './slowing.ts';
import { measureTail, type Stretch } from './tail.ts';
import { runTraffic } from './traffic.ts';

const { values: options } = parseArgs({
  options: {
    rate: { type: 'string', default: '500' },
    /** Of watching the page, for each of its rows. */
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '6' },
    'round-seconds': { type: 'string', default: '5' },
    only: { type: 'string' },
    output: { type: 'string', default: join(import.meta.dirname, '..', 'RESULTS-CONSOLE-LIVE.md') },
  },
});
const perSecond = Number(options.rate);
const seconds = Number(options.seconds);
const rounds = Number(options.rounds);
const roundSeconds = Number(options['round-seconds']);
const WARM_UP_S = 10;

buildConsole();
mkdirSync(CACHE_DIRECTORY, { recursive: true });
const directory = mkdtempSync(join(CACHE_DIRECTORY, 'console-live-'));
const house = await startHouse(directory);
try {
  await runTraffic(house.contender, perSecond, WARM_UP_S);
  const tail: readonly Stretch[] =
    options.only === 'slowing' ? [] : await measureTail(house, perSecond, seconds);
  const slowings: Slowing[] = [];
  if (options.only !== 'tail')
    for (const load of [
      { title: `${perSecond} a second`, perSecond, measure: paced(house, perSecond, roundSeconds) },
      { title: 'as many as it takes', perSecond: undefined, measure: saturated(house, roundSeconds) },
    ])
      slowings.push(await measureSlowing(load, house, rounds));
  const machine = describeMachine(undefined, syncMilliseconds(directory), false);
  const page = pageOf(tail, slowings, { perSecond, seconds, rounds }, machine);
  writeFileSync(options.output, page);
  console.log(page);
} finally {
  await house.stop();
  rmSync(directory, { recursive: true, force: true });
}
