/** Texts from UTF-16 code units. */

/** As many arguments as a call may surely have. */
const MAX_AT_ONCE = 4_096;

export function textOfUnits(units: Uint16Array): string {
  let text = '';
  for (let at = 0; at < units.length; at += MAX_AT_ONCE)
    text += String(Reflect.apply(String.fromCharCode, null, units.subarray(at, at + MAX_AT_ONCE)));
  return text;
}

/** From its end; pairs of surrogates stay pairs. */
export function backwards(text: string): string {
  const { length } = text;
  const units = new Uint16Array(length);
  for (let at = 0; at < length; at++) units[length - 1 - at] = text.charCodeAt(at);
  for (let at = 0; at + 1 < length; at++) {
    const first = units[at] ?? 0;
    const second = units[at + 1] ?? 0;
    if (first < 0xdc00 || first > 0xdfff || second < 0xd800 || second > 0xdbff) continue;
    units[at] = second;
    units[at + 1] = first;
    at++;
  }
  return textOfUnits(units);
}
