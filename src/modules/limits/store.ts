/** The port behind the limits room: counters over time windows, changed by one atomic step. */

/** One counter to charge. Fixed windows aligned to the epoch for up to a day; calendar months in UTC. */
export interface Charge {
  /** Names limit and scope: `limit-id/principal/person:alice`. */
  readonly key: string;
  /** Start of the window now running, milliseconds since the epoch; 0 for concurrency. */
  readonly windowStartMs: number;
  /** End of the window; for concurrency how long a reservation lives if its holder dies. */
  readonly windowEndMs: number;
  readonly amount: number;
  readonly capacity: number;
  readonly kind: 'window' | 'concurrency';
}

export interface Reservation {
  readonly admitted: boolean;
  /** Amount in use for each charge, in the given order: after the reservation where admitted, as found otherwise. */
  readonly used: readonly number[];
  /** Index of the first charge that did not fit; -1 where admitted. */
  readonly refusedBy: number;
}

/**
 * MUST be atomic: all charges are applied or none. Amounts and capacities are integers; an amount of 0 always fits.
 * The keys of one reservation are distinct. A charge of kind `concurrency` has the amount 1.
 */
export interface LimitStore {
  /** `leaseId` names the holder of concurrency charges. */
  reserve(leaseId: string, charges: readonly Charge[], nowMs: number): Promise<Reservation>;
  /**
   * Corrects amounts once the real usage is known (a difference, which may be negative) and ends concurrency charges.
   * MUST be called on the store that reserved.
   */
  settle(
    leaseId: string,
    corrections: readonly { readonly charge: Charge; readonly difference: number }[],
    nowMs: number,
  ): Promise<void>;
  /** Amount in use now, by key, for showing. */
  usage(charges: readonly Charge[], nowMs: number): Promise<readonly number[]>;
  close(): Promise<void>;
}
