/** What all providers' HTTP requests have in common: addresses, headers, credentials. */
import { z } from 'zod';
import { Refusal } from '../../domain/refusal.ts';

/** An address under which a provider's API stands; paths are appended. */
export const baseUrlSchema = z
  .url({ protocol: /^https?$/ })
  .refine((value) => {
    const url = new URL(value);
    return url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  }, 'an http or https address without credentials, query and fragment')
  .transform((value) => value.replace(/\/+$/, ''));

export function jsonHeaders(stream: boolean): Record<string, string> {
  return {
    'content-type': 'application/json',
    accept: stream ? 'text/event-stream' : 'application/json',
    'accept-encoding': 'identity',
  };
}

/** The credential as a header can carry it. @throws Error for one that no header can */
export function headerCredential(credential: string | null): string | null {
  const trimmed = credential?.trim() ?? '';
  if (trimmed === '') return null;
  if (!/^[\x21-\x7e]+$/.test(trimmed))
    throw new Error('the credential has characters that no header can carry');
  return trimmed;
}

/** @throws Refusal where there is none */
export function requireCredential(credential: string | null): string {
  if (credential !== null) return credential;
  throw new Refusal('provider_misconfigured', 'The provider has no credential configured');
}
