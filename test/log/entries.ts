/** Entries whose leaf and whatever lies beside it follow from their id, so that what was kept can be compared. */
import type { NewEntry, SealedContent } from '../../src/modules/audit/store.ts';
import { interaction } from '../conformance/records.ts';

const SAID_BY_EVERY = 3;

/** Some bring content, as few do in service. */
export function entryOf(id: string): NewEntry {
  const content = contentOf(id);
  return {
    ...interaction(id, 'released'),
    identity: { id: `who-${id}`, subject: 'somebody', text: sealed(`who ${id}`) },
    subjects: ['concerned'],
    ...(content && { content }),
  };
}

function contentOf(id: string): SealedContent | undefined {
  const isSaid = Number(id.split('-').at(-1)) % SAID_BY_EVERY === 0;
  return isSaid ? { subjects: ['somebody'], ...sealed(`content ${id}`) } : undefined;
}

/** Nothing here opens it. */
function sealed(text: string) {
  return { wrappedKey: Buffer.from(`key of ${text}`), sealed: Buffer.from(text) };
}
