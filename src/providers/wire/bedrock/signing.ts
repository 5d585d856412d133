/** Credentials for AWS and Signature Version 4. */
import aws4 from 'aws4';
import { isObject, parseTrusted, type Json } from '../../../base/json.ts';

export type AwsCredential =
  | { readonly kind: 'bearer'; readonly token: string }
  | {
      readonly kind: 'keys';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
    };

const VISIBLE = /^[\x21-\x7e]+$/;

/**
 * JSON with `accessKeyId`, `secretAccessKey` and perhaps `sessionToken`; `accessKeyId:secretAccessKey[:sessionToken]`;
 * otherwise a bearer API key. @throws Error for anything that cannot be one; it never quotes the credential
 */
export function parseAwsCredential(credential: string): AwsCredential {
  const trimmed = credential.trim();
  if (trimmed.startsWith('{')) return fromJson(trimmed);
  if (!VISIBLE.test(trimmed)) throw new Error('the AWS credential has characters that no credential has');
  // No bearer API key has a colon.
  if (!trimmed.includes(':')) return { kind: 'bearer', token: trimmed };
  const [accessKeyId = '', secretAccessKey = '', ...rest] = trimmed.split(':');
  if (accessKeyId === '' || secretAccessKey === '') throw new Error('the AWS credential has an empty part');
  const sessionToken = rest.join(':');
  return { kind: 'keys', accessKeyId, secretAccessKey, ...(sessionToken === '' ? {} : { sessionToken }) };
}

function fromJson(text: string): AwsCredential {
  let json: Json;
  try {
    json = parseTrusted(text);
  } catch {
    throw new Error('the AWS credential begins like JSON and is none');
  }
  const fields = isObject(json) ? json : {};
  const accessKeyId = fields['accessKeyId'] ?? fields['AccessKeyId'];
  const secretAccessKey = fields['secretAccessKey'] ?? fields['SecretAccessKey'];
  const sessionToken = fields['sessionToken'] ?? fields['SessionToken'];
  if (typeof accessKeyId !== 'string' || typeof secretAccessKey !== 'string') {
    throw new Error('the AWS credential needs "accessKeyId" and "secretAccessKey"');
  }
  return {
    kind: 'keys',
    accessKeyId,
    secretAccessKey,
    ...(typeof sessionToken === 'string' && sessionToken !== '' ? { sessionToken } : {}),
  };
}

export interface UnsignedRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** The headers with a signature of method POST. @param nowMs the time it is valid around */
export function signed(
  request: UnsignedRequest,
  credential: Extract<AwsCredential, { kind: 'keys' }>,
  region: string,
  service: string,
  nowMs: number,
): Record<string, string> {
  const { host, pathname, search } = new URL(request.url);
  const date = new Date(nowMs).toISOString().replace(/[:-]|\.\d{3}/g, '');
  const { kind: _, ...keys } = credential;
  const result = aws4.sign(
    {
      method: 'POST',
      host,
      path: pathname + search,
      service,
      region,
      // aws4 tells apart what is signed by this name alone.
      headers: { ...request.headers, host, 'X-Amz-Date': date },
      body: request.body,
    },
    keys,
  );
  return Object.fromEntries(
    Object.entries(result.headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
