/** The ways in which a model writes a text so that nobody recognizes it. */
import { type Letters, lettersOf } from './letters.ts';

/** The text itself, and as rot13, backwards, in hexadecimal, escaped for an address, and as base64 from any byte on. */
export function disguisesOf(text: string): readonly Letters[] {
  const plain = lettersOf(text);
  const bytes = Buffer.from(text);
  const encoded = [bytes.toString('hex'), encodeURIComponent(text.toWellFormed()), ...base64Of(bytes)];
  return [plain, rot13(plain), backwards(plain), ...encoded.map((each) => lettersOf(each))];
}

/** Three bytes are four digits, so what the digits are depends on how many bytes came before. Those at the ends differ. */
function base64Of(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const shifted = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const whole = shifted.replace(/=+$/, '');
    return whole.slice(before === 0 ? 0 : before + 1, shifted.endsWith('=') ? -1 : undefined);
  });
}

function rot13({ codes, ...rest }: Letters): Letters {
  const isLatin = (code: number): boolean => code >= 0x61 && code <= 0x7a;
  return { ...rest, codes: codes.map((code) => (isLatin(code) ? ((code - 0x61 + 13) % 26) + 0x61 : code)) };
}

function backwards({ count, codes, at }: Letters): Letters {
  return { count, at, codes: codes.slice(0, count).reverse() };
}
