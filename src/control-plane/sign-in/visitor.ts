/** Who is at the door, as far as a request tells, and the cookies that they leave with. */
import type { NewCookie, SignInStep, Visitor } from '../../governance/administrators/administrators.ts';
import { SESSION_COOKIE } from '../gatekeeper.ts';
import type { Asking } from '../handler.ts';

/** Marks a browser that has signed in before. */
const DEVICE_COOKIE = 'bartizan_device';
const DEVICE_SECONDS = 365 * 24 * 60 * 60;

export function visitorOf({ address, origin, headers }: Asking): Visitor {
  const agent = headers['user-agent'];
  return {
    address,
    origin,
    userAgent: typeof agent === 'string' ? agent : '',
    device: cookieIn(headers, DEVICE_COOKIE),
  };
}

/** Of a name that is one of ours. */
export function cookieIn({ cookie }: Asking['headers'], name: string): string | undefined {
  if (typeof cookie !== 'string') return undefined;
  return new RegExp(`(?:^|; ?)${name}=([\\w.-]{1,4000})`).exec(cookie)?.[1];
}

export interface Cookies {
  /** A new session's, or a session's new one. */
  session(asking: Asking, cookie: NewCookie): void;
  /** What a step of a sign-in answers; with further cookies, where it leaves any. */
  step(asking: Asking, step: SignInStep, others?: readonly string[]): SignInAnswer;
}

type SignInAnswer =
  | { kind: 'signed-in' }
  | {
      kind: 'second-factor';
      pending: string;
      factors: ('totp' | 'passkey' | 'recovery-code')[];
      expiresAtMs: number;
    };

export interface CookieSettings {
  /** Where the console is reached, where that is configured. */
  readonly publicOrigin: () => string | undefined;
}

export function createCookies({ publicOrigin }: CookieSettings): Cookies {
  const attributesFor = ({ origin }: Asking) =>
    `Path=/; HttpOnly; SameSite=Lax${(publicOrigin() ?? origin).startsWith('https:') ? '; Secure' : ''}`;
  const sessionCookie = (asking: Asking, { cookie, expiresAtMs }: NewCookie) =>
    `${SESSION_COOKIE}=${cookie}; ${attributesFor(asking)}; Expires=${new Date(expiresAtMs).toUTCString()}`;
  return {
    session: (asking, cookie) => asking.setHeader('set-cookie', sessionCookie(asking, cookie)),
    step(asking, step, others = []) {
      if (step.kind === 'second-factor') return { ...step, factors: [...step.factors] };
      asking.setHeader('set-cookie', [
        sessionCookie(asking, step),
        `${DEVICE_COOKIE}=${step.device}; ${attributesFor(asking)}; Max-Age=${DEVICE_SECONDS}`,
        ...others,
      ]);
      return { kind: 'signed-in' };
    },
  };
}
