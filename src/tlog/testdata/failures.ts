/** What a failed check says, for tests. */
import { TlogError, type TlogErrorCode } from '../errors.ts';

/** The code that the check throws, or "accepted". Whatever else is thrown goes on. */
export function codeOf(check: () => unknown): TlogErrorCode | 'accepted' {
  try {
    check();
    return 'accepted';
  } catch (error) {
    if (error instanceof TlogError) return error.code;
    throw error;
  }
}
