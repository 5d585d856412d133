/** What the files of one export have shown of its form so far. */
import { UsageError, type UsageFormat } from './usage-row.ts';

export class ExportForm {
  /** Lines and results that tell of no tokens. */
  ignored = 0;
  /** Whether the last page that was read says that more follow. */
  isUnfinished = false;
  #format: UsageFormat | undefined;

  constructor(expected: UsageFormat | undefined) {
    this.#format = expected;
  }

  get format(): UsageFormat | undefined {
    return this.#format;
  }

  /** @throws UsageError where it is another than was expected, or than was read before */
  settle(found: UsageFormat, where: string): void {
    if (this.#format !== undefined && this.#format !== found)
      throw new UsageError(`${where}: usage in the form of ${this.#format} is expected, not of ${found}`);
    this.#format = found;
  }
}
