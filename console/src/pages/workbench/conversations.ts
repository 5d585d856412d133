/**
 * All conversations of this page. They go on while one looks at another page, and are gone with the tab; where the record
 * keeps nothing of what is said, they are gone with the page already.
 */
import { useSyncExternalStore } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { client } from '../../api.ts';
import { callModel } from './call-model.ts';
import {
  messagesFor,
  type Attachment,
  type Conversation,
  type OwnInteraction,
  type Refused,
  type Turn,
} from './conversation.ts';

interface Kept {
  /** Whose they are: whoever signs in next in this tab does not see them. */
  readonly owner: string;
  readonly conversations: readonly Conversation[];
}

const KEY = 'bartizan.workbench';
const END_LOOKS = 8;
const END_LOOK_MS = 400;

let conversations: readonly Conversation[] = [];
let keeping: { readonly owner: string; readonly inTab: boolean } | undefined;
const watchers = new Set<() => void>();
const running = new Map<string, AbortController>();

function watch(tell: () => void): () => void {
  watchers.add(tell);
  return () => watchers.delete(tell);
}

export function useConversations(): readonly Conversation[] {
  return useSyncExternalStore(watch, () => conversations);
}

/** Whose they are, and whether the tab may keep them over a reload. */
export function keepConversations(owner: string, inTab: boolean): void {
  if (keeping?.owner === owner && keeping.inTab === inTab) return;
  if (keeping === undefined || keeping.owner !== owner) set(inTab ? restored(owner) : []);
  keeping = { owner, inTab };
  save();
}

export function beginConversation(model: string): string {
  const id = crypto.randomUUID();
  set([{ id, model, turns: [] }, ...conversations]);
  return id;
}

export function forgetConversation(id: string): void {
  stopAnswer(id);
  set(conversations.filter((each) => each.id !== id));
}

export function chooseModel(id: string, model: string): void {
  change(id, (conversation) => ({ ...conversation, model }));
}

export function stopAnswer(id: string): void {
  running.get(id)?.abort();
}

/** Asks, and follows the answer to its end. Never rejects: what went wrong is in the turn. */
export async function ask(id: string, said: string, attachments: readonly Attachment[]): Promise<void> {
  const conversation = conversations.find((each) => each.id === id);
  if (conversation === undefined || running.has(id)) return;
  const { model, turns } = conversation;
  const turn: Turn = { id: crypto.randomUUID(), said, attachments, model, answer: '', state: 'asking' };
  const abort = new AbortController();
  running.set(id, abort);
  change(id, (each) => ({ ...each, turns: [...each.turns, turn] }));
  const update = (next: (turn: Turn) => Turn) => changeTurn(id, turn.id, next);
  try {
    await follow(
      callModel({ model, messages: messagesFor(turns, turn), conversation: id, signal: abort.signal }),
      update,
    );
  } catch (error) {
    update((each) =>
      abort.signal.aborted
        ? { ...each, state: 'stopped' }
        : { ...each, state: 'failed', refused: failureOf(error) },
    );
  }
  running.delete(id);
  await lookUp(id, turn.id);
}

type Update = (next: (turn: Turn) => Turn) => void;

async function follow(answer: ReturnType<typeof callModel>, update: Update): Promise<void> {
  let isFiltered = false;
  for await (const event of answer) {
    if (event.kind === 'filtered') isFiltered = true;
    update((turn) => {
      switch (event.kind) {
        case 'begun': {
          const { kind: _, ...known } = event;
          return { ...turn, ...known, state: 'answering' };
        }
        case 'text':
          return { ...turn, answer: turn.answer + event.text };
        case 'filtered':
          return { ...turn, state: 'filtered' };
        case 'refused': {
          const { kind: _, ...known } = event;
          return { ...turn, ...known, state: 'refused' };
        }
      }
    });
  }
  if (!isFiltered) update((turn) => (turn.state === 'refused' ? turn : { ...turn, state: 'answered' }));
}

function failureOf(error: unknown): Refused {
  if (error instanceof ApiProblem) return { code: error.problem.code, message: error.problem.detail };
  return { code: 'unreachable', message: 'The connection broke off before the answer was whole.' };
}

/** What the record says of it: the end of a streamed answer is written a moment after it. */
async function lookUp(id: string, turnId: string): Promise<void> {
  const requestId = conversations
    .find((each) => each.id === id)
    ?.turns.find((each) => each.id === turnId)?.requestId;
  if (requestId === undefined) return;
  for (let look = 0; look < END_LOOKS; look++) {
    const own = await ownInteraction(requestId);
    if (own !== undefined) changeTurn(id, turnId, (turn) => ({ ...turn, own }));
    if (own?.isOver === true) return;
    await new Promise((resolve) => setTimeout(resolve, END_LOOK_MS));
  }
}

async function ownInteraction(id: string): Promise<OwnInteraction | undefined> {
  try {
    return await client.call('getOwnInteraction', { path: { id } });
  } catch {
    // Not there yet, or not any more: the answer stands without it.
    return undefined;
  }
}

function changeTurn(id: string, turnId: string, next: (turn: Turn) => Turn): void {
  change(id, (conversation) => ({
    ...conversation,
    turns: conversation.turns.map((turn) => (turn.id === turnId ? next(turn) : turn)),
  }));
}

function change(id: string, next: (conversation: Conversation) => Conversation): void {
  set(conversations.map((each) => (each.id === id ? next(each) : each)));
}

function set(next: readonly Conversation[]): void {
  conversations = next;
  // While an answer runs in, it is written once it has ended.
  if (running.size === 0) save();
  for (const tell of watchers) tell();
}

function save(): void {
  try {
    if (keeping?.inTab === true)
      sessionStorage.setItem(KEY, JSON.stringify({ owner: keeping.owner, conversations } satisfies Kept));
    else sessionStorage.removeItem(KEY);
  } catch {
    // A browser that keeps nothing, or no more: they are there until the page is left.
    watchers.forEach((tell) => tell());
  }
}

function restored(owner: string): readonly Conversation[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
    // Written by this page alone, and by nobody else who could not also run script here.
    if (typeof kept !== 'object' || kept === null || (kept as Kept).owner !== owner) return [];
    return (kept as Kept).conversations.map((conversation) => ({
      ...conversation,
      turns: conversation.turns.map((turn) =>
        turn.state === 'asking' || turn.state === 'answering' ? { ...turn, state: 'stopped' } : turn,
      ),
    }));
  } catch {
    return [];
  }
}
