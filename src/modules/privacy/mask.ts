/** Hides most of a value and keeps its shape, so that a person still recognizes what sort of thing it was (NIST IR 8053). */

/** How many of the last letters and digits people recognize their own by. */
const SHOWN: Readonly<Record<string, number>> = { CREDIT_CARD: 4, IBAN_CODE: 4, PHONE_NUMBER: 2, US_SSN: 4 };

export function mask(kind: string, text: string): string {
  if (kind !== 'EMAIL_ADDRESS') return starred(text, SHOWN[kind] ?? 0);
  const at = text.lastIndexOf('@');
  return at < 1 ? starred(text, 0) : text.slice(0, 1) + starred(text.slice(1, at), 0) + text.slice(at);
}

/** Everything but space and separators becomes `*`, save the last few, and those only where they are less than half. */
function starred(text: string, shown: number): string {
  const count = text.match(HIDDEN)?.length ?? 0;
  let left = count >= shown * 2 ? count - shown : count;
  return text.replace(HIDDEN, (character) => (left-- > 0 ? '*' : character));
}

const HIDDEN = /[^\s.,:;/()[\]@-]/gu;
