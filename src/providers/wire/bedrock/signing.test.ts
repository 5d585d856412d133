/** Signatures of AWS: the published example, the forms of a credential, and paths with colons and slashes. */
import { describe, expect, it } from 'vitest';
import { parseAwsCredential, signed } from './signing.ts';

/** From AWS's published test suite for Signature Version 4 (`post-vanilla`). */
const EXAMPLE = {
  kind: 'keys',
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY',
} as const;
const EXAMPLE_TIME = Date.UTC(2015, 7, 30, 12, 36, 0);

describe('a signature', () => {
  it("is the one of AWS's test suite", () => {
    const request = { url: 'https://example.amazonaws.com/', headers: {}, body: '' };
    expect(signed(request, EXAMPLE, 'us-east-1', 'service', EXAMPLE_TIME)['authorization']).toBe(
      'AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, ' +
        'SignedHeaders=host;x-amz-date, ' +
        'Signature=5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    );
  });

  it('is the same for the same request, and another for another body, path, region or time', () => {
    const request = {
      url: 'https://b.example/model/a%3A0/converse',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    };
    const of = (
      change: Partial<typeof request>,
      region = 'eu-west-1',
      at = EXAMPLE_TIME,
    ): string | undefined =>
      signed({ ...request, ...change }, EXAMPLE, region, 'bedrock', at)['authorization'];
    expect(of({})).toBe(of({}));
    const others = [
      of({ body: '{ }' }),
      of({ url: 'https://b.example/model/a%3A1/converse' }),
      of({}, 'us-east-1'),
      of({}, 'eu-west-1', 0),
    ];
    expect(new Set([of({}), ...others]).size).toBe(5);
  });

  it('covers a session token', () => {
    const request = { url: 'https://b.example/', headers: {}, body: '' };
    const headers = signed(
      request,
      { ...EXAMPLE, sessionToken: 'token' },
      'us-east-1',
      'bedrock',
      EXAMPLE_TIME,
    );
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers['authorization']).toContain('x-amz-security-token');
  });
});

describe('a credential', () => {
  it.each([
    ['AKIA1:secret/with+signs', { kind: 'keys', accessKeyId: 'AKIA1', secretAccessKey: 'secret/with+signs' }],
    [
      'ASIA1:s:a:token',
      { kind: 'keys', accessKeyId: 'ASIA1', secretAccessKey: 's', sessionToken: 'a:token' },
    ],
    [' {"accessKeyId":"A","secretAccessKey":"S"} ', { kind: 'keys', accessKeyId: 'A', secretAccessKey: 'S' }],
    [
      '{"AccessKeyId":"A","SecretAccessKey":"S","SessionToken":"T"}',
      { kind: 'keys', accessKeyId: 'A', secretAccessKey: 'S', sessionToken: 'T' },
    ],
    ['ABSKbearer==', { kind: 'bearer', token: 'ABSKbearer==' }],
  ])('%s', (text, expected) => {
    expect(parseAwsCredential(text)).toEqual(expected);
  });

  it.each(['{"accessKeyId":"A"}', '{broken', 'A:', ':S', 'line\nbreak', 'ü'])(
    '%j is none, and is not quoted',
    (text) => {
      const said = (): string => {
        try {
          parseAwsCredential(text);
        } catch (error) {
          return String(error);
        }
        return 'accepted';
      };
      expect(said()).toMatch(/^Error: the AWS credential/);
      expect(said()).not.toContain(text);
    },
  );
});
