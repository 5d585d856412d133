/** The chunks of Gemini's streams as neutral events. */
import type { JsonObject } from '../../../base/json.ts';
import type { ChatEvent, FinishReason, Part } from '../../../domain/chat.ts';
import { asArray, asIndex, asObject, asText } from '../answer.ts';
import { isBlocked, partsOf } from './generated-answer.ts';
import { googleFinish, googleUsage } from './google-usage.ts';

interface Choice {
  /** How many tools it has called. */
  calls: number;
  finished: boolean;
}

/** What one answer has told so far. */
interface AnswerState {
  readonly choices: Map<number, Choice>;
  started: boolean;
  usageTold: boolean;
}

export function createGoogleDecoder(): (json: JsonObject) => readonly ChatEvent[] {
  const state: AnswerState = { choices: new Map(), started: false, usageTold: false };
  return (json) => {
    const events: ChatEvent[] = [];
    if (!state.started) {
      state.started = true;
      events.push({ kind: 'start', id: asText(json['responseId']), model: asText(json['modelVersion']) });
    }
    decodeCandidates(state, json, events);
    // Every chunk tells usage so far: the last one, with which a candidate finishes, counts.
    const usage = googleUsage(json['usageMetadata']);
    if (usage !== undefined && !state.usageTold && isFinished(state)) {
      state.usageTold = true;
      events.push({ kind: 'usage', usage });
    }
    return events;
  };
}

function isFinished({ choices }: AnswerState): boolean {
  return choices.size > 0 && [...choices.values()].every(({ finished }) => finished);
}

function decodeCandidates(state: AnswerState, json: JsonObject, events: ChatEvent[]): void {
  const candidates = asArray(json['candidates']);
  candidates.forEach((item, position) => {
    const candidate = asObject(item);
    const index = asIndex(candidate['index'], position);
    const choice = choiceAt(state, index);
    for (const part of partsOf(candidate)) events.push(...partEvents(part, index, choice));
    finish(choice, index, googleFinish(candidate['finishReason'], choice.calls > 0), events);
  });
  if (candidates.length === 0 && isBlocked(json)) finish(choiceAt(state, 0), 0, 'content_filter', events);
}

function choiceAt(state: AnswerState, index: number): Choice {
  let choice = state.choices.get(index);
  if (choice === undefined) state.choices.set(index, (choice = { calls: 0, finished: false }));
  return choice;
}

/** Once for each choice. */
function finish(choice: Choice, index: number, reason: FinishReason | undefined, events: ChatEvent[]): void {
  if (reason === undefined || choice.finished) return;
  choice.finished = true;
  events.push({ kind: 'finish', choice: index, reason });
}

function partEvents(part: Part, choice: number, state: Choice): ChatEvent[] {
  switch (part.kind) {
    case 'text':
      return [{ kind: 'text', choice, text: part.text }];
    case 'reasoning': {
      const { text, signature } = part;
      return [
        ...(text === '' ? [] : [{ kind: 'reasoning', choice, text } as const]),
        ...(signature === undefined ? [] : [{ kind: 'reasoning_signature', choice, signature } as const]),
      ];
    }
    case 'tool_call': {
      const call = state.calls++;
      return [
        { kind: 'tool_call', choice, call, id: part.id, name: part.name },
        { kind: 'tool_arguments', choice, call, text: part.arguments },
      ];
    }
    default:
      return [];
  }
}
