/** Whether a place in a JSON text lies inside a string, followed from the text's beginning. */

export interface JsonStringState {
  /** Follows the text on; the pieces MUST be given in order. */
  follow(piece: string): void;
  isInString(): boolean;
}

/** Cheap where there are few quotes: it goes from one quote or backslash to the next. */
export function createJsonStringState(): JsonStringState {
  let isInString = false;
  let isEscaped = false;
  return {
    follow(piece) {
      let at = 0;
      if (isEscaped && piece !== '') {
        isEscaped = false;
        at = 1;
      }
      MARK.lastIndex = at;
      for (let match = MARK.exec(piece); match; match = MARK.exec(piece)) {
        if (match[0] === '"') isInString = !isInString;
        else if (match.index + 1 === piece.length) isEscaped = true;
        else MARK.lastIndex = match.index + 2;
      }
    },
    isInString: () => isInString,
  };
}

const MARK = /["\\]/g;

/** The same for a text that is there as a whole. */
export function isInJsonString(text: string, at: number): boolean {
  const state = createJsonStringState();
  state.follow(text.slice(0, at));
  return state.isInString();
}
