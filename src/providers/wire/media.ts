/** Media in requests: data URLs and file formats. */
import type { MediaSource } from '../../domain/chat.ts';

/** `https://…` as it is, base64 as a data URL (RFC 2397). */
export function asUrl(source: MediaSource): string {
  return source.kind === 'url' ? source.url : `data:${source.mediaType};base64,${source.data}`;
}

/** `png` of `image/png`. */
export function subtypeOf(mediaType: string): string {
  return mediaType.slice(mediaType.indexOf('/') + 1).split(/[;+]/)[0] ?? '';
}

export function decodedText(data: string): string {
  return Buffer.from(data, 'base64').toString('utf8');
}
