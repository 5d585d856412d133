/** A browser as far as the API sees one: it keeps cookies, and sends the token that shows a page of ours asks. */
import { createClient, type Client } from '../../src/contract/api/client.ts';

export interface Browser {
  readonly client: Client;
  readonly cookies: Map<string, string>;
  /** Reads the session, and from then on sends its token with changes. */
  arrive(): Promise<void>;
  fetch(path: string, init?: RequestInit): Promise<Response>;
}

export interface BrowserOptions {
  readonly userAgent?: string;
  /** Believed where the gateway trusts this machine as a proxy. */
  readonly address?: string;
}

export function openBrowser(url: string, { userAgent = 'test', address }: BrowserOptions = {}): Browser {
  const cookies = new Map<string, string>();
  let csrf = '';
  const send: typeof fetch = async (input, init = {}) => {
    const headers = new Headers(init.headers);
    headers.set('user-agent', userAgent);
    if (address !== undefined) headers.set('x-forwarded-for', address);
    if (cookies.size > 0)
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '));
    const response = await fetch(input, { ...init, headers, redirect: 'manual' });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /Max-Age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return response;
  };
  const client = createClient({
    baseUrl: url,
    fetch: send,
    headers: () => (csrf === '' ? {} : { 'x-bartizan-csrf': csrf }),
  });
  return {
    client,
    cookies,
    async arrive() {
      ({ csrf } = await client.call('getSession'));
    },
    fetch: (path, init) => send(`${url}${path}`, init),
  };
}
