/** Finds the text in what is sent as base64 or as a data URL: by what it holds, whatever it calls itself. */
import { isUtf8 } from 'node:buffer';

/** What a scanner has to see of one value. */
export interface AttachedText {
  /** Parts of the value as they stand in it, where they are not what their place promises. */
  readonly raw: readonly string[];
  /** What a reader would find when it decodes the value. */
  readonly decoded: readonly string[];
}

const TEXT_MEDIA =
  /^\s*(?:text\/|application\/(?:json|xml|yaml|x-yaml|javascript|x-javascript|csv|rtf|[\w.-]+\+(?:json|xml))|$)/i;

/** Whether a content of this media type is text, which a model reads as it reads any other. */
export function isTextMedia(mediaType: unknown): boolean {
  return typeof mediaType !== 'string' || TEXT_MEDIA.test(mediaType);
}

const DATA_URL = /^\s*data:/i;
/** Heads that say nothing but what they have to. */
const PLAIN_HEAD =
  /^data:[a-z]{1,20}\/[a-z][a-z.+-]{0,80}(?:\d{1,3})?(?:;charset=(?:utf-?8|us-ascii|utf-16(?:le|be)?|iso-8859-\d{1,2}|windows-\d{4}))?;base64$/i;

export function isDataUrl(value: string): boolean {
  return DATA_URL.test(value);
}

/** @param saysText whether what stands beside the value calls it a text */
export function attachedText(value: string, saysText: boolean): AttachedText {
  if (!isDataUrl(value)) return contentText(value, saysText, '');
  const comma = value.indexOf(',');
  if (comma < 0) return { raw: [value], decoded: [percentDecoded(value)] };
  const head = value.slice(0, comma);
  const { raw, decoded } = contentText(
    value.slice(comma + 1),
    saysText || TEXT_MEDIA.test(head.slice(head.indexOf(':') + 1)),
    head,
  );
  if (raw.length > 0) return { raw: [value], decoded };
  return { raw: PLAIN_HEAD.test(head) ? [] : [head], decoded };
}

/** So short that what it says may be said by its very letters: a card's number is base64 as well. */
const SHORT = 40;
const FOREIGN = /[^A-Za-z0-9+/_-]/;

function contentText(value: string, saysText: boolean, head: string): AttachedText {
  const content = unwrapped(value);
  const end = content.search(FOREIGN);
  const isPure = end < 0 || /^={1,2}$/.test(content.slice(end, end + 3));
  const decoded = decodedText(content, saysText, /utf-?16/i.test(head));
  if (isPure) return { raw: content.length > 0 && content.length <= SHORT ? [value] : [], decoded };
  const unescaped = value.includes('%') ? percentDecoded(value) : value;
  if (unescaped === value) return { raw: [value], decoded };
  return { raw: [value], decoded: [...decoded, unescaped, ...decodedText(unescaped, saysText, false)] };
}

/** Mail wraps base64 into lines of 76 or 64 characters; shorter lines are none of its. */
function unwrapped(value: string): string {
  const content = /^\s|\s$/.test(value) ? value.trim() : value;
  if (!content.includes('\n') || /(?:^|\n)[^\n]{0,59}\n/.test(content)) return content;
  return content.replace(/\r?\n/g, '');
}

/** RFC 3986 §2.1; what is no escape stands for itself. */
function percentDecoded(value: string): string {
  return value.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) =>
    Buffer.from(escapes.replaceAll('%', ''), 'hex').toString('utf8'),
  );
}

const SAMPLE_BYTES = 1024;
const SAMPLE_CHARACTERS = Math.ceil(SAMPLE_BYTES / 3) * 4;

function decodedText(content: string, saysText: boolean, saysUtf16: boolean): string[] {
  const sample = decoded(content.slice(0, SAMPLE_CHARACTERS));
  const kind = kindOf(sample);
  if (kind === 'binary' && !saysText) return [];
  const bytes = content.length > SAMPLE_CHARACTERS ? decoded(content) : sample;
  const texts = [kind === 'utf16le' || kind === 'utf16be' ? utf16(bytes, kind) : bytes.toString('utf8')];
  if (saysUtf16) texts.push(utf16(bytes, 'utf16le'), utf16(bytes, 'utf16be'));
  return texts.filter((text) => text !== '');
}

/** Readers differ in whether they go on behind padding; this one does. */
function decoded(content: string): Buffer {
  const padding = content.indexOf('=');
  if (padding < 0 || content.length - padding <= 2) return Buffer.from(content, 'base64');
  return Buffer.concat(content.split(/=+/).map((piece) => Buffer.from(piece, 'base64')));
}

function utf16(bytes: Buffer, kind: 'utf16le' | 'utf16be'): string {
  const even = bytes.subarray(0, bytes.length & ~1);
  return (kind === 'utf16be' ? Buffer.from(even).swap16() : even).toString('utf16le');
}

type Kind = 'utf8' | 'utf16le' | 'utf16be' | 'binary';

/** By its beginning: pictures, sound and archives are full of bytes that no text holds. */
function kindOf(sample: Buffer): Kind {
  const { length } = sample;
  if (length === 0) return 'binary';
  if (sample[0] === 0xff && sample[1] === 0xfe) return 'utf16le';
  if (sample[0] === 0xfe && sample[1] === 0xff) return 'utf16be';
  let printable = 0;
  let high = 0;
  const zeros: [number, number] = [0, 0];
  for (let i = 0; i < length; i++) {
    const byte = sample[i] ?? 0;
    if (byte >= 0x80) high++;
    else if (byte >= 0x20 ? byte < 0x7f : byte >= 0x08 && byte <= 0x0d) printable++;
    else if (byte === 0) zeros[i & 1 ? 1 : 0]++;
  }
  if (printable >= length * 0.3 && zeros[1] >= length * 0.3 && zeros[0] <= length * 0.05) return 'utf16le';
  if (printable >= length * 0.3 && zeros[0] >= length * 0.3 && zeros[1] <= length * 0.05) return 'utf16be';
  // Begins as a text does, and is a table of compressed pages.
  if (sample.toString('latin1', 0, 5) === '%PDF-') return 'binary';
  if (printable >= length * 0.85) return 'utf8';
  return printable + high >= length * 0.9 && isUtf8Beginning(sample) ? 'utf8' : 'binary';
}

/** A sample may end within a character. */
function isUtf8Beginning(sample: Buffer): boolean {
  return [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, sample.length - cut)));
}
