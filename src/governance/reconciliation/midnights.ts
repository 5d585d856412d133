/**
 * Moves usage over midnights. A provider books a call when it ends, by its own clock, so a call near a midnight may be in
 * its export on the other side. It is moved only where one day has too much and another too little, over every midnight
 * between them; as much as was called near each, and from the nearest days first.
 */

/** How much may still be moved over the midnight that ends a day. */
export interface Midnight {
  forward: number;
  back: number;
}

/** `rest`: exported less recorded, by day. As long as any order of moves explains more, this one does. */
export function takeFromNeighbours(
  rest: Map<number, number>,
  midnights: ReadonlyMap<number, Midnight>,
  day: number,
): void {
  for (const step of [-1, 1]) {
    for (;;) {
      const found = nearestLack(rest, midnights, day, step);
      if (found === undefined) break;
      const { from, most } = found;
      const moved = Math.min(most, rest.get(day) ?? 0, -(rest.get(from) ?? 0));
      rest.set(day, (rest.get(day) ?? 0) - moved);
      rest.set(from, (rest.get(from) ?? 0) + moved);
      for (const midnight of between(midnights, from, day)) {
        midnight.forward -= step < 0 ? moved : -moved;
        midnight.back -= step < 0 ? -moved : moved;
      }
    }
  }
}

/** The nearest day to one side that has too little, and how much of it can come here. */
function nearestLack(
  rest: ReadonlyMap<number, number>,
  midnights: ReadonlyMap<number, Midnight>,
  day: number,
  step: number,
): { readonly from: number; readonly most: number } | undefined {
  if ((rest.get(day) ?? 0) <= 0) return undefined;
  let most = Infinity;
  for (let from = day + step; ; from += step) {
    const midnight = midnights.get(step < 0 ? from : from - 1);
    most = Math.min(most, (step < 0 ? midnight?.forward : midnight?.back) ?? 0);
    if (most <= 0 || !rest.has(from)) return undefined;
    if ((rest.get(from) ?? 0) < 0) return { from, most };
  }
}

function* between(midnights: ReadonlyMap<number, Midnight>, one: number, other: number): Generator<Midnight> {
  for (let day = Math.min(one, other); day < Math.max(one, other); day++) {
    const midnight = midnights.get(day);
    if (midnight) yield midnight;
  }
}
