/** What verifying a kit has shown, check by check, in plain sentences. */
import { CHECKS, type CheckId, type Failure, type Tally } from './tally.ts';

export interface KitFacts {
  readonly origin: string;
  readonly role: 'auditor' | 'full';
  readonly madeBy: string;
  readonly madeAt: string;
  readonly firstSize: number;
  readonly lastSize: number;
  readonly entries: number;
  readonly checkpoints: number;
  readonly unwitnessed: number;
  /** Whether a quorum has cosigned the checkpoint at the beginning of the range; true where it begins with the log. */
  readonly isFirstWitnessed: boolean;
  readonly rootsMatched: number;
  readonly witnesses: readonly string[];
  readonly knownSize: number | undefined;
  readonly isKnownGiven: boolean;
  readonly instances: number;
  readonly interactions: number;
  readonly erased: number;
  readonly purged: number;
  readonly opened: number;
  readonly proofs: number;
  /** To further keys of the log, followed from one that is trusted. */
  readonly handovers: number;
}

export interface KitCheck {
  readonly id: CheckId;
  readonly status: 'passed' | 'failed' | 'skipped';
  readonly sentence: string;
  /** The first of them. */
  readonly failures: readonly Failure[];
  readonly failureCount: number;
}

export interface KitReport {
  readonly isVerified: boolean;
  /** Whether the key or policy came from outside the kit. */
  readonly isTrusted: boolean;
  readonly facts: Partial<KitFacts>;
  readonly checks: readonly KitCheck[];
}

export function reportOf(tally: Tally<CheckId>, facts: Partial<KitFacts>, isTrusted: boolean): KitReport {
  const wasRead = facts.entries !== undefined;
  const checks = CHECKS.map((id): KitCheck => {
    const failureCount = tally.count(id);
    const isSkipped = isNothingToCheck(id, facts, isTrusted);
    const skipped = (!wasRead && id !== 'archive') || isSkipped ? 'skipped' : 'passed';
    const status = failureCount > 0 ? 'failed' : skipped;
    return {
      id,
      status,
      sentence: sentenceOf(id, status, facts),
      failures: tally.failures(id),
      failureCount,
    };
  });
  return { isVerified: tally.total === 0 && wasRead, isTrusted, facts, checks };
}

function isNothingToCheck(id: CheckId, facts: Partial<KitFacts>, isTrusted: boolean): boolean {
  if (id === 'known') return !facts.isKnownGiven;
  if (id === 'trust') return !isTrusted;
  if (id === 'openings') return facts.opened === 0;
  return id === 'proofs' && facts.proofs === 0;
}

function sentenceOf(id: CheckId, status: KitCheck['status'], facts: Partial<KitFacts>): string {
  if (status === 'failed') return FAILED[id];
  if (status === 'skipped')
    return id in SKIPPED && (facts.entries !== undefined || id === 'trust')
      ? SKIPPED[id as keyof typeof SKIPPED]
      : 'Not checked: the kit could not be read.';
  return passed(id, facts);
}

const FAILED: Record<CheckId, string> = {
  archive: 'The archive is damaged, incomplete, or holds what does not belong to it.',
  trust: 'The kit is not of the log that you trust.',
  checkpoints: 'Not every checkpoint is signed as it has to be.',
  leaves: 'The entries are NOT all entries of this range as the log has signed them.',
  known: 'The kit is NOT shown to continue the checkpoint that you kept.',
  counters: 'The record has gaps: entries were numbered that are not there, or a gateway was silent.',
  configurations: 'Not every interaction was served by a configuration that is known and was in force.',
  erasures: 'Something is not there, and no entry accounts for it.',
  openings: 'Not everybody who is named is who the log is committed to.',
  proofs: 'Not every proof of a single entry holds.',
};

const SKIPPED = {
  openings: 'This kit does not show who its entries were about.',
  proofs: 'This kit holds no proofs of single entries.',
  known:
    'No checkpoint that you kept was given: whether this is the record that you saw before is not checked.',
  trust:
    'ONLY INNER CONSISTENCY WAS CHECKED: no key or policy from outside the kit was given, and a forged kit brings a fitting key.',
};

/** Not a failure: what the first checkpoint covers is shown to be covered by the last as well. */
function warningOf({ isFirstWitnessed = true, firstSize = 0 }: Partial<KitFacts>): string {
  return isFirstWitnessed
    ? ''
    : ` WARNING: the checkpoint of ${firstSize} entries, at the beginning, lacks a quorum. The last one shows what it covers, but not that witnesses had seen it by then: until the first witnessed checkpoint, the log alone says when entries came.`;
}

function handedOver({ handovers = 0 }: Partial<KitFacts>): string {
  return handovers === 0
    ? ''
    : ` It was handed over to a further key ${handovers} times, each time in the log itself and under the key before.`;
}

function passed(id: CheckId, facts: Partial<KitFacts>): string {
  const { origin = '', firstSize = 0, lastSize = 0, entries = 0, witnesses = [], unwitnessed = 0 } = facts;
  const witnessed = witnesses.length > 0 ? `, and the last is cosigned by ${witnesses.join(', ')}` : '';
  const alone = unwitnessed > 0 ? ` (${unwitnessed} earlier ones lack a quorum; the last covers them)` : '';
  switch (id) {
    case 'archive':
      return 'The archive is whole and holds what it lists.';
    case 'trust':
      return `The kit is of the log ${origin}, which you trust.${handedOver(facts)}`;
    case 'checkpoints':
      return `${facts.checkpoints} checkpoints are signed by the log${witnessed}${alone}.${warningOf(facts)}`;
    case 'leaves':
      return `The ${entries} entries are all entries from ${firstSize} to ${lastSize - 1}, each in its place and unchanged; they give the root of ${facts.rootsMatched} checkpoints.`;
    case 'known':
      return `The record continues the checkpoint of ${facts.knownSize} entries that you kept.`;
    case 'counters':
      return `The numbers of ${facts.instances} gateways and commands have no gap, and none was silent without a word.`;
    case 'configurations':
      return `${facts.interactions} interactions were served by a configuration that is in the kit and was in force.`;
    case 'erasures':
      return `${facts.erased} erased and ${facts.purged} purged entries each have the entry that accounts for them.`;
    case 'openings':
      return `Who ${facts.opened} entries were about is what the log is committed to.`;
    case 'proofs':
      return `${facts.proofs} proofs of single entries hold.`;
  }
}
