/** What scanning says: findings and failures, for a document whole or for an answer while it streams. */
import type { Briefing, Channel, Role } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail } from '../../domain/guardrail.ts';
import type { Inquirer } from './scanner.ts';

export interface ScanReport {
  readonly findings: readonly Finding[];
  /** Guardrails whose scanner threw, ran past its `timeoutMs`, reported what cannot be, or more than can be judged. */
  readonly failures: readonly {
    readonly guardrail: Guardrail;
    readonly fault: 'threw' | 'timed_out' | 'nonsense' | 'too_many';
  }[];
}

/** What a scan may be told of the request it belongs to; the briefing, where a document answers it. */
export interface ScanCircumstances extends Partial<Briefing> {
  /** Whom scanners ask through that ask somebody else; without it they fail. */
  readonly inquirer?: Inquirer;
  /** Filled by the scan. */
  readonly timings?: ScanTimings;
}

/** Milliseconds that each scanner took, by its id: filled by a scan that is given one. */
export type ScanTimings = Map<string, number>;

/** A piece of text that belongs to a window: what follows in the same window is scanned as one text with it. */
export interface WindowText {
  readonly window: string;
  readonly text: string;
  readonly role: Role;
  readonly channel: Channel;
  readonly encoding: 'plain' | 'json';
}

export interface WindowProgress {
  readonly window: string;
  /** Text before this offset (of the raw text, from the window's beginning) has been decided and may be released. */
  readonly settled: number;
  /** New findings, all ending at or before `settled`; offsets from the window's beginning. */
  readonly findings: readonly Finding[];
}

export interface StreamProgress {
  readonly windows: readonly WindowProgress[];
  readonly failures: ScanReport['failures'];
}

export interface StreamScan {
  /** Adds texts, and ends windows; tells how far each touched window is decided by now. */
  push(
    texts: readonly WindowText[],
    ends: 'all' | readonly string[],
  ): StreamProgress | Promise<StreamProgress>;
}
