/** What the model read, for scanners of its answer: the body as it was cleared, since it answers with stand-ins. */
import { objectOf } from '../base/json.ts';
import type { Document, Segment } from '../domain/document.ts';
import type { ClearedPrompt } from '../domain/proofs.ts';
import type { Exchange } from './exchange.ts';

/** Read when it is asked for, and once. */
export function conversationOf(
  { endpoint, path }: Pick<Exchange, 'endpoint' | 'path'>,
  document: Document,
  prompt: ClearedPrompt,
): () => readonly Segment[] {
  let read: readonly Segment[] | undefined;
  return () =>
    (read ??= (prompt.untouched ? document : endpoint.document(objectOf(prompt.body), path)).segments);
}
