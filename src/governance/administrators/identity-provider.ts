/** One identity provider over OpenID Connect: the way there (code flow, PKCE, state, nonce), and what it says of who came back. */
import type * as OpenIdClient from 'openid-client';
import type { ProviderSettings } from './settings.ts';

/** How the house itself asks the provider: no redirects followed, addresses guarded, every wait and size bounded. */
export type BackChannel = (
  request: {
    readonly url: string;
    readonly method: 'GET' | 'POST';
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  },
  options: { readonly allowPrivateNetwork: boolean },
) => Promise<Response>;

/** What has to come back, kept by the browser under seal. */
export interface Expected {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export type Claims = Readonly<Record<string, unknown>>;

export interface IdentityProviders {
  begin(
    name: string,
    redirectUri: string,
  ): Promise<{ readonly location: string; readonly expected: Expected }>;
  /** `url` is the whole address that the browser came back to. @throws Error where anything about it is not as it must be */
  finish(name: string, url: URL, expected: Expected): Promise<Claims>;
}

export interface IdentityProvidersMeans {
  readonly settings: (name: string) => ProviderSettings;
  readonly backChannel: BackChannel;
  readonly now: () => number;
}

const REMEMBERED_MS = 10 * 60_000;
const TIMEOUT_SECONDS = 10;

interface Discovered {
  readonly client: OpenIdClient.Configuration;
  readonly library: typeof OpenIdClient;
  readonly settings: ProviderSettings;
}

export function createIdentityProviders(means: IdentityProvidersMeans): IdentityProviders {
  const remembered = new Map<
    string,
    { readonly of: string; readonly untilMs: number; readonly found: Promise<Discovered> }
  >();

  /** Discovered again after a while, when the settings change, and when it failed. */
  function discovered(name: string): Promise<Discovered> {
    const settings = means.settings(name);
    const of = JSON.stringify(settings);
    const known = remembered.get(name);
    if (known !== undefined && known.of === of && means.now() < known.untilMs) return known.found;
    const found = discover(settings, means.backChannel);
    remembered.set(name, { of, untilMs: means.now() + REMEMBERED_MS, found });
    found.catch(() => remembered.delete(name));
    return found;
  }

  return {
    async begin(name, redirectUri) {
      const { client, library, settings } = await discovered(name);
      const expected = {
        state: library.randomState(),
        nonce: library.randomNonce(),
        verifier: library.randomPKCECodeVerifier(),
      };
      const location = library.buildAuthorizationUrl(client, {
        redirect_uri: redirectUri,
        scope: settings.scopes.join(' '),
        state: expected.state,
        nonce: expected.nonce,
        code_challenge: await library.calculatePKCECodeChallenge(expected.verifier),
        code_challenge_method: 'S256',
      });
      return { location: location.href, expected };
    },
    async finish(name, url, { state, nonce, verifier }) {
      const { client, library, settings } = await discovered(name);
      const tokens = await library.authorizationCodeGrant(client, url, {
        expectedState: state,
        expectedNonce: nonce,
        pkceCodeVerifier: verifier,
        idTokenExpected: true,
      });
      const claims: Claims | undefined = tokens.claims();
      if (claims === undefined || typeof claims['sub'] !== 'string') throw new Error('no ID token came back');
      if (client.serverMetadata().userinfo_endpoint === undefined || !lacksClaims(claims, settings))
        return claims;
      // Some say in the ID token only who it is, and the rest where they are asked for it.
      const more: Claims = await library.fetchUserInfo(client, tokens.access_token, claims['sub']);
      return { ...more, ...claims };
    },
  };
}

function lacksClaims(claims: Claims, { idClaim, groupsClaim }: ProviderSettings): boolean {
  return claimIn(claims, idClaim) === undefined || claimIn(claims, groupsClaim) === undefined;
}

async function discover(settings: ProviderSettings, backChannel: BackChannel): Promise<Discovered> {
  const library = await import('openid-client');
  const { issuer, clientId, clientSecret, allowPrivateNetwork } = settings;
  const secret = clientSecret === undefined ? undefined : await clientSecret.read();
  const fetchGuarded: OpenIdClient.CustomFetch = (url, { method, headers, body }) => {
    if (method !== 'GET' && method !== 'POST') return Promise.reject(new Error(`no ${method} to a provider`));
    const text = typeof body === 'string' || body instanceof URLSearchParams ? String(body) : null;
    return backChannel({ url, method, headers, body: text }, { allowPrivateNetwork });
  };
  const client = await library.discovery(
    new URL(issuer),
    clientId,
    undefined,
    secret === undefined ? library.None() : authentication(library, secret),
    {
      [library.customFetch]: fetchGuarded,
      timeout: TIMEOUT_SECONDS,
      // The back channel decides which addresses may be asked without TLS.
      execute: allowPrivateNetwork ? [library.allowInsecureRequests] : [],
    },
  );
  return { client, library, settings };
}

/** As the provider takes it: in the body where it says so, else as the specification has it. */
function authentication(library: typeof OpenIdClient, secret: string): OpenIdClient.ClientAuth {
  return (server, client, body, headers) => {
    const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') === true;
    const authenticate = inBody ? library.ClientSecretPost(secret) : library.ClientSecretBasic(secret);
    authenticate(server, client, body, headers);
  };
}

/** A claim by its name, or by the way to it: `realm_access.roles`. */
export function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let value: unknown = claims;
  for (const step of name.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined;
    value = (value as Readonly<Record<string, unknown>>)[step];
  }
  return value;
}
