/** Which of the three models judges a channel. */
import type { Channel } from '../../domain/document.ts';

/** A request is what a person's turn is for, and what a document must not make: the same words, weighed apart. */
export type ModelName = 'direct' | 'indirect' | 'tool';

export function modelNameFor(channel: Channel): ModelName {
  if (channel === 'tool') return 'tool';
  return channel === 'document' ? 'indirect' : 'direct';
}
