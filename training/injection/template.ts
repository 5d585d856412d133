/** Templates with slots, filled at random; every fifth template is held out, so that development texts are new to the model. */
import { isHeldOut } from '../held-out.ts';
import type { Random } from '../random.ts';

export type Split = 'train' | 'development';
export type Slots = Readonly<Record<string, readonly string[]>>;

export function splitOf(text: string): Split {
  return isHeldOut(text) ? 'development' : 'train';
}

/** Those of a split; all of them where the split has none, as short lists of words may. */
export function ofSplit(items: readonly string[], split: Split): readonly string[] {
  const some = items.filter((item) => splitOf(item) === split);
  return some.length > 0 ? some : items;
}

/** Whether a split has any of them. */
export function hasSplit(items: readonly string[], split: Split): boolean {
  return items.some((item) => splitOf(item) === split);
}

/** `{name}` stands for one of the slot's items, which may hold slots themselves. */
export function fill(template: string, slots: Slots, random: Random): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const items = slots[name];
    return items ? fill(random.pick(items), slots, random) : whole;
  });
}

/** So many of a split, filled. */
export function filled(
  count: number,
  templates: readonly string[],
  slots: Slots,
  split: Split,
  random: Random,
): readonly string[] {
  const some = ofSplit(templates, split);
  return Array.from({ length: count }, () => fill(random.pick(some), slots, random));
}
