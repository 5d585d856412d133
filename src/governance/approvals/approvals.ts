/** Two pairs of eyes: somebody asks to read what was said, somebody else says yes or no, and a yes ends by itself. */
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import { createVersionedSeal, type VersionedSeal } from '../../base/versioned-seal.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import { casesThat, type CasePage } from '../../domain/sealed-case.ts';
import type { ApprovalStore, StoredApproval } from './store.ts';

export type ApprovalState = 'pending' | 'approved' | 'declined' | 'expired';

/** What is asked for: to read one interaction. */
export interface Wish {
  /** `req_…` */
  readonly interaction: string;
  readonly application: string | undefined;
  /** The leaf that was looked at when it was asked for. */
  readonly index: number;
  readonly reason: string;
}

export interface Approval extends Wish {
  readonly id: string;
  readonly requester: string;
  readonly atMs: number;
  readonly state: ApprovalState;
  /** When it ends as it stands: nobody has decided, or the yes is over. */
  readonly expiresAtMs: number;
  readonly decidedBy?: string | undefined;
  readonly decidedAtMs?: number | undefined;
  readonly decisionReason?: string | undefined;
}

export interface Decision {
  readonly isApproved: boolean;
  readonly reason: string | undefined;
  /** How long a yes holds. */
  readonly validMs: number;
}

export interface Approvals {
  /** @throws Refusal `conflict` where the same wish is waiting already; `record_unavailable` */
  request(requester: string, wish: Wish): Promise<Approval>;
  /** @throws Refusal `not_found` */
  find(id: string): Promise<Approval>;
  /** Newest first. `isShown` says what of all of them belongs to the list. */
  list(
    page: { readonly before?: string | undefined; readonly limit: number },
    isShown: (approval: Approval) => boolean,
  ): Promise<CasePage<Approval>>;
  /**
   * Decides for somebody else, once.
   * @throws Refusal `permission_denied` for one's own; `conflict` where it is decided or over; `not_found`
   */
  decide(id: string, decider: string, decision: Decision): Promise<Approval>;
  /** The approval by which this person may read this interaction now. */
  inForce(requester: string, interaction: string): Promise<Approval | undefined>;
  /** Forgets what was asked for long ago: the record keeps it. */
  purge(): Promise<number>;
}

export interface ApprovalsSettings {
  readonly store: ApprovalStore;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  /** 32 bytes for this purpose alone. What stands in the store counts as far as this key has sealed it. */
  readonly key: Buffer;
  readonly clock: Clock;
}

const DAY_MS = 24 * 60 * 60_000;
/** How long a wish waits for somebody. */
const PENDING_MS = DAY_MS;
const KEPT_MS = 90 * DAY_MS;

type Sealed = Omit<Approval, 'id' | 'interaction' | 'atMs'>;

export function createApprovals({ store, append, key, clock }: ApprovalsSettings): Approvals {
  const sealing = createVersionedSeal<Sealed>(key);
  const seal = (approval: Approval, version: number) => {
    const { id: _, interaction: __, atMs: ___, ...content } = approval;
    return sealing.seal(contextOf(approval), version, content);
  };
  const opened = (stored: StoredApproval) => open(sealing, stored, clock.now());
  const record = (action: string, approval: Approval, actor: string, reason: string | undefined) =>
    append({
      kind: 'administration',
      id: newId('adm', clock.now()),
      at: clock.now(),
      actor,
      action,
      subject: approval.interaction,
      after: approval.id,
      ...(reason === undefined ? {} : { reason }),
    });

  async function about(interaction: string, requester: string): Promise<readonly Approval[]> {
    return (await store.about(interaction)).map(opened).filter((each) => each.requester === requester);
  }

  async function stored(id: string): Promise<StoredApproval> {
    const found = await store.find(id);
    if (found === undefined) throw new Refusal('not_found', 'there is no such request for approval');
    return found;
  }

  return {
    async request(requester, wish) {
      const atMs = clock.now();
      if ((await about(wish.interaction, requester)).some(({ state }) => state === 'pending'))
        throw new Refusal('conflict', 'you have asked for this already: somebody else has to decide');
      const approval: Approval = {
        ...wish,
        id: newId('apr', atMs),
        requester,
        atMs,
        state: 'pending',
        expiresAtMs: atMs + PENDING_MS,
      };
      await record('approval.request', approval, requester, wish.reason);
      await store.add({
        id: approval.id,
        interaction: wish.interaction,
        atMs,
        version: 1,
        sealed: seal(approval, 1),
      });
      return approval;
    },
    find: async (id) => opened(await stored(id)),
    list: (page, isShown) => casesThat(store, opened, page, isShown),
    async decide(id, decider, { isApproved, reason, validMs }) {
      const found = await stored(id);
      const waiting = opened(found);
      if (waiting.requester === decider)
        throw new Refusal('permission_denied', 'your own request is for somebody else to decide');
      if (waiting.state !== 'pending') throw new Refusal('conflict', `this request is ${waiting.state}`);
      const nowMs = clock.now();
      const decided: Approval = {
        ...waiting,
        state: isApproved ? 'approved' : 'declined',
        expiresAtMs: isApproved ? nowMs + validMs : nowMs,
        decidedBy: decider,
        decidedAtMs: nowMs,
        decisionReason: reason,
      };
      await record(isApproved ? 'approval.approve' : 'approval.decline', decided, decider, reason);
      if (!(await store.change(id, found.version, seal(decided, found.version + 1))))
        throw new Refusal('conflict', 'somebody else has decided this meanwhile');
      return decided;
    },
    inForce: async (requester, interaction) =>
      (await about(interaction, requester)).find(({ state }) => state === 'approved'),
    purge: () => store.purge(clock.now() - KEPT_MS),
  };
}

const contextOf = ({ id, interaction, atMs }: Pick<StoredApproval, 'id' | 'interaction' | 'atMs'>) =>
  `bartizan approval ${id} of ${interaction} at ${atMs}`;

/** @throws Error for one that does not open, or that an older version was put in the place of: it approves nothing */
function open(sealing: VersionedSeal<Sealed>, stored: StoredApproval, nowMs: number): Approval {
  const { id, interaction, atMs, version, sealed } = stored;
  const content = sealing.open(contextOf(stored), version, sealed);
  const isOver =
    nowMs >= content.expiresAtMs && (content.state === 'pending' || content.state === 'approved');
  return { id, interaction, atMs, ...content, ...(isOver ? { state: 'expired' as const } : {}) };
}
