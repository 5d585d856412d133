/** A conversation as the page has it, and as the gateway is sent it. */
import type { OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';

/** What the record says of one's own request. */
export type OwnInteraction = AnswerOf<OperationOf<'getOwnInteraction'>>;

export interface Attachment {
  readonly name: string;
  readonly text: string;
}

/** Why there is no answer, or no whole one. */
export interface Refused {
  readonly code: string;
  readonly message: string;
  readonly guardrail?: string;
  readonly gate?: string;
  readonly limit?: string;
  /** In how many seconds it may be tried again. */
  readonly retryAfter?: string;
}

/** `asking`: nothing of the answer has come yet. `filtered`: a guardrail ended it. */
export type TurnState = 'asking' | 'answering' | 'answered' | 'stopped' | 'filtered' | 'refused' | 'failed';

export interface Turn {
  readonly id: string;
  readonly said: string;
  readonly attachments: readonly Attachment[];
  readonly model: string;
  readonly answer: string;
  readonly state: TurnState;
  readonly requestId?: string;
  /** `origin/index`: where the record has it. */
  readonly record?: string;
  readonly refused?: Refused;
  readonly own?: OwnInteraction;
}

export interface Conversation {
  readonly id: string;
  readonly model: string;
  readonly turns: readonly Turn[];
}

type Part = { readonly type: 'text'; readonly text: string };
type Message =
  | { readonly role: 'user'; readonly content: string | readonly Part[] }
  | { readonly role: 'assistant'; readonly content: string };

/** Before the text of a file, in the part that carries it. */
export function attachmentLabel(name: string): string {
  return `Attached file: ${name}\n\n`;
}

function userMessage({ said, attachments }: Turn): Message {
  if (attachments.length === 0) return { role: 'user', content: said };
  const files = attachments.map(
    ({ name, text }): Part => ({ type: 'text', text: attachmentLabel(name) + text }),
  );
  return { role: 'user', content: [{ type: 'text', text: said }, ...files] };
}

/** What was refused is not sent again with the next question: it would be refused again. */
function isHistory({ state, answer }: Turn): boolean {
  return (state === 'answered' || state === 'stopped') && answer !== '';
}

/** All that was said so far, and what is asked now. */
export function messagesFor(earlier: readonly Turn[], turn: Turn): readonly Message[] {
  const history = earlier
    .filter(isHistory)
    .flatMap((each): Message[] => [userMessage(each), { role: 'assistant', content: each.answer }]);
  return [...history, userMessage(turn)];
}

/** The turn's own place among the messages that were sent with it. */
export function messageIndexOf({ turns }: Conversation, turn: Turn): number {
  return 2 * turns.slice(0, turns.indexOf(turn)).filter(isHistory).length;
}

export function titleOfConversation({ turns: [first] }: Conversation): string {
  return first === undefined ? 'New conversation' : (first.said.split('\n', 1)[0] ?? '').slice(0, 60);
}
