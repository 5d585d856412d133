/** What a format is given: an entry with its place, without content and with bounded strings; and the program that reports. */
import type { RecordedEntry } from '../../domain/record.ts';

export interface PositionedEntry extends RecordedEntry {
  readonly position: number;
}

export interface Product {
  readonly version: string;
}
