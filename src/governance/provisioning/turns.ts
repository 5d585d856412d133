/** One after the other: each begins when the one before it has ended, however it ended. */
export interface Turns {
  take<Answer>(work: () => Promise<Answer>): Promise<Answer>;
}

export function createTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take(work) {
      const turn = last.then(work, work);
      last = turn.catch(() => undefined);
      return turn;
    },
  };
}
