import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWK, type JWTPayload } from 'jose';
import Provider from 'oidc-provider';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createMemoryCredentialStore } from '../../adapters/memory/memory-credential-store.ts';
import { createFetchJson } from '../../adapters/undici/fetch-json.ts';
import { createUndiciTransport } from '../../adapters/undici/transport.ts';
import { configurationSchema } from '../../contract/configuration.ts';
import { Refusal } from '../../domain/refusal.ts';
import { createIdentityRoom, type FetchJson, type Identity } from './identity.ts';

const AUDIENCE = 'https://gateway.test/';

let clock = { ms: 0 };
let server: Server;
let issuer = '';
let listener: RequestListener = (_request, response) => response.end();
const transport = createUndiciTransport();
const fetchReal = createFetchJson(transport);

beforeAll(async () => {
  server = createServer((request, response) => listener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  await transport.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

beforeEach(() => {
  clock = { ms: Date.now() };
});

function identityWith(fetchJson: FetchJson, change: object = {}): Identity {
  const tree = configurationSchema.parse({
    version: 1,
    principals: {
      alice: { kind: 'person', groups: ['staff'] },
      'build-bot': { kind: 'service', groups: ['robots'] },
    },
    applications: { app: {}, portal: {} },
    issuers: {
      corporate: { issuer, audience: AUDIENCE, application: 'app', allow_private_network: true, ...change },
    },
  });
  return createIdentityRoom({
    voucherKey: Buffer.alloc(32),
    store: createMemoryCredentialStore(),
    clock: { now: () => clock.ms },
    fetchJson,
  }).withConfiguration(tree);
}

function authenticate(identity: Identity, token: string, assertedPrincipal?: string) {
  return identity.authenticate({
    authorization: `Bearer ${token}`,
    xApiKey: undefined,
    xGoogApiKey: undefined,
    assertedPrincipal,
  });
}

async function codeOf(identity: Identity, token: string): Promise<string> {
  try {
    await authenticate(identity, token);
    return 'authenticated';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

async function newKey(kid: string, alg = 'RS256') {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return {
    kid,
    alg,
    privateKey,
    publicJwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } satisfies JWK,
    privateJwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' } satisfies JWK,
  };
}

type Key = Awaited<ReturnType<typeof newKey>>;

/** An issuer whose documents are values here; counts what is fetched. */
function heldIssuer(...keys: readonly Key[]) {
  const held = { keys: [...keys], fetched: [] as string[], isDown: false };
  const fetchJson: FetchJson = (url) => {
    held.fetched.push(url);
    if (held.isDown) return Promise.reject(new Error('down'));
    if (url.endsWith('/.well-known/openid-configuration'))
      return Promise.resolve({ issuer, jwks_uri: `${issuer}/jwks` });
    return Promise.resolve({ keys: held.keys.map(({ publicJwk }) => publicJwk) });
  };
  return { held, fetchJson };
}

/** Signs what a good issuer would say, with changes. */
function sign(key: Key, claims: JWTPayload = {}, header: object = {}): Promise<string> {
  const now = Math.floor(clock.ms / 1_000);
  return new SignJWT({ iss: issuer, aud: AUDIENCE, sub: 'alice', iat: now, exp: now + 300, ...claims })
    .setProtectedHeader({ alg: key.alg, kid: key.kid, ...header })
    .sign(key.privateKey);
}

describe('tokens of a real OpenID provider', () => {
  const providerWith = (key: Key) =>
    new Provider(issuer, {
      clients: [
        {
          client_id: 'build-bot',
          client_secret: 'a secret of tests',
          grant_types: ['client_credentials'],
          redirect_uris: [],
          response_types: [],
        },
      ],
      jwks: { keys: [key.privateJwk] },
      extraTokenClaims: () => ({ groups: ['engineering'] }),
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => AUDIENCE,
          useGrantedResource: () => true,
          getResourceServerInfo: (_context, audience) => ({
            scope: '',
            audience,
            accessTokenFormat: 'jwt',
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
    });

  async function tokenFrom(resource: string): Promise<string> {
    const response = await fetch(`${issuer}/token`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        authorization: `Basic ${Buffer.from('build-bot:a%20secret%20of%20tests').toString('base64')}`,
      },
      body: new URLSearchParams({ grant_type: 'client_credentials', resource }),
    });
    const answer = (await response.json()) as { access_token?: string };
    if (answer.access_token === undefined) throw new Error(`no token: ${JSON.stringify(answer)}`);
    return answer.access_token;
  }

  test('authenticate, and go on to do so after the provider has changed its key', async () => {
    const callbackOf = (key: Key): RequestListener => {
      const handle = providerWith(key).callback();
      return (request, response) => void handle(request, response);
    };
    listener = callbackOf(await newKey('first'));
    const identity = identityWith(fetchReal, { principal_kind: 'service' });
    const token = await tokenFrom(AUDIENCE);
    expect(await authenticate(identity, token)).toMatchObject({
      method: 'jwt',
      credentialId: expect.stringMatching(/^jwt:corporate\/./) as string,
      applicationId: 'app',
      principal: { kind: 'service', id: 'build-bot', groups: ['robots', 'engineering'] },
      scopes: new Set(['inference']),
    });
    expect(await codeOf(identity, await tokenFrom('https://another.test/'))).toBe('invalid_credential');

    listener = callbackOf(await newKey('second'));
    clock.ms += 10_000;
    expect(await codeOf(identity, await tokenFrom(AUDIENCE))).toBe('authenticated');
    // The first key is not the provider's any more.
    expect(await codeOf(identity, token)).toBe('invalid_credential');
  });

  test('are not fetched keys for where private networks are not allowed', async () => {
    const identity = identityWith(fetchReal, { allow_private_network: false });
    expect(await codeOf(identity, await sign(await newKey('any')))).toBe('overloaded');
  });
});

describe('a token', () => {
  let key: Key;
  let identity: Identity;

  beforeAll(async () => {
    key = await newKey('k1');
  });

  beforeEach(() => {
    identity = identityWith(heldIssuer(key).fetchJson);
  });

  const seconds = (offset: number) => Math.floor(clock.ms / 1_000) + offset;

  test.each<[string, () => JWTPayload, string]>([
    ['as it should be', () => ({}), 'authenticated'],
    ['for several audiences', () => ({ aud: ['https://x.test', AUDIENCE] }), 'authenticated'],
    ['for another audience', () => ({ aud: 'https://x.test' }), 'invalid_credential'],
    ['for no audience', () => ({ aud: undefined }), 'invalid_credential'],
    ['of another issuer', () => ({ iss: 'https://evil.test' }), 'invalid_credential'],
    ['of an issuer that differs in a slash', () => ({ iss: `${issuer}/` }), 'invalid_credential'],
    ['of no issuer', () => ({ iss: undefined }), 'invalid_credential'],
    ['expired', () => ({ exp: seconds(-31) }), 'expired_credential'],
    ['expired within the skew', () => ({ exp: seconds(-28) }), 'authenticated'],
    ['that never expires', () => ({ exp: undefined }), 'invalid_credential'],
    ['not valid yet', () => ({ nbf: seconds(60) }), 'invalid_credential'],
    ['not valid yet, within the skew', () => ({ nbf: seconds(20) }), 'authenticated'],
    ['of nobody', () => ({ sub: undefined }), 'invalid_credential'],
    ['of an empty somebody', () => ({ sub: '' }), 'invalid_credential'],
    ['of a name with a line break', () => ({ sub: 'alice\nadmin' }), 'invalid_credential'],
    ['of a name that is very long', () => ({ sub: 'a'.repeat(257) }), 'invalid_credential'],
  ])('%s', async (_name, claims, expected) => {
    expect(await codeOf(identity, await sign(key, claims()))).toBe(expected);
  });

  test('signed by nobody, by another key or with the public key as a secret is refused', async () => {
    const claims = { iss: issuer, aud: AUDIENCE, sub: 'alice', exp: seconds(300) };
    const unsigned = new UnsecuredJWT(claims).encode();
    const none = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${unsigned.split('.')[1]}.`;
    const other = await sign({ ...(await newKey('k1')), kid: 'k1' });
    const confused = await new SignJWT(claims)
      .setProtectedHeader({ alg: 'HS256', kid: 'k1' })
      .sign(Buffer.from(JSON.stringify(key.publicJwk)));
    for (const token of [unsigned, none, `${none}AAAA`, other, confused])
      expect(await codeOf(identity, token)).toBe('invalid_credential');
  });

  test('signed by an algorithm that is not pinned is refused, though the key is the issuer’s', async () => {
    const elliptic = await newKey('k2', 'ES256');
    const { fetchJson } = heldIssuer(key, elliptic);
    expect(await codeOf(identityWith(fetchJson), await sign(elliptic))).toBe('invalid_credential');
    expect(await codeOf(identityWith(fetchJson, { algorithms: ['ES256'] }), await sign(elliptic))).toBe(
      'authenticated',
    );
    expect(await codeOf(identityWith(fetchJson, { algorithms: ['ES256'] }), await sign(key))).toBe(
      'invalid_credential',
    );
  });

  test('changed in any part is refused', async () => {
    const token = await sign(key);
    for (let part = 0; part < 3; part++) {
      const parts = token.split('.');
      const text = parts[part] ?? '';
      parts[part] = `${text.slice(0, 10)}${text[10] === 'A' ? 'B' : 'A'}${text.slice(11)}`;
      expect(await codeOf(identity, parts.join('.'))).toBe('invalid_credential');
    }
    expect(await codeOf(identity, token)).toBe('authenticated');
  });

  test('over 16 KiB is not even looked at', async () => {
    const { held, fetchJson } = heldIssuer(key);
    expect(await codeOf(identityWith(fetchJson), await sign(key, { padding: 'a'.repeat(16_384) }))).toBe(
      'invalid_credential',
    );
    expect(held.fetched).toEqual([]);
  });

  test('that was verified expires all the same', async () => {
    const token = await sign(key);
    expect(await codeOf(identity, token)).toBe('authenticated');
    clock.ms += 331_000;
    expect(await codeOf(identity, token)).toBe('expired_credential');
  });

  test.each<[unknown, readonly string[]]>([
    [
      ['engineering', 'staff'],
      ['staff', 'engineering'],
    ],
    [[], ['staff']],
    ['engineering', ['staff']],
    [{ a: 1 }, ['staff']],
    [
      ['ok', 7, null, 'with space', 'line\nbreak'],
      ['staff', 'ok'],
    ],
    [undefined, ['staff']],
  ])('with the groups %j puts its person in %j', async (groups, expected) => {
    expect((await authenticate(identity, await sign(key, { groups }))).principal.groups).toEqual(expected);
  });

  test('says its principal and application in the claims that the issuer’s configuration names', async () => {
    const { fetchJson } = heldIssuer(key);
    const mapped = identityWith(fetchJson, {
      principal_claim: 'email',
      application: undefined,
      application_claim: 'azp',
      groups_claim: 'roles',
    });
    const claims = { email: 'bo@corp.test', azp: 'portal', roles: ['r'] };
    expect(await authenticate(mapped, await sign(key, claims))).toMatchObject({
      applicationId: 'portal',
      principal: { kind: 'person', id: 'bo@corp.test', groups: ['r'] },
    });
    expect(await codeOf(mapped, await sign(key, { ...claims, azp: 'nowhere' }))).toBe('invalid_credential');
    expect(await codeOf(mapped, await sign(key, { ...claims, azp: undefined }))).toBe('invalid_credential');
    expect(await codeOf(mapped, await sign(key, { ...claims, azp: '__proto__' }))).toBe('invalid_credential');
  });

  test('may assert a principal only where its issuer is given that scope', async () => {
    await expect(authenticate(identity, await sign(key), 'person:bo')).rejects.toMatchObject({
      code: 'insufficient_scope',
    });
    const trusted = identityWith(heldIssuer(key).fetchJson, { scopes: ['inference', 'assert_principal'] });
    expect(await authenticate(trusted, await sign(key), 'person:bo')).toMatchObject({
      principal: { id: 'bo' },
      assertedBy: { id: 'alice' },
    });
  });
});

describe('an issuer’s keys', () => {
  test('are fetched once for a burst of tokens', async () => {
    const key = await newKey('k1');
    const { held, fetchJson } = heldIssuer(key);
    const identity = identityWith(fetchJson);
    const tokens = await Promise.all(Array.from({ length: 20 }, (_, i) => sign(key, { jti: String(i) })));
    await Promise.all(tokens.map((token) => authenticate(identity, token)));
    expect(held.fetched).toEqual([`${issuer}/.well-known/openid-configuration`, `${issuer}/jwks`]);
  });

  test('are fetched from the configured address without asking for it', async () => {
    const key = await newKey('k1');
    const { held, fetchJson } = heldIssuer(key);
    await authenticate(identityWith(fetchJson, { jwks_uri: 'https://keys.test/jwks' }), await sign(key));
    expect(held.fetched).toEqual(['https://keys.test/jwks']);
  });

  test('are looked at again for an unknown key, but not more than once in ten seconds', async () => {
    const [old, next] = [await newKey('old'), await newKey('next')];
    const { held, fetchJson } = heldIssuer(old);
    const identity = identityWith(fetchJson);
    await authenticate(identity, await sign(old));
    held.keys = [next];
    held.fetched = [];
    for (let i = 0; i < 10; i++) expect(await codeOf(identity, await sign(next))).toBe('invalid_credential');
    expect(held.fetched).toEqual([]);
    clock.ms += 10_000;
    expect(await codeOf(identity, await sign(next))).toBe('authenticated');
    expect(held.fetched.length).toBe(2);
  });

  test('are forgotten when the issuer withdraws them', async () => {
    const [old, next] = [await newKey('old'), await newKey('next')];
    const { held, fetchJson } = heldIssuer(old, next);
    const identity = identityWith(fetchJson);
    const token = await sign(old, { exp: Math.floor(clock.ms / 1_000) + 3_600 });
    expect(await codeOf(identity, token)).toBe('authenticated');
    held.keys = [next];
    clock.ms += 10 * 60_000;
    await authenticate(identity, await sign(next));
    expect(await codeOf(identity, token)).toBe('invalid_credential');
  });

  test('are looked at again even where one token, verified before, is all that comes', async () => {
    const key = await newKey('old');
    const { held, fetchJson } = heldIssuer(key);
    const identity = identityWith(fetchJson);
    const token = await sign(key, { exp: Math.floor(clock.ms / 1_000) + 3_600 });
    expect(await codeOf(identity, token)).toBe('authenticated');
    held.keys = [];
    clock.ms += 10 * 60_000;
    expect(await codeOf(identity, token)).toBe('invalid_credential');
  });

  test('that are there serve on while the issuer hangs', async () => {
    const key = await newKey('k1');
    const { fetchJson } = heldIssuer(key);
    let hangs = false;
    const identity = identityWith((url, options) =>
      hangs ? new Promise(() => undefined) : fetchJson(url, options),
    );
    await authenticate(identity, await sign(key));
    hangs = true;
    clock.ms += 10 * 60_000;
    expect(await codeOf(identity, await sign(key))).toBe('authenticated');
  });

  test('serve on for an hour while the issuer is down, and not longer', async () => {
    const key = await newKey('k1');
    const { held, fetchJson } = heldIssuer(key);
    const identity = identityWith(fetchJson);
    await authenticate(identity, await sign(key));
    held.isDown = true;
    clock.ms += 59 * 60_000;
    expect(await codeOf(identity, await sign(key))).toBe('authenticated');
    clock.ms += 60_000;
    expect(await codeOf(identity, await sign(key))).toBe('overloaded');
    held.isDown = false;
    clock.ms += 10_000;
    expect(await codeOf(identity, await sign(key))).toBe('authenticated');
  });

  test.each<[string, FetchJson]>([
    ['throws', () => Promise.reject(new Error('down'))],
    ['answers nonsense', () => Promise.resolve('nonsense')],
    ['answers null', () => Promise.resolve(null)],
    [
      'answers for another issuer',
      () => Promise.resolve({ issuer: 'https://evil.test', jwks_uri: 'https://evil.test/jwks', keys: [] }),
    ],
    [
      'answers with keys that are none',
      (url) =>
        Promise.resolve(url.endsWith('/jwks') ? { keys: 'x' } : { issuer, jwks_uri: `${issuer}/jwks` }),
    ],
  ])('refuse every token while their source %s', async (_name, fetchJson) => {
    expect(await codeOf(identityWith(fetchJson), await sign(await newKey('k1')))).toBe('overloaded');
  });

  test('that are malformed verify nothing', async () => {
    const key = await newKey('k1');
    const { held, fetchJson } = heldIssuer(key);
    held.keys = [{ ...key, publicJwk: { kty: 'RSA', kid: 'k1', alg: 'RS256', n: '!', e: '!' } as never }];
    expect(await codeOf(identityWith(fetchJson), await sign(key))).toBe('invalid_credential');
  });
});

test('two configurations of one issuer are a mistake that stops the configuration', () => {
  const tree = configurationSchema.parse({
    version: 1,
    issuers: {
      a: { issuer: 'https://i.test', audience: 'x' },
      b: { issuer: 'https://i.test', audience: 'y' },
    },
  });
  const room = createIdentityRoom({
    voucherKey: Buffer.alloc(32),
    store: createMemoryCredentialStore(),
    clock: { now: () => 0 },
    fetchJson: () => Promise.reject(new Error('none')),
  });
  expect(() => room.withConfiguration(tree)).toThrow('https://i.test is configured twice');
});
