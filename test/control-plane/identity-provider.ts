/** A real OpenID Connect provider on loopback, whose people are whoever a test says: they sign in at once, or by its pages. */
import { generateKeyPairSync } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider, { type Configuration } from 'oidc-provider';

export interface IdentityProvider {
  readonly issuer: string;
  /** Who is asked for a password there next: claims, with `sub`. */
  person: Readonly<Record<string, unknown>> & { readonly sub: string };
  /** Whom it knows as its client. */
  sendBackTo(redirectUri: string): void;
  /** Follows a browser from the gateway to here and back again: the address that it is sent back to. */
  visit(location: string): Promise<string>;
  /** Answers itself instead. */
  intercept: RequestListener | undefined;
  stop(): Promise<void>;
}

export const CLIENT = { id: 'bartizan', secret: 'a secret of tests, long enough' } as const;

const KEY = {
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' }),
  kty: 'RSA' as const,
  use: 'sig' as const,
  alg: 'RS256' as const,
};

/** `pages`: its own, where people sign in by name and agree to what is told of them; for a browser. */
export async function startIdentityProvider(
  ways: 'at once' | 'pages' = 'at once',
): Promise<IdentityProvider> {
  let listener: RequestListener = (_request, response) => response.end();
  const server = createServer((request, response) => (running.intercept ?? listener)(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const running: IdentityProvider = {
    issuer,
    person: { sub: 'nobody' },
    intercept: undefined,
    sendBackTo(redirectUri) {
      listener = providerOf(issuer, [redirectUri], { ways, person: () => running.person });
    },
    visit: (location) => follow(location, issuer),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return running;
}

interface House {
  readonly ways: 'at once' | 'pages';
  readonly person: () => IdentityProvider['person'];
}

function providerOf(issuer: string, redirectUris: string[], { ways, person }: House): RequestListener {
  const atOnce: Configuration = {
    interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    async loadExistingGrant({ oidc }) {
      const { client, session, params } = oidc;
      const grant = new provider.Grant({ clientId: client!.clientId, accountId: session!.accountId! });
      grant.addOIDCScope(String(params!['scope']));
      await grant.save();
      return grant;
    },
  };
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: redirectUris,
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
    scopes: ['openid', 'email', 'profile', 'groups'],
    features: { devInteractions: { enabled: ways === 'pages' } },
    cookies: { keys: ['a key of tests'] },
    jwks: { keys: [KEY] },
    findAccount: (_context, id) => ({ accountId: id, claims: async () => ({ ...person(), sub: id }) }),
    ...(ways === 'at once' ? atOnce : {}),
  });
  const callback = provider.callback();
  return (request, response) => {
    if (ways === 'pages' || !request.url?.startsWith('/interaction/'))
      return void callback(request, response);
    void provider.interactionFinished(request, response, { login: { accountId: person().sub } });
  };
}

/** As a browser would, with cookies, until it is sent away from here. */
async function follow(location: string, issuer: string): Promise<string> {
  const cookies = new Map<string, string>();
  let next = location;
  for (let hops = 0; hops < 10; hops++) {
    const response = await fetch(next, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      cookies.set(name, value);
    }
    const away = response.headers.get('location');
    if (away === null)
      throw new Error(`the provider stops here: ${response.status} ${await response.text()}`);
    next = new URL(away, next).href;
    if (!next.startsWith(issuer)) return next;
  }
  throw new Error('the provider leads round in a circle');
}
