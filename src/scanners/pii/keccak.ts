/** Keccak-256 as Ethereum uses it: the padding of before FIPS 202, which Node's own hashes do not offer. */

const RATE_BYTES = 136;
/** Rotation offsets, and where each lane goes, in the order in which the rho and pi steps meet the lanes. */
const ROTATIONS = [1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14, 27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44];
const LANES = [10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4, 15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1];
const ROUND_CONSTANTS = roundConstants();

/** Of a message that fits one block: shorter than 136 bytes. */
export function keccak256(message: Uint8Array): Uint8Array {
  if (message.length >= RATE_BYTES) throw new RangeError('the message is longer than one block');
  const bytes = new Uint8Array(200);
  bytes.set(message);
  bytes[message.length] = 0x01;
  bytes[RATE_BYTES - 1] = (bytes[RATE_BYTES - 1] ?? 0) | 0x80;
  const view = new DataView(bytes.buffer);
  /** Low and high halves of the 25 lanes, one after the other. */
  const state = Int32Array.from({ length: 50 }, (_, index) => view.getInt32(index * 4, true));
  for (let round = 0; round < 24; round++) permute(state, round);
  state.subarray(0, 8).forEach((half, index) => view.setInt32(index * 4, half, true));
  return bytes.slice(0, 32);
}

function permute(state: Int32Array, round: number): void {
  const parity = new Int32Array(10);
  for (let i = 0; i < 50; i++) parity[i % 10] = at(parity, i % 10) ^ at(state, i);
  for (let i = 0; i < 50; i++) {
    const column = i % 10;
    const next = (column + 2) % 10;
    state[i] =
      at(state, i) ^ at(parity, (column + 8) % 10) ^ turned(at(parity, next), at(parity, next ^ 1), 1);
  }
  let low = at(state, 2);
  let high = at(state, 3);
  for (let step = 0; step < 24; step++) {
    const lane = (LANES[step] ?? 0) * 2;
    const count = ROTATIONS[step] ?? 0;
    const nextLow = at(state, lane);
    const nextHigh = at(state, lane + 1);
    state[lane] = count < 32 ? turned(low, high, count) : turned(high, low, count);
    state[lane + 1] = count < 32 ? turned(high, low, count) : turned(low, high, count);
    low = nextLow;
    high = nextHigh;
  }
  for (let row = 0; row < 50; row += 10) {
    const old = state.slice(row, row + 10);
    for (let i = 0; i < 10; i++)
      state[row + i] = at(old, i) ^ (~at(old, (i + 2) % 10) & at(old, (i + 4) % 10));
  }
  state[0] = at(state, 0) ^ at(ROUND_CONSTANTS, round * 2);
  state[1] = at(state, 1) ^ at(ROUND_CONSTANTS, round * 2 + 1);
}

/** One half of a lane that is turned left, with bits of the other half; by 32 and more the halves change places. */
function turned(own: number, other: number, count: number): number {
  const bits = count & 31;
  return bits === 0 ? own : (own << bits) | (other >>> (32 - bits));
}

function at(values: Int32Array, index: number): number {
  return values[index] ?? 0;
}

/** FIPS 202 §3.2.5: bits of a linear feedback register, at the places 2^j - 1. */
function roundConstants(): Int32Array {
  const constants = new Int32Array(48);
  let register = 1;
  for (let round = 0; round < 24; round++) {
    for (let j = 0; j < 7; j++) {
      const bit = 2 ** j - 1;
      if (register & 1) {
        const half = round * 2 + (bit >= 32 ? 1 : 0);
        constants[half] = at(constants, half) ^ (1 << (bit % 32));
      }
      register = (register << 1) ^ (register & 0x80 ? 0x171 : 0);
    }
  }
  return constants;
}
