/** A refusal can be contested: somebody says why it is wrong, somebody else looks and answers, and both are on record. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { createVersionedSeal } from '../../base/versioned-seal.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { casesThat, type CasePage } from '../../domain/sealed-case.ts';
import type { ContestStore, StoredContest } from './store.ts';

/** `upheld`: the refusal stays. `granted`: it was wrong, and what follows from that is in the answer. */
export type ContestState = 'open' | 'upheld' | 'granted';

/** What was refused or rewritten, as the record has it. */
export interface Contested {
  /** `req_…` */
  readonly interaction: string;
  readonly index: number;
  readonly application: string | undefined;
  /** Stable code of the refusal; absent where something was rewritten. */
  readonly refusal: string | undefined;
  /** Guardrails or policies that spoke. */
  readonly by: readonly string[];
}

export interface Contest extends Contested {
  readonly id: string;
  readonly atMs: number;
  /** Who objects. */
  readonly principal: string;
  /** In their own words. */
  readonly message: string;
  readonly state: ContestState;
  readonly decidedBy?: string | undefined;
  readonly decidedAtMs?: number | undefined;
  readonly answer?: string | undefined;
}

export interface ContestDecision {
  readonly state: 'upheld' | 'granted';
  readonly answer: string;
}

export interface Contests {
  /** @throws Refusal `conflict` where they contest it already; `record_unavailable` */
  open(principal: string, contested: Contested, message: string): Promise<Contest>;
  /** @throws Refusal `not_found` */
  find(id: string): Promise<Contest>;
  /** Newest first. */
  list(
    page: { readonly before?: string | undefined; readonly limit: number },
    isShown: (contest: Contest) => boolean,
  ): Promise<CasePage<Contest>>;
  /** @throws Refusal `permission_denied` for one's own; `conflict` where it is decided; `not_found` */
  decide(id: string, decider: string, decision: ContestDecision): Promise<Contest>;
  /** Forgets what was contested long ago: the record keeps that it was. */
  purge(): Promise<number>;
}

export interface ContestsSettings {
  readonly store: ContestStore;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  /** 32 bytes for this purpose alone: what a person wrote lies sealed. */
  readonly key: Buffer;
  readonly clock: Clock;
}

const KEPT_MS = 365 * 86_400_000;

type Sealed = Omit<Contest, 'id' | 'interaction' | 'atMs'>;

export function createContests({ store, append, key, clock }: ContestsSettings): Contests {
  const sealing = createVersionedSeal<Sealed>(key);

  function seal(contest: Contest, version: number): Uint8Array {
    const { id: _, interaction: __, atMs: ___, ...content } = contest;
    return sealing.seal(contextOf(contest), version, content);
  }

  function opened(stored: StoredContest): Contest {
    const { id, interaction, atMs, version, sealed } = stored;
    return { id, interaction, atMs, ...sealing.open(contextOf(stored), version, sealed) };
  }

  async function stored(id: string): Promise<StoredContest> {
    const found = await store.find(id);
    if (found === undefined) throw new Refusal('not_found', 'there is no such objection');
    return found;
  }

  const record = (action: string, actor: string, { interaction, id }: Contest, reason: string) =>
    append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action,
      subject: interaction,
      after: id,
      reason,
    });

  return {
    async open(principal, contested, message) {
      const earlier = (await store.about(contested.interaction)).map(opened);
      if (earlier.some((each) => each.principal === principal))
        throw new Refusal('conflict', 'you have contested this already');
      const atMs = clock.now();
      const contest: Contest = {
        ...contested,
        id: newId('cst', atMs),
        atMs,
        principal,
        message,
        state: 'open',
      };
      await record('contest.open', principal, contest, message);
      const { id, interaction } = contest;
      await store.add({ id, interaction, atMs, version: 1, sealed: seal(contest, 1) });
      return contest;
    },
    find: async (id) => opened(await stored(id)),
    list: (page, isShown) => casesThat(store, opened, page, isShown),
    async decide(id, decider, { state, answer }) {
      const found = await stored(id);
      const contest = opened(found);
      if (contest.principal === decider)
        throw new Refusal('permission_denied', 'your own objection is for somebody else to answer');
      if (contest.state !== 'open') throw new Refusal('conflict', `this objection is ${contest.state}`);
      const decided: Contest = {
        ...contest,
        state,
        answer,
        decidedBy: decider,
        decidedAtMs: clock.now(),
      };
      await record(`contest.${state === 'granted' ? 'grant' : 'uphold'}`, decider, decided, answer);
      if (!(await store.change(id, found.version, seal(decided, found.version + 1))))
        throw new Refusal('conflict', 'somebody else has answered this meanwhile');
      return decided;
    },
    purge: () => store.purge(clock.now() - KEPT_MS),
  };
}

const contextOf = ({ id, interaction, atMs }: Pick<StoredContest, 'id' | 'interaction' | 'atMs'>) =>
  `bartizan contest ${id} of ${interaction} at ${atMs}`;
