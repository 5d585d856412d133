/** How one signing key of the log hands over to the next: one statement for who makes it and for all who follow it. */

export const KEY_ROTATED = 'log.key_rotate';

/**
 * What the key before signs for the one after it, beside the tree: whoever can write entries, and has no key, can have an
 * entry signed that looks like a handover, but not this. No checkpoint reads like it, since its second line is no size.
 */
export function endorsementText(before: string, after: string): string {
  return `bartizan log handover\n${before}\n${after}\n`;
}

/** What the entry of a handover says; nothing of it is shown by that it says so. */
export interface Handover {
  /** The log's origin. */
  readonly log: string;
  /** Verifier keys. */
  readonly before: string;
  readonly after: string;
  /** Base64 of the signature by the key before over `endorsementText`. */
  readonly endorsement: string;
}

/** Of a leaf's text; undefined where it is no handover. */
export function handoverIn(leaf: string): Handover | undefined {
  const { action, subject, before, after, endorsement } = entryIn(leaf);
  if (action !== KEY_ROTATED || typeof subject !== 'string') return undefined;
  if (typeof before !== 'string' || typeof after !== 'string' || typeof endorsement !== 'string')
    return undefined;
  return { log: subject, before, after, endorsement };
}

/** Of what is no leaf: an entry of nothing. */
function entryIn(leaf: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(leaf) as { entry?: Readonly<Record<string, unknown>> } | null;
    return value?.entry ?? {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}
