/** One way to number people, accounts or papers: a row of the tables in `numbers-….ts`. */
export interface NumberKind {
  readonly kind: string;
  /**
   * How it is written (see `number-run.ts`), and how sure it is where no word before it speaks. 0: told only with such
   * a word. Below 0.5 stands what a number meets by chance: short, all digits, one check digit.
   */
  readonly written: Readonly<Record<string, number>>;
  /** Of the number in capitals without its punctuation. */
  readonly form: RegExp;
  /** Check digits, dates within. */
  readonly check?: (compact: string) => boolean;
}

/** Set in no groups, `from` to `to` characters long. */
export function plain(from: number, to: number, confidence: number): Readonly<Record<string, number>> {
  const written: Record<string, number> = {};
  for (let length = from; length <= to; length++) written[String(length)] = confidence;
  return written;
}
