/** Words that could be read either way are read as clear ones near them are. */
import type { Span } from '../../domain/finding.ts';

/** Characters between a word and a clear one. */
const NEAR = 64;

/** Those of `words`, which stand in order, that are clear or have a clear one near them. */
export function besideClear<W extends Span>(
  words: readonly W[],
  isClear: (word: W) => boolean,
): readonly W[] {
  const clear = words.filter(isClear);
  let next = 0;
  return words.filter(({ start }) => {
    while ((clear[next]?.start ?? Infinity) < start) next++;
    const before = clear[next - 1]?.end ?? -Infinity;
    const after = clear[next]?.start ?? Infinity;
    return start - before <= NEAR || after - start <= NEAR;
  });
}
