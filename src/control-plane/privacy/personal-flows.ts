/** What personal data went where: findings of the record, counted by kind, application and provider. */
import type { z } from 'zod';
import { MAX_FLOW_ENTRIES, type personalFlowSchema } from '../../contract/api/privacy.ts';
import { reachesApplication, type Reach } from '../../domain/administrator.ts';
import type { Action } from '../../domain/guardrail.ts';
import type {
  AuditEntry,
  InteractionEndEntry,
  InteractionEntry,
  RecordedFinding,
} from '../../domain/record.ts';

type Flow = z.output<typeof personalFlowSchema>;
type Interaction = InteractionEntry | InteractionEndEntry;

/** Entries of the time, newest first, with nothing of them opened. */
export type ReadLeaves = (query: {
  readonly fromMs: number;
  readonly toMs: number;
  /** Those before this position. */
  readonly after?: number;
  readonly limit: number;
}) => Promise<readonly { readonly position: number; readonly entry: AuditEntry }[]>;

export interface FlowMeans {
  readonly read: ReadLeaves;
  /** Whether findings of this kind are personal data. */
  readonly isPersonal: (kind: string) => boolean;
}

export interface FlowAsk {
  readonly fromMs: number;
  readonly toMs: number;
  readonly application?: string | undefined;
}

export interface Flows {
  readonly items: Flow[];
  readonly interactions: number;
  readonly withPersonalData: number;
  readonly isComplete: boolean;
  readonly countedFromMs: number;
}

const PAGE = 500;
const REWRITING: ReadonlySet<Action> = new Set(['redact', 'mask', 'pseudonymize']);

export async function personalFlows(means: FlowMeans, ask: FlowAsk, reach: Reach): Promise<Flows> {
  const flows = new Map<string, Flow>();
  /** Of streamed answers, whose end tells everything again. */
  const ended = new Set<string>();
  let [interactions, withPersonalData, looked] = [0, 0, 0];
  let [after, countedFromMs]: [number | undefined, number] = [undefined, ask.toMs];

  function take(entry: AuditEntry): void {
    if (entry.kind === 'administration' || ended.has(entry.id)) return;
    if (entry.kind === 'interaction_end') ended.add(entry.id);
    if (!reachesApplication(reach, entry.application)) return;
    if (ask.application !== undefined && entry.application !== ask.application) return;
    interactions++;
    const personal = entry.findings.filter(({ kind }) => means.isPersonal(kind));
    if (personal.length > 0) withPersonalData++;
    count(flows, entry, personal);
  }

  for (;;) {
    const page = await means.read({
      fromMs: ask.fromMs,
      toMs: ask.toMs,
      limit: PAGE,
      ...(after === undefined ? {} : { after }),
    });
    for (const { entry } of page) {
      looked++;
      countedFromMs = Math.min(countedFromMs, entry.at);
      take(entry);
    }
    after = page.at(-1)?.position;
    const isEnd = after === undefined || page.length < PAGE;
    if (isEnd || looked >= MAX_FLOW_ENTRIES) {
      const items = [...flows.values()].toSorted((one, other) => other.findings - one.findings);
      const isComplete = isEnd;
      return {
        items,
        interactions,
        withPersonalData,
        isComplete,
        countedFromMs: isComplete ? ask.fromMs : countedFromMs,
      };
    }
    // Requests have their turn.
    await new Promise(setImmediate);
  }
}

function count(flows: Map<string, Flow>, entry: Interaction, personal: readonly RecordedFinding[]): void {
  const counted = new Set<Flow>();
  for (const finding of personal) {
    const flow = flowOf(flows, entry, finding);
    flow.findings++;
    flow[fateOf(entry, finding)]++;
    if (!counted.has(flow)) flow.interactions++;
    counted.add(flow);
  }
}

function flowOf(flows: Map<string, Flow>, entry: Interaction, { kind, direction }: RecordedFinding): Flow {
  const [application, provider] = [entry.application ?? null, entry.provider ?? null];
  const key = JSON.stringify([kind, application, provider, direction]);
  const known = flows.get(key);
  if (known) return known;
  const flow: Flow = {
    kind,
    application,
    provider,
    direction,
    interactions: 0,
    findings: 0,
    clear: 0,
    rewritten: 0,
    blocked: 0,
  };
  flows.set(key, flow);
  return flow;
}

/** What another guardrail did to the same place is not told apart: the one that found it counts. */
function fateOf(entry: Interaction, finding: RecordedFinding): 'clear' | 'rewritten' | 'blocked' {
  const isStopped =
    entry.outcome === 'refused' && (finding.direction === 'response' || entry.provider === undefined);
  if (isStopped) return 'blocked';
  const judged = entry.guardrails.find(
    ({ id, direction }) => id === finding.guardrail && direction === finding.direction,
  );
  if (judged?.action === 'block') return 'blocked';
  return judged !== undefined && REWRITING.has(judged.action) ? 'rewritten' : 'clear';
}
