/**
 * What a draft would have done with what was recorded: counted by application, and never shown. It runs on a thread of its
 * own, so that no live request waits for it.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { replayEventSchema, replayOrderSchema } from '../../contract/api/guardrails.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import type { Channel, Direction } from '../../domain/document.ts';
import { isStronger, type Action, type Guardrail } from '../../domain/guardrail.ts';
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';
import type { Audit } from '../../modules/audit/audit.ts';

export type ReplayEvent = z.input<typeof replayEventSchema>;
export type ReplayOrder = z.output<typeof replayOrderSchema>;
type Interaction = InteractionEntry | InteractionEndEntry;

export interface RecordedText {
  readonly text: string;
  readonly channel: Channel;
  readonly direction: Direction;
}

export interface ReplayMeans {
  readonly readSaid: Audit['readSaid'];
  /** The texts of an interaction's captured content; undefined where they cannot be told apart. */
  readonly textsOf: (entry: Interaction, content: string) => readonly RecordedText[] | undefined;
  /** @throws where the text could not be scanned: it counts as failed, and as blocked */
  readonly scan: (text: RecordedText) => Promise<ScannedRecord>;
}

export interface ScannedRecord {
  readonly verdict: Action;
  readonly findings: readonly { readonly category: string }[];
}

/** What is opened at once: keys are looked up for each page, so that who is erased meanwhile is not read. */
const PAGE = 20;
/**
 * For each millisecond of a processor that reading and opening take, so many are left to the traffic: what collects garbage
 * for this thread has no priority of its own.
 */
const REST = 24;
const PROGRESS_EVERY_MS = 250;
const MAX_CHANGED = 200;

interface Looked {
  readonly index: number;
  readonly entry: Interaction;
  readonly said: () => string | undefined;
}

interface Replayed {
  readonly index: number;
  readonly entry: Interaction;
  readonly texts: readonly RecordedText[];
}

export async function* replay(
  means: ReplayMeans,
  guardrail: Guardrail,
  order: ReplayOrder,
  reach: Reach,
): AsyncGenerator<ReplayEvent> {
  const startedMs = performance.now();
  const tally = new ReplayTally(guardrail.id);
  let looked = 0;
  let withoutContent = 0;
  let toldMs = -Infinity;
  let before = process.threadCpuUsage();
  for await (const page of recorded(means, order, reach)) {
    const batch = withTexts(means, page);
    const { user, system } = process.threadCpuUsage(before);
    looked += page.length;
    withoutContent += page.length - batch.length;
    for (const { index, entry, texts } of batch)
      tally.add(index, entry, await outcomeOf(means, guardrail, texts));
    if (performance.now() - toldMs > PROGRESS_EVERY_MS) {
      toldMs = performance.now();
      yield { kind: 'progress', looked, of: order.last, replayed: tally.replayed, withoutContent };
    }
    await sleep(((user + system) / 1_000) * REST);
    before = process.threadCpuUsage();
  }
  yield {
    kind: 'done',
    looked,
    withoutContent,
    ...tally.result(),
    milliseconds: Math.round(performance.now() - startedMs),
  };
}

/** Those of the page whose texts can be told. */
function withTexts({ textsOf }: ReplayMeans, page: readonly Looked[]): readonly Replayed[] {
  return page.flatMap(({ index, entry, said }) => {
    const content = said();
    const texts = content === undefined ? undefined : textsOf(entry, content);
    return texts === undefined ? [] : [{ index, entry, texts }];
  });
}

/** The last interactions, newest first, each once: of a stream, the entry that says how it ended. */
async function* recorded({ readSaid }: ReplayMeans, { last, application }: ReplayOrder, reach: Reach) {
  const known = new Set<string>();
  let after: number | undefined;
  let left = last;
  while (left > 0) {
    const entries = await readSaid({
      limit: PAGE,
      descending: true,
      ...(after === undefined ? {} : { after }),
    });
    const oldest = entries.at(-1);
    if (oldest === undefined) return;
    after = oldest.position;
    const wanted = entries.flatMap(({ index, entry, said }) => {
      if (entry.kind === 'administration' || known.has(entry.id)) return [];
      if (application !== undefined && entry.application !== application) return [];
      if (!reachesApplication(reach, entry.application)) return [];
      known.add(entry.id);
      return [{ index, entry, said }];
    });
    yield wanted.slice(0, left);
    left -= wanted.length;
  }
}

async function outcomeOf(
  { scan }: ReplayMeans,
  guardrail: Guardrail,
  texts: readonly RecordedText[],
): Promise<Outcome> {
  const outcome: Outcome = { action: 'allow', kinds: new Set(), isFailed: false };
  for (const text of texts) {
    if (!concerns(guardrail, text)) continue;
    const scanned = await scan(text).catch(() => undefined);
    if (scanned === undefined) outcome.isFailed = true;
    // What could not be scanned is not let pass.
    const { verdict, findings } = scanned ?? { verdict: 'block', findings: [] };
    if (isStronger(verdict, outcome.action)) outcome.action = verdict;
    for (const { category } of findings) outcome.kinds.add(category);
  }
  return outcome;
}

function concerns({ directions, channels }: Guardrail, { direction, channel }: RecordedText): boolean {
  return directions.includes(direction) && (channels.length === 0 || channels.includes(channel));
}

interface Outcome {
  action: Action;
  readonly kinds: Set<string>;
  isFailed: boolean;
}

type Done = Extract<ReplayEvent, { kind: 'done' }>;

class ReplayTally {
  readonly #guardrail: string;
  readonly #applications = new Map<string, Done['applications'][number]>();
  readonly #changed: Done['changed'] = [];
  #failed = 0;
  replayed = 0;

  constructor(guardrail: string) {
    this.#guardrail = guardrail;
  }

  add(index: number, entry: Interaction, { action, kinds, isFailed }: Outcome): void {
    this.replayed++;
    if (isFailed) this.#failed++;
    const before = this.#before(entry);
    const counts = this.#of(entry.application ?? '');
    counts.replayed++;
    if (before === action) counts.unchanged++;
    else if (action === 'block') counts.wouldBlock++;
    else if (before === 'block') counts.noLongerStopped++;
    else if (action === 'flag' && before === 'allow') counts.wouldFlag++;
    else counts.wouldRewrite++;
    if (before !== action && this.#changed.length < MAX_CHANGED)
      this.#changed.push({
        index,
        id: entry.id,
        application: entry.application ?? '',
        atMs: entry.at,
        before,
        after: action,
        kinds: [...kinds],
      });
  }

  /** What the guardrail of this name did then; nothing, where there was none. */
  #before({ guardrails }: Interaction): Action {
    let action: Action = 'allow';
    for (const each of guardrails)
      if (each.id === this.#guardrail && isStronger(each.action, action)) ({ action } = each);
    return action;
  }

  #of(application: string): Done['applications'][number] {
    const known = this.#applications.get(application) ?? {
      application,
      replayed: 0,
      wouldBlock: 0,
      wouldRewrite: 0,
      wouldFlag: 0,
      noLongerStopped: 0,
      unchanged: 0,
    };
    this.#applications.set(application, known);
    return known;
  }

  result(): Pick<Done, 'replayed' | 'failed' | 'applications' | 'changed'> {
    return {
      replayed: this.replayed,
      failed: this.#failed,
      applications: [...this.#applications.values()],
      changed: this.#changed,
    };
  }
}
