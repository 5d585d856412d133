/** What a draft would have done with what was recorded: counted by application, and never shown. */
import type { z } from 'zod';
import type { replayEventSchema, replayOrderSchema } from '../../contract/api/guardrails.ts';
import { sleep } from '../../base/sleep.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import type { Channel, Direction } from '../../domain/document.ts';
import { isStronger, type Action, type Guardrail } from '../../domain/guardrail.ts';
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';
import type { Audit } from '../../modules/audit/audit.ts';
import type { Draft } from './draft.ts';
import { scannedRowSchema } from './try-file.ts';

export type ReplayEvent = z.input<typeof replayEventSchema>;
export type ReplayOrder = z.output<typeof replayOrderSchema>;
type Interaction = InteractionEntry | InteractionEndEntry;

export interface RecordedText {
  readonly text: string;
  readonly channel: Channel;
  readonly direction: Direction;
}

/** A thread that scans rows of JSON as `ScanRows` does, until it is closed: it takes longer to start than to scan many. */
export interface RowScanner {
  scan(rows: readonly string[]): Promise<readonly string[]>;
  close(): Promise<unknown>;
}

export interface ReplayMeans {
  readonly audit: Pick<Audit, 'readSaid'>;
  /** The texts of an interaction's captured content; undefined where they cannot be told apart. */
  readonly textsOf: (entry: Interaction, content: string) => readonly RecordedText[] | undefined;
  readonly openScanner: (guardrails: readonly Guardrail[]) => RowScanner;
}

/** What is read at once, while live requests wait. */
const PAGE = 20;
/** Of the time, so much is left to the traffic. */
const REST = 20;
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

/** @throws the signal's reason: whoever gave it up is waited for by nothing, not even by the text that is being scanned */
export async function* replay(
  means: ReplayMeans,
  draft: Draft,
  order: ReplayOrder,
  reach: Reach,
  signal: AbortSignal,
): AsyncGenerator<ReplayEvent> {
  const startedMs = performance.now();
  const tally = new ReplayTally(draft.guardrail.id);
  const scanner = means.openScanner([draft.guardrail]);
  let looked = 0;
  let withoutContent = 0;
  const stop = () => void scanner.close();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const page of recorded(means.audit, order, reach)) {
      signal.throwIfAborted();
      const readingMs = performance.now();
      const batch = withTexts(means, page);
      const tookMs = performance.now() - readingMs;
      looked += page.length;
      withoutContent += page.length - batch.length;
      await replayBatch(scanner, draft, batch, tally);
      yield { kind: 'progress', looked, of: order.last, replayed: tally.replayed, withoutContent };
      await sleep(tookMs * REST, signal);
    }
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    await scanner.close();
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
async function* recorded(audit: ReplayMeans['audit'], { last, application }: ReplayOrder, reach: Reach) {
  const known = new Set<string>();
  let after: number | undefined;
  let left = last;
  while (left > 0) {
    const entries = await audit.readSaid({
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

async function replayBatch(
  scanner: RowScanner,
  { guardrail }: Draft,
  batch: readonly Replayed[],
  tally: ReplayTally,
): Promise<void> {
  const rows = batch.flatMap(({ texts }, owner) =>
    texts
      .filter(({ direction, channel }) => concerns(guardrail, direction, channel))
      .map((text) => JSON.stringify({ ...text, id: owner })),
  );
  const outcomes = batch.map((): Outcome => ({ action: 'allow', kinds: new Set(), isFailed: false }));
  for (const line of await scanner.scan(rows)) {
    const { id, verdict, findings, error } = scannedRowSchema.parse(JSON.parse(line));
    const outcome = outcomes[Number(id)];
    if (!outcome) continue;
    if (isStronger(verdict, outcome.action)) outcome.action = verdict;
    for (const { category } of findings) outcome.kinds.add(category);
    if (error !== undefined) outcome.isFailed = true;
  }
  for (const [owner, { index, entry }] of batch.entries()) {
    const outcome = outcomes[owner];
    if (outcome) tally.add(index, entry, outcome);
  }
}

function concerns(
  { directions, channels }: Draft['guardrail'],
  direction: Direction,
  channel: Channel,
): boolean {
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
