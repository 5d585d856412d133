/** Refusals in the scan API's own shapes: a list of details for a bad body, plain text where a permission is missing. */
import type { Refusal } from '../../domain/refusal.ts';
import type { RefusalBody } from '../endpoint.ts';

/** Bad bodies of every sort are 422 there. */
const UNPROCESSABLE = 422;

export function scanRefusal(refusal: Refusal): RefusalBody {
  const { code, status, message, details } = refusal;
  if (status === 403)
    return { status, body: message, headers: { 'content-type': 'text/plain; charset=utf-8' } };
  if (code !== 'invalid_request' && code !== 'invalid_json')
    return { status, body: { detail: message, code } };
  const loc = ['body', ...(details.pointer ?? '').split('/').slice(1)];
  return { status: UNPROCESSABLE, body: { detail: [{ loc, msg: message, type: code }] } };
}
