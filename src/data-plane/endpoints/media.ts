/** Media as wire formats give them: addresses, data URLs, base64. */
import type { MediaSource } from '../../domain/chat.ts';
import { malformed } from './wire-form.ts';

/** RFC 2397, the base64 form. */
const DATA_URL = /^data:([^;,]*)((?:;[^;,]*)*);base64,/i;

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  txt: 'text/plain',
  md: 'text/markdown',
  csv: 'text/csv',
  html: 'text/html',
  json: 'application/json',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** An address, or a data URL, as `image_url` and its kin hold them. */
export function urlSource(url: string, pointer: string): MediaSource {
  const data = dataUrl(url);
  if (data) return data;
  if (/^data:/i.test(url)) throw malformed(pointer, 'a data URL must be base64 and name its media type');
  return { kind: 'url', url };
}

/** A file's content: a data URL, or base64 whose media type the file's name tells. */
export function fileSource(data: string, name: string | null | undefined, pointer: string): MediaSource {
  const source = dataUrl(data);
  if (source) return source;
  const mediaType = MEDIA_TYPES[name?.split('.').at(-1)?.toLowerCase() ?? ''];
  if (mediaType === undefined)
    throw malformed(pointer, 'a data URL was expected, or a file name that tells the media type');
  return { kind: 'base64', mediaType, data };
}

/** Sound in base64, whose format has a short name of its own. */
export function audioSource({
  data,
  format,
}: {
  readonly data: string;
  readonly format: string;
}): MediaSource {
  return { kind: 'base64', mediaType: format === 'mp3' ? 'audio/mpeg' : `audio/${format}`, data };
}

function dataUrl(url: string): MediaSource | undefined {
  const head = DATA_URL.exec(url.slice(0, 200));
  if (!head?.[1]) return undefined;
  return { kind: 'base64', mediaType: head[1].toLowerCase(), data: url.slice(head[0].length) };
}
