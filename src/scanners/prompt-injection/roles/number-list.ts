/** Whole numbers, each once and in the order in which they came: made for a few hundred that are written, read once and forgotten. */
export interface NumberList {
  /** Of 32 bits, with a sign. */
  add(value: number): void;
  /** A copy. */
  values(): Int32Array;
  clear(): void;
}

const FIRST_SIZE = 2 ** 12;
/** More do not fit where they are kept. */
const MOST_ROUNDS = 2 ** 32 - 1;

/** Faster than a set, because it is kept and no memory is asked for while it has room. */
export function createNumberList(): NumberList {
  let size = FIRST_SIZE;
  let list = new Int32Array(size / 2);
  /** Where in the list the number of a slot stands; valid in its round alone. */
  let slots = new Int32Array(size);
  let rounds = new Uint32Array(size);
  let round = 1;
  let length = 0;

  const put = (value: number): void => {
    let slot = value & (size - 1);
    while (rounds[slot] === round) {
      if (list[slots[slot] ?? 0] === value) return;
      slot = (slot + 1) & (size - 1);
    }
    rounds[slot] = round;
    slots[slot] = length;
    list[length++] = value;
  };
  const grow = (): void => {
    const known = list.slice(0, length);
    size *= 2;
    list = new Int32Array(size / 2);
    slots = new Int32Array(size);
    rounds = new Uint32Array(size);
    length = 0;
    for (const value of known) put(value);
  };
  return {
    add(value) {
      if (length === list.length) grow();
      put(value);
    },
    values: () => list.slice(0, length),
    clear() {
      length = 0;
      if (round++ < MOST_ROUNDS) return;
      rounds.fill(0);
      round = 1;
    },
  };
}
