/** Tells from a provider's error answer which refusal it is, and what of it the client may read. */
import { isArray, isObject, parseTrusted, type Json } from '../../base/json.ts';
import { Refusal, type RefusalCode } from '../../domain/refusal.ts';

const MAX_MESSAGE = 2_000;
const MAX_WAIT_MS = 24 * 60 * 60 * 1_000;

/** @param body read as JSON where it is JSON; an HTML page gives no message */
export function providerRefusal(
  status: number,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): Refusal {
  const json = parsed(body);
  const code = isCredentialFault(json) ? 'provider_misconfigured' : codeFor(status);
  return new Refusal(code, `The provider answered with status ${status}`, {
    providerStatus: status,
    ...(code === 'provider_rejected' ? { status } : undefined),
    ...(isRetried(code) ? waitOf(headers, json) : undefined),
    ...(isRetried(code) || code === 'provider_rejected' ? saidBy(json) : undefined),
  });
}

/** Whether the same call may succeed later. */
function isRetried(code: RefusalCode): boolean {
  return code === 'provider_rate_limited' || code === 'provider_unavailable';
}

function waitOf(headers: Readonly<Record<string, string>>, json: Json): { retryAfterMs?: number } {
  const retryAfterMs = waitMs(headers, json);
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** Not for messages about credentials and redirects, which quote what is none of the client's business. */
function saidBy(json: Json): { clientMessage?: string } {
  const clientMessage = messageOf(json);
  return clientMessage === undefined ? {} : { clientMessage };
}

function codeFor(status: number): RefusalCode {
  if (status === 429) return 'provider_rate_limited';
  if (status === 401 || status === 402 || status === 403 || status === 407) return 'provider_misconfigured';
  if (status === 408 || status === 424 || status === 425 || status >= 500) return 'provider_unavailable';
  if (status >= 400) return 'provider_rejected';
  return 'provider_bad_answer';
}

/** An error told inside a stream that began with 200, by the type or code it carries. */
export function streamRefusal(error: Json | undefined): Refusal {
  const options = saidBy(isObject(error) ? { error } : (error ?? null));
  const label = isObject(error)
    ? `${text(error['type'])} ${text(error['code'])} ${text(error['status'])}`
    : '';
  if (/rate_limit|throttling|RESOURCE_EXHAUSTED|\b429\b/i.test(label)) {
    return new Refusal('provider_rate_limited', 'The provider limited the stream', options);
  }
  if (/invalid_request|invalid_prompt|validation|INVALID_ARGUMENT|\b400\b/i.test(label)) {
    return new Refusal('provider_rejected', 'The provider rejected the request within the stream', options);
  }
  return new Refusal('provider_unavailable', 'The provider told of an error within the stream', options);
}

function text(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

function parsed(body: Buffer): Json {
  if (body.length > 1024 * 1024) return null;
  try {
    const json = parseTrusted(body.toString('utf8'));
    // Google answers a streamed call with an array of one.
    return isArray(json) ? (json[0] ?? null) : json;
  } catch {
    return null;
  }
}

function messageOf(json: Json): string | undefined {
  if (!isObject(json)) return undefined;
  const { error } = json;
  const found = isObject(error)
    ? (error['message'] ?? error['Message'])
    : (error ?? json['message'] ?? json['Message']);
  const said = found ?? json['detail'];
  return typeof said === 'string' && said !== '' ? said.slice(0, MAX_MESSAGE) : undefined;
}

/** Google tells of a wrong key with status 400. */
function isCredentialFault(json: Json): boolean {
  return detailsOf(json).some((detail) => isObject(detail) && detail['reason'] === 'API_KEY_INVALID');
}

function detailsOf(json: Json): readonly Json[] {
  const error = isObject(json) ? json['error'] : undefined;
  const details = isObject(error) ? error['details'] : undefined;
  return isArray(details) ? details : [];
}

function waitMs(headers: Readonly<Record<string, string>>, json: Json): number | undefined {
  const told = retryAfterMsOf(headers) ?? resetMsOf(headers) ?? retryInfoMs(json);
  return told === undefined ? undefined : Math.min(Math.max(0, Math.round(told)), MAX_WAIT_MS);
}

/** RFC 9110 §10.2.3: seconds or a date; some providers give milliseconds in a header of their own. */
function retryAfterMsOf(headers: Readonly<Record<string, string>>): number | undefined {
  const milliseconds = Number(headers['retry-after-ms'] ?? Number.NaN);
  if (Number.isFinite(milliseconds)) return milliseconds;
  const value = headers['retry-after']?.trim();
  if (value === undefined || value === '') return undefined;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1_000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : date - Date.now();
}

const RESETS = [
  ['x-ratelimit-remaining-requests', 'x-ratelimit-reset-requests'],
  ['x-ratelimit-remaining-tokens', 'x-ratelimit-reset-tokens'],
  ['anthropic-ratelimit-requests-remaining', 'anthropic-ratelimit-requests-reset'],
  ['anthropic-ratelimit-tokens-remaining', 'anthropic-ratelimit-tokens-reset'],
] as const;

/** The longest wait among the limits that are used up. */
function resetMsOf(headers: Readonly<Record<string, string>>): number | undefined {
  let longest: number | undefined;
  for (const [remaining, reset] of RESETS) {
    const value = headers[reset];
    if (value === undefined || headers[remaining] !== '0') continue;
    const wait = durationMs(value) ?? Date.parse(value) - Date.now();
    if (Number.isFinite(wait)) longest = Math.max(longest ?? 0, wait);
  }
  return longest;
}

const UNIT_MS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `6m0s`, `250ms`, `1.5s`; undefined for anything else. */
function durationMs(value: string): number | undefined {
  if (!/^(\d+(\.\d+)?(ms|s|m|h|d))+$/.test(value)) return undefined;
  let total = 0;
  for (const [, amount, , unit] of value.matchAll(/(\d+(\.\d+)?)(ms|s|m|h|d)/g)) {
    total += Number(amount) * (UNIT_MS[unit ?? ''] ?? 0);
  }
  return total;
}

function retryInfoMs(json: Json): number | undefined {
  for (const detail of detailsOf(json)) {
    const delay = isObject(detail) ? detail['retryDelay'] : undefined;
    if (typeof delay === 'string') return durationMs(delay);
  }
  return undefined;
}
