/** An issuer of tokens on loopback: its documents are what a test says, its tokens are signed by its own key. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';

export interface TokenIssuer {
  readonly url: string;
  /** By path; what is no text is sent as JSON. */
  readonly documents: Map<string, unknown>;
  /** Paths that were asked for. */
  readonly asked: string[];
  token(claims: JWTPayload): Promise<string>;
  stop(): Promise<void>;
}

export const AUDIENCE = 'https://gateway.test/';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair('RS256');
  const documents = new Map<string, unknown>();
  const asked: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    asked.push(url);
    const document = documents.get(url);
    if (document instanceof URL) response.writeHead(302, { location: document.href }).end();
    else if (document === undefined) response.writeHead(404).end('{}');
    else response.end(typeof document === 'string' ? document : JSON.stringify(document));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const key = { ...(await exportJWK(publicKey)), kid: 'first', alg: 'RS256', use: 'sig' };
  documents.set('/.well-known/openid-configuration', { issuer: url, jwks_uri: `${url}/keys` });
  documents.set('/keys', { keys: [key] });
  return {
    url,
    documents,
    asked,
    token: (claims) =>
      new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', kid: 'first' })
        .setIssuer(url)
        .setAudience(AUDIENCE)
        .setIssuedAt()
        .setExpirationTime('5m')
        .sign(privateKey),
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
