/** Runs of visible ASCII: what credentials are made of. */

/** Where the run that ends the text begins; it is followed no further back than `stop`. */
export function startOfRun(text: string, stop: number): number {
  let at = text.length;
  while (at > stop && isVisible(text.charCodeAt(at - 1))) at--;
  return at;
}

/** Whether text[from, …) has a run of so many characters. Looks at one in three of them, in prose. */
export function hasLongRun(text: string, from: number, length: number): boolean {
  let start = from;
  while (start + length <= text.length) {
    let at = start + length - 1;
    while (at >= start && isVisible(text.charCodeAt(at))) at--;
    if (at < start) return true;
    start = at + 1;
  }
  return false;
}

function isVisible(code: number): boolean {
  return code > 0x20 && code < 0x7f;
}
