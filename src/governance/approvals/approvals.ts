/** Two pairs of eyes: somebody asks to read what was said, somebody else says yes or no, and a yes ends by itself. */
import { decrypt, encrypt } from '../../base/envelope.ts';
import type { Clock } from '../../base/clock.ts';
import { newId } from '../../base/ids.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
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
  ): Promise<{ readonly items: readonly Approval[]; readonly next: string | null }>;
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

type Sealed = Omit<Approval, 'id' | 'interaction' | 'atMs'> & { readonly version: number };

export function createApprovals({ store, append, key, clock }: ApprovalsSettings): Approvals {
  const seal = ({ id, interaction, atMs, ...rest }: Approval, version: number) =>
    encrypt(key, Buffer.from(JSON.stringify({ ...rest, version })), contextOf(id, interaction, atMs));
  const opened = (stored: StoredApproval) => open(key, stored, clock.now());
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
    list: (page, isShown) => listed(store, opened, page, isShown),
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

const contextOf = (id: string, interaction: string, atMs: number) =>
  `bartizan approval ${id} of ${interaction} at ${atMs}`;

/** @throws Error for one that does not open, or that an older version was put in the place of: it approves nothing */
function open(
  key: Buffer,
  { id, interaction, atMs, version, sealed }: StoredApproval,
  nowMs: number,
): Approval {
  const text = decrypt(key, Buffer.from(sealed), contextOf(id, interaction, atMs));
  if (text === undefined) throw new Error(`the approval ${id} does not open: it was changed or moved`);
  // Sealed by this room.
  const { version: sealedVersion, ...rest } = JSON.parse(text.toString()) as Sealed;
  if (sealedVersion !== version) throw new Error(`the approval ${id} is not the version it should be`);
  const isOver = nowMs >= rest.expiresAtMs && (rest.state === 'pending' || rest.state === 'approved');
  return { id, interaction, atMs, ...rest, ...(isOver ? { state: 'expired' as const } : {}) };
}

const READ_AT_ONCE = 200;

/** What is asked for is sealed, so that all are looked through: there are few. */
async function listed(
  store: ApprovalStore,
  opened: (stored: StoredApproval) => Approval,
  { before, limit }: { readonly before?: string | undefined; readonly limit: number },
  isShown: (approval: Approval) => boolean,
): ReturnType<Approvals['list']> {
  const items: Approval[] = [];
  for (let from = before; ; ) {
    const page = await store.list({ before: from, limit: READ_AT_ONCE });
    items.push(...page.map(opened).filter(isShown));
    if (items.length > limit) return { items: items.slice(0, limit), next: items[limit - 1]?.id ?? null };
    if (page.length < READ_AT_ONCE) return { items, next: null };
    from = page.at(-1)?.id;
  }
}
