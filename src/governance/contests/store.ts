/** Where objections are kept. */
import type { SealedCase, SealedCaseStore } from '../../domain/sealed-case.ts';

export type StoredContest = SealedCase;
export type ContestStore = SealedCaseStore;
