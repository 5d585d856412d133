/** The code point at a place of a text: a lone surrogate at its end is itself, whatever stood there in the text it was cut from. */

/**
 * As `codePointAt`, which V8's middle compiler (13.6) reads one unit too far where `text` is a slice that ends within a pair:
 * the same text would be read otherwise once the code is warm.
 */
export function codePointIn(text: string, at: number): number | undefined {
  if (at === text.length - 1) return text.charCodeAt(at);
  return text.codePointAt(at);
}
