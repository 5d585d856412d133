/** What a request holds of its limits: taken in time or not at all, and ended exactly once. */
import type { Clock } from '../../base/clock.ts';
import { withDeadline } from '../../base/deadline.ts';
import { Refusal } from '../../domain/refusal.ts';
import { type Amounts, amountOf, type LimitCharge } from './limit.ts';
import type { LimitStore, Reservation } from './store.ts';

export interface LeaseSettings {
  readonly id: string;
  readonly charged: readonly LimitCharge[];
  readonly store: LimitStore;
  readonly clock: Clock;
  readonly onError: (error: unknown) => void;
  readonly timeoutMs: number;
}

export interface ReservableLease {
  /** @throws Refusal where the store fails, hangs or answers nonsense: what cannot be counted is not served */
  reserve(): Promise<Reservation>;
  /** With what was really used, or null to give everything back. Never throws. */
  end(used: Amounts | null): Promise<void>;
}

export function createLease(settings: LeaseSettings): ReservableLease {
  const { id, charged, store, clock, onError, timeoutMs } = settings;
  let hasEnded = false;

  async function settle(concerned: readonly LimitCharge[], used: Amounts | null): Promise<void> {
    try {
      const corrections = concerned.map(({ limit, charge }) => ({
        charge,
        difference: (used === null ? 0 : amountOf(limit.measure, used)) - charge.amount,
      }));
      await withDeadline(store.settle(id, corrections, clock.now()), timeoutMs, 'settling');
    } catch (error) {
      onError(error);
    }
  }

  async function end(used: Amounts | null): Promise<void> {
    if (hasEnded) return;
    hasEnded = true;
    await settle(charged, used);
  }

  async function ask(): Promise<Reservation> {
    const charges = charged.map(({ charge }) => charge);
    const reservation = await store.reserve(id, charges, clock.now());
    if (!isReservation(reservation, charges.length)) throw new Error('the limit store answered nonsense');
    return reservation;
  }

  /** A reservation that comes too late is given back. One in doubt is not, but for its place among those at once. */
  function giveBack(asking: Promise<Reservation>): void {
    const places = charged.filter(({ charge }) => charge.kind === 'concurrency');
    void asking.then(
      ({ admitted }) => (admitted ? end(null) : undefined),
      () => (places.length > 0 ? settle(places, null) : undefined),
    );
  }

  return {
    async reserve() {
      const asking = ask();
      try {
        return await withDeadline(asking, timeoutMs, 'the reservation');
      } catch (cause) {
        giveBack(asking);
        throw new Refusal('internal', 'The limits could not be checked, so the request is refused.', {
          cause,
        });
      }
    },
    end,
  };
}

/** The store is a stranger: what it answers is checked before anybody is served on its word. */
function isReservation(answer: Reservation | undefined, charges: number): boolean {
  if (typeof answer?.admitted !== 'boolean' || !Array.isArray(answer.used)) return false;
  if (answer.used.length !== charges || !answer.used.every((amount) => Number.isFinite(amount))) return false;
  const { admitted, refusedBy } = answer;
  return admitted ? refusedBy === -1 : Number.isInteger(refusedBy) && refusedBy >= 0 && refusedBy < charges;
}
