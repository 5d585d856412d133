/** Which of the two models judges a channel. */
import type { Channel } from '../../domain/document.ts';

/** A request is what a person's turn is for, and what a document must not make: the same words, weighed apart. */
export type ModelName = 'direct' | 'indirect';

export function modelNameFor(channel: Channel): ModelName {
  return channel === 'document' || channel === 'tool' ? 'indirect' : 'direct';
}
