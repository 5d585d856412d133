/** Where requests for approval are kept. */
import type { SealedCase, SealedCaseStore } from '../../domain/sealed-case.ts';

export type StoredApproval = SealedCase;
export type ApprovalStore = SealedCaseStore;
