/** What clients name themselves, as a list: an index that makes a field of each name could be filled up by anybody. */

export interface Pair {
  readonly name: string;
  readonly value: string;
}

export function pairsOf(record: Readonly<Record<string, string>> | undefined): readonly Pair[] | undefined {
  return record && Object.entries(record).map(([name, value]) => ({ name, value }));
}
