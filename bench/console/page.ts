/** What the bench of the console tells, as a page. */
import type { Measured } from './measure.ts';
import type { Timed } from './queries.ts';

function number(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
}

function isMet({ p50Ms, limitMs }: Timed): boolean {
  return p50Ms < limitMs;
}

export function pageOf(
  measured: readonly Measured[],
  machine: readonly (readonly [string, string])[],
): string {
  const names = measured.map(({ name }) => name);
  const rows = (measured[0]?.timed ?? []).map(({ what, limitMs }, at) => {
    const each = measured.flatMap(({ timed }) => timed[at] ?? []);
    const shown = each.map((one) => `${number(one.p50Ms)} (${number(one.worstMs)})`);
    return `| ${what} | < ${limitMs} | ${shown.join(' | ')} | ${each.every(isMet) ? 'met' : '**not met**'} |`;
  });
  const facts = (what: string, value: (each: Measured) => string) =>
    `| ${what} | ${measured.map(value).join(' | ')} |`;
  return `# Bench: the console's reading

Written by \`npm run bench:console\`; do not edit. Trust the ratios more than the figures: they depend on the machine, and on what else runs on it.

Milliseconds: the median of five, and the slowest in parentheses.

| what | target | ${names.join(' | ')} | |
| --- | ---: | ${names.map(() => '---:').join(' | ')} | ---: |
${rows.join('\n')}

| the index | ${names.join(' | ')} |
| --- | ${names.map(() => '---:').join(' | ')} |
${[
  facts('interactions', ({ rows: count }) => count.toLocaleString('en')),
  facts('taken in by this run', ({ taken }) => taken.toLocaleString('en')),
  facts('of those, taken in per second', ({ rowsPerSecond }) => number(rowsPerSecond)),
  facts('processor time of this process for each, µs', ({ cpuMicroseconds }) => number(cpuMicroseconds)),
  facts('bytes for each', ({ bytesPerRow }) => number(bytesPerRow)),
  facts('live tail: interactions per second', ({ tail }) => number(tail.perSecond)),
  facts('appended', ({ tail }) => String(tail.appended)),
  facts('told one by one', ({ tail }) => String(tail.delivered)),
  facts('told as a count', ({ tail }) => String(tail.leftOut)),
  facts(
    'from the record to the watcher, ms: median (slowest)',
    ({ tail }) => `${number(tail.delayP50Ms)} (${number(tail.delayWorstMs)})`,
  ),
].join('\n')}

## Method

Thirty days of interactions, evenly spread, of 12 applications, 6 models and 2,000 principals: 79 % answered as they were, 12 % rewritten, 4 % refused, 1 % failed. They are taken in by the follower's own code in pages of 5,000; reading and parsing leaves is not part of it. Pages of 50 with their total (exact up to 10,000), asked of the room within one process: the way to the thread and back, HTTP and opening the names of the rows shown (from the record, in one query) come on top. The databases are as installed, and warm. An index that stays (the option place) is filled further by a later run, whose pace and processor time are of what it took in itself.

| machine | |
| --- | --- |
${machine.map(([what, value]) => `| ${what} | ${value} |`).join('\n')}
`;
}
