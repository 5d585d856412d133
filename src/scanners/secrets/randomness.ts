/** Whether a string looks drawn at random or written by somebody. */

/** Shannon entropy of the characters, in bits each. */
export function entropyOf(value: string): number {
  const counts = new Map<string, number>();
  for (const character of value) counts.set(character, (counts.get(character) ?? 0) + 1);
  let entropy = 0;
  for (const count of counts.values()) entropy -= (count / value.length) * Math.log2(count / value.length);
  return entropy;
}

/** The most frequent pairs of letters of English words and of names in code. */
const FREQUENT_PAIRS =
  'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke ui up ap bo da do du ey fa ga go gr ag av ck cl cr cu bu br ef ei ep ew fr ft gi gl gu if ip je jo ju ki kn lu my ob od og oi ok pp ov pi pu qu ru sc sp sw tt um va vo ye';
const isFrequent = new Uint8Array(26 * 26);
for (const pair of FREQUENT_PAIRS.split(' ')) isFrequent[slotOf(pair.charCodeAt(0), pair.charCodeAt(1))] = 1;

/** Fewer pairs of letters say nothing. */
const ENOUGH_PAIRS = 6;

/** Whether it is written in words: most neighbouring letters are often neighbours, which at random one in four is. */
export function isWordy(value: string): boolean {
  if (/^[0-9a-f-]*$/i.test(value)) return false;
  let pairs = 0;
  let frequent = 0;
  for (let at = 1; at < value.length; at++) {
    const [left, right] = [value.charCodeAt(at - 1), value.charCodeAt(at)];
    if (!isLetter(left) || !isLetter(right) || (isSmall(left) && !isSmall(right))) continue;
    pairs++;
    frequent += isFrequent[slotOf(left | 0x20, right | 0x20)] ?? 0;
  }
  return pairs >= ENOUGH_PAIRS && frequent > 0.7 * pairs;
}

/** How many of these it has: small letters, capitals, digits, signs. */
export function sortsOf(value: string): number {
  return (
    Number(/[a-z]/.test(value)) +
    Number(/[A-Z]/.test(value)) +
    Number(/\d/.test(value)) +
    Number(/[^A-Za-z0-9]/.test(value))
  );
}

function slotOf(left: number, right: number): number {
  return (left - 0x61) * 26 + right - 0x61;
}

function isLetter(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a);
}

function isSmall(code: number): boolean {
  return code >= 0x61;
}
