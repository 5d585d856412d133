/** What a format is given: an entry with its place, without content and with bounded strings; and who reports. */
import type { RecordedEntry } from '../../domain/record.ts';

export interface PositionedEntry extends RecordedEntry {
  readonly position: number;
}

/** The program that reports, and the log it reports from. */
export interface Product {
  readonly version: string;
  /** Names the log, as its checkpoints do. */
  readonly log: string;
}
