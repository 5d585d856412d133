/** How long the record keeps what, and what it must keep longer. */
export { createHolds, HoldError, type Holds } from './holds.ts';
export { createPurge, type Purge, type Purged } from './purge.ts';
export {
  loadRetentionPack,
  retentionProblems,
  type RetentionPack,
  type RetentionTree,
} from './regimes.ts';
