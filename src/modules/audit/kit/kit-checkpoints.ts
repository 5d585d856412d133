/** The checkpoints that a kit carries: those that are kept of its range, or every so many of them where they are too many. */
import type { LogStore, StoredCheckpoint } from '../store.ts';
import { MAX_CHECKPOINTS } from './kit-format.ts';

const PAGE = 1_000;

/** The first (where there is one) and the last are among them. */
export async function checkpointsOf(
  store: LogStore,
  first: StoredCheckpoint | undefined,
  last: StoredCheckpoint,
): Promise<readonly StoredCheckpoint[]> {
  let kept: StoredCheckpoint[] = [];
  let every = 1;
  let seen = 0;
  for (let after = first?.size ?? 0; ; ) {
    const page = await store.checkpointsAfter(after, PAGE);
    const inside = page.filter(({ size }) => size < last.size);
    for (const checkpoint of inside) {
      if (seen++ % every === 0) kept.push(checkpoint);
      if (kept.length <= MAX_CHECKPOINTS) continue;
      // Every second of them, as if no more had been taken from the start.
      kept = kept.filter((_, i) => i % 2 === 0);
      every *= 2;
    }
    if (inside.length < PAGE) break;
    after = inside.at(-1)?.size ?? last.size;
  }
  return [...(first ? [first] : []), ...kept, ...(last.size === first?.size ? [] : [last])];
}
