/** Waiting with an end: a promise that is not there in time becomes an error. */

export class DeadlineError extends Error {
  constructor(what: string, timeoutMs: number) {
    super(`${what} did not end within ${timeoutMs} ms`);
    this.name = 'DeadlineError';
  }
}

/** @throws DeadlineError when `work` has not settled after `timeoutMs`. The work itself is not stopped by this. */
export function withDeadline<T>(work: Promise<T>, timeoutMs: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new DeadlineError(what, timeoutMs)), timeoutMs);
    work.then(
      (value) => {
        clearTimeout(timer);
        resolve(value);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
