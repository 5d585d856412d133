/** Neutral messages as wires want them that know two speakers: the instructions apart, and turns that alternate. */
import type { JsonObject } from '../../base/json.ts';
import type { Message, Part } from '../../domain/chat.ts';
import { unsupported } from './unsupported.ts';

/** A part, with the pointer of the message it came from. */
export interface PlacedPart {
  readonly part: Part;
  readonly pointer: string;
}

export interface Turn {
  readonly role: 'user' | 'assistant';
  readonly parts: PlacedPart[];
}

export interface Conversation {
  /** System and developer turns, in the order given. */
  readonly instructions: readonly string[];
  /** Neighbors of one role are one turn; the results of tools come first in theirs. */
  readonly turns: readonly Turn[];
}

/** @param provider named in the refusal of parts that an instruction cannot have */
export function asConversation(messages: readonly Message[], provider: string): Conversation {
  const instructions: string[] = [];
  const turns: Turn[] = [];
  messages.forEach((message, i) => {
    const pointer = `/messages/${i}`;
    if (message.role === 'system' || message.role === 'developer') {
      for (const part of message.parts) {
        if (part.kind !== 'text') throw unsupported(provider, `${part.kind} in an instruction`, pointer);
        else if (part.text !== '') instructions.push(part.text);
      }
      return;
    }
    const role = message.role === 'assistant' ? 'assistant' : 'user';
    const last = turns.at(-1);
    const turn = last?.role === role ? last : ({ role, parts: [] as PlacedPart[] } as const);
    if (turn !== last) turns.push(turn);
    for (const part of message.parts) turn.parts.push({ part, pointer });
  });
  for (const turn of turns) if (turn.role === 'user') resultsFirst(turn.parts);
  return { instructions, turns };
}

/** Turns as messages of a role and its content, those without content left out. */
export function asMessages(
  turns: readonly Turn[],
  encodePart: (placed: PlacedPart) => readonly JsonObject[],
): readonly JsonObject[] {
  return turns
    .map(({ role, parts }) => ({ role, content: parts.flatMap(encodePart) }))
    .filter(({ content }) => content.length > 0);
}

function resultsFirst(parts: PlacedPart[]): void {
  const isResult = ({ part }: PlacedPart): boolean => part.kind === 'tool_result';
  const ordered = [...parts.filter(isResult), ...parts.filter((placed) => !isResult(placed))];
  parts.splice(0, parts.length, ...ordered);
}

/** The names of tools by the ids of their calls. */
export function namesOfCalls(messages: readonly Message[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const { parts } of messages) {
    for (const part of parts) if (part.kind === 'tool_call') names.set(part.id, part.name);
  }
  return names;
}
