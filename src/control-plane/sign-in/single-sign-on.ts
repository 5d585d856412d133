/** The way to an identity provider, and back. */
import type { singleSignOnOperations } from '../../contract/api/single-sign-on.ts';
import { API_BASE } from '../../contract/api/client.ts';
import { Refusal } from '../../domain/refusal.ts';
import { PROVIDER_STEP_MS, type Administrators } from '../../governance/administrators/administrators.ts';
import type { Asking, Handlers } from '../handler.ts';
import { cookieIn, visitorOf, type Cookies } from './visitor.ts';

export interface SingleSignOnRooms {
  readonly administrators: Administrators;
  readonly cookies: Cookies;
  /** Where the console is reached, where that is configured. */
  readonly publicOrigin: () => string | undefined;
  readonly onFault: (error: unknown) => void;
}

/** What a sign-in that is under way leaves with the browser. */
const STEP_COOKIE = 'bartizan_provider_step';
const STEP_PATH = `${API_BASE}/sign-in/oidc`;
const HOME = '/console';
const SIGN_IN = '/console/sign-in';

export function singleSignOnHandlers(rooms: SingleSignOnRooms): Handlers<typeof singleSignOnOperations> {
  const { administrators, cookies, publicOrigin } = rooms;
  const { provider: providers } = administrators.signIn;
  const callbackOf = (provider: string, { origin }: Asking) =>
    new URL(`${STEP_PATH}/${encodeURIComponent(provider)}/callback`, publicOrigin() ?? origin);
  const stepCookie = (asking: Asking, value: string, seconds: number) =>
    `${STEP_COOKIE}=${value}; Path=${STEP_PATH}; HttpOnly; SameSite=Lax; Max-Age=${seconds}${
      (publicOrigin() ?? asking.origin).startsWith('https:') ? '; Secure' : ''
    }`;
  return {
    beginProviderSignIn: ({ path: { provider }, query: { to } }, asking) =>
      orProblem(rooms, async () => {
        const redirectUri = callbackOf(provider, asking).href;
        const way = await providers.begin(provider, { redirectUri, to: pageOf(to) });
        asking.setHeader('set-cookie', stepCookie(asking, way.step, PROVIDER_STEP_MS / 1_000));
        return { location: way.location };
      }),
    finishProviderSignIn: ({ path: { provider }, query }, asking) =>
      orProblem(rooms, async () => {
        const url = callbackOf(provider, asking);
        for (const [name, value] of Object.entries(query))
          if (typeof value === 'string') url.searchParams.set(name, value);
        const step = cookieIn(asking.headers, STEP_COOKIE);
        const done = await providers.finish(provider, { url, step }, visitorOf(asking));
        cookies.step(asking, done, [stepCookie(asking, '', 0)]);
        return { location: done.to };
      }),
  };
}

/** Below the console, and nowhere else: what stands in an address leads nobody away. */
function pageOf(to: string | undefined): string {
  return to !== undefined && /^\/console(?:\/[\w./~%=&?-]*)?$/.test(to) && !to.includes('//') ? to : HOME;
}

/** A browser's address bar wants a page, whatever comes. */
async function orProblem(
  { onFault }: SingleSignOnRooms,
  work: () => Promise<{ location: string }>,
): Promise<{ location: string }> {
  try {
    return await work();
  } catch (error) {
    // The browser is told a code, and whoever looks after the provider finds the reason in the log.
    onFault(error);
    return { location: `${SIGN_IN}?problem=${error instanceof Refusal ? error.code : 'internal'}` };
  }
}
