/** One objection in words: what was objected to, what was said, and how it stands. */
import type { OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import { Badge } from '../../kit/badge.tsx';
import { wordsFor } from './refusal-words.ts';

export type Contest = AnswerOf<OperationOf<'listContests'>>['items'][number];

const LOOKS = {
  open: { tone: 'info', text: 'Open' },
  upheld: { tone: 'plain', text: 'The rule stays' },
  granted: { tone: 'good', text: 'Granted' },
} as const;

export const CONTEST_STATES = Object.entries(LOOKS).map(([value, { text }]) => ({ value, label: text }));

export function ContestBadge({ state }: Pick<Contest, 'state'>) {
  const { tone, text } = LOOKS[state];
  return <Badge tone={tone}>{text}</Badge>;
}

export function subjectOf({ refusal, by }: Contest): string {
  const what = refusal === null ? 'Words were rewritten' : wordsFor(refusal).title;
  return by.length === 0 ? what : `${what} (${by.join(', ')})`;
}
