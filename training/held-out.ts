/** Which texts no model is trained on: every fifth, by a hash of it, whatever the order of the rows. */

export function isHeldOut(text: string): boolean {
  return stableHash(text) % 5 === 0;
}

/** FNV-1a. */
function stableHash(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}
