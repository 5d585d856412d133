/** Targets at which a tool's result or a document tells a model to act, and nobody else named. */
import type { Span } from '../../domain/finding.ts';
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { actsIn, type ActWord, actWordsIn } from './act.ts';
import type { Act } from './act-words.ts';
import { addressesToModels } from './addressed.ts';
import type { Conversation } from './conversation.ts';
import type { RuleFinder } from './rule.ts';
import { accountKey, TARGET_DECISION, type Target, type TargetSort, targetsIn } from './target.ts';

/** Spoken to a model, or to be kept from the person who asked. */
const TO_MODELS = 0.9;
/**
 * An order that a reader may be meant by, for what nobody asked. Mails and pages are full of them, so it is below what a
 * guardrail asks for where it does not say: who wants it asks for it.
 */
const TO_READERS = 0.4;

/** Characters between an order and what shows that a model is meant. */
const NEAR = 320;
/** Characters around such an order in which its target stands. */
const ZONE_BEFORE = 160;
const ZONE_AFTER = 320;
/** Characters of a sentence before and behind its verb. */
const SENTENCE_BEFORE = 160;
const SENTENCE_AFTER = 240;
const BOUNDARY = /[.!?](?=[\s"'\\]|$)|[。！？]|\n|\\n|"\s{0,4}[,:}\]]/g;

/** What pages and manuals ask their readers for is no order to a model: to open, to run, to change, to remove. */
const AIMED_AT: Readonly<Partial<Record<Act, readonly TargetSort[]>>> = {
  send: ['reach', 'account'],
  pay: ['reach', 'account'],
};

/** The person leaves it to what stands there what is to be done. */
const LEFT_TO_IT =
  /(?:follow|do|finish|carry out|act on|work through|take care of|handle|process|complete|execute|deal with)\s[^.\n]{0,40}(?:instructions?|steps|says?|tasks?|to-?dos?|requests?|inbox|tickets?|asks?|guide|runbook|checklist|list)|(?:befolge|folge|erledige|bearbeite|arbeite)\s[^.\n]{0,40}(?:anweisung|anleitung|schritt|aufgabe|liste|anfrage)|(?:suis|suivez|exécute|traite|effectue)\s[^.\n]{0,40}(?:instruction|étape|consigne|tâche|demande)|(?:sigue|siga|haz|realiza|completa|gestiona)\s[^.\n]{0,40}(?:instruccion|pasos|tareas|solicitud)|(?:segui|svolgi|completa|gestisci)\s[^.\n]{0,40}(?:istruzion|passi|compiti|richiest)|(?:siga|execute|realize|conclua)\s[^.\n]{0,40}(?:instruç|passos|tarefas|pedidos)|(?:следуй|выполни|обработай)[^.\n]{0,40}(?:инструкц|шаг|задач|задан|запрос)|(?:按照|按|根据|执行|处理)[^。\n]{0,16}(?:说明|步骤|指示|任务|请求)|(?:手順|指示|タスク)[^。\n]{0,12}(?:従|実行|処理)|(?:지침|단계|작업|요청)[^.\n]{0,12}(?:따라|처리|실행)/iu;
/** What a page offers its readers, or a form letter. */
const OFFER =
  /(?:if you|for (?:any |more |further |general |press |sales |billing |technical )?(?:questions?|information|help|support|details|inquiries|enquiries|assistance|refunds?|feedback|returns?)|to (?:request|report|apply|subscribe|unsubscribe|cancel|opt|register|learn|contact|reach|get|claim|rsvp|join|book|order)|questions\?|need help|contact us|(?:para|pour|per) (?:reserv|réserv|prenot|contact|contatt|solicit|demand|richied|cancel|annul|inscri|inscribir|iscriv|particip)|bei fragen|falls sie|wenn sie|für (?:fragen|rückfragen|weitere)|pour (?:toute|plus|vous)|si vous|si tiene|si necesita|para (?:más|cualquier|consultas|mais|dúvidas)|per (?:informazioni|domande|maggiori|assistenza)|se hai|voor vragen|als u|w razie pytań|если у вас|по вопросам|如有|如需|如果您|お問い合わせ|ご不明|문의)/iu;

/** Hosts of everybody: their name says nothing of who is behind an address. */
const EVERYBODYS =
  /(?:^|\.)(?:gmail|googlemail|google|outlook|hotmail|live|yahoo|icloud|proton|protonmail|gmx|mail|github|gitlab|bitbucket|dropbox|slack|notion|amazonaws|azure|cloudflare|discord|telegram|whatsapp|facebook|twitter|linkedin|paypal|example|pastebin|ngrok)\.[a-z.]{2,12}$/;
const MIN_NAME = 4;

/** For each key of a target how sure it is. */
export type InstructedTargets = ReadonlyMap<string, number>;

export function instructedTargets(conversation: Conversation): InstructedTargets {
  const found = new Map<string, number>();
  const wishes = createWishes(conversation);
  for (const text of conversation.strangers) {
    const words = actWordsIn(text);
    if (words.length === 0) continue;
    const targets = apart(targetsIn(text, 0, text.length));
    if (targets.length === 0) continue;
    const addressed = addressesToModels(text);
    for (const word of words) readWord(text, word, targets, addressed, wishes, found);
  }
  return found;
}

interface Wishes {
  /** Whether the person asked for such an act, or left it to the text. */
  has(act: Act): boolean;
  names(key: string): boolean;
  /** Whether somebody of that name was spoken of. */
  knows(target: Target): boolean;
}

function createWishes({ wish, own, called }: Conversation): Wishes {
  let acts: ReadonlySet<Act> | null = null;
  let accounts: string | null = null;
  const isLeft = LEFT_TO_IT.test(wish);
  return {
    has: (act) => isLeft || (acts ??= actsIn(wish)).has(act),
    names: (key) => own.includes(key) || (accounts ??= accountKey(own)).includes(key),
    knows({ keys }) {
      const host = /(?:^|@)((?:[a-z0-9-]+\.)+[a-z]{2,24})$/.exec(keys.at(-1) ?? '')?.[1];
      if (host === undefined || EVERYBODYS.test(host)) return false;
      const name = host.split('.').toSorted((a, b) => b.length - a.length)[0] ?? '';
      return name.length >= MIN_NAME && (own.includes(name) || called.includes(name));
    },
  };
}

function readWord(
  text: string,
  word: ActWord,
  targets: readonly Target[],
  addressed: readonly Span[],
  wishes: Wishes,
  found: Map<string, number>,
): void {
  const toModel = within(addressed, word.start - NEAR, word.end + NEAR).length > 0;
  const sentence = sentenceAround(text, word);
  const zone = toModel ? wider(sentence, word) : sentence;
  const near = within(targets, zone.start, zone.end);
  if (near.length === 0) return;
  const sorts = AIMED_AT[word.act];
  const isOrder =
    sorts &&
    word.isOrder &&
    !toModel &&
    !wishes.has(word.act) &&
    !OFFER.test(text.slice(sentence.start, sentence.end));
  for (const target of near) {
    if (toModel) note(target, TO_MODELS, wishes, found);
    else if (isOrder && sorts.includes(target.sort) && !wishes.knows(target))
      note(target, TO_READERS, wishes, found);
  }
}

function note({ keys }: Target, confidence: number, wishes: Wishes, found: Map<string, number>): void {
  for (const key of keys) {
    if (EVERYBODYS.test(key) && !key.includes('@')) continue;
    if ((found.get(key) ?? 0) < confidence && !wishes.names(key)) found.set(key, confidence);
  }
}

function sentenceAround(text: string, { start, end }: Span): Span {
  const from = Math.max(0, start - SENTENCE_BEFORE);
  let first = from;
  for (const { index, 0: boundary } of text.slice(from, start).matchAll(BOUNDARY))
    first = from + index + boundary.length;
  BOUNDARY.lastIndex = 0;
  const after = BOUNDARY.exec(text.slice(end, end + SENTENCE_AFTER));
  return { start: first, end: after ? end + after.index : Math.min(text.length, end + SENTENCE_AFTER) };
}

function wider(sentence: Span, { start, end }: Span): Span {
  return {
    start: Math.min(sentence.start, start - ZONE_BEFORE),
    end: Math.max(sentence.end, end + ZONE_AFTER),
  };
}

/** None begins inside of another. */
function apart(targets: Iterable<Target>): readonly Target[] {
  const found: Target[] = [];
  let done = 0;
  for (const target of targets) {
    if (target.start < done) continue;
    found.push(target);
    done = target.end;
  }
  return found;
}

/** Of what stands in order: those that begin in [start, end). */
function within<Found extends Span>(all: readonly Found[], start: number, end: number): readonly Found[] {
  let low = 0;
  let high = all.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  const first = low;
  while (low < all.length && (all[low]?.start ?? end) < end) low++;
  return all.slice(first, low);
}

export function createTargetFinder(instructed: InstructedTargets): RuleFinder {
  return {
    find(text, from, until) {
      const found: Sighting[] = [];
      let done = from;
      for (const { start, end, keys } of targetsIn(text, from, until)) {
        const confidence = Math.max(0, ...keys.map((key) => instructed.get(key) ?? 0));
        if (confidence === 0 || start < done) continue;
        found.push({ start, end, kind: 'FOLLOWS_TOOL_RESULT', confidence });
        done = end;
      }
      return found;
    },
    undecidedFrom: (text, from) => Math.max(from, text.length - TARGET_DECISION),
  };
}
