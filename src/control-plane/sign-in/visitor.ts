/** Who is at the door, as far as a request tells, and the cookies that they leave with. */
import type { NewCookie, SignInStep, Visitor } from '../../governance/administrators/administrators.ts';
import { SESSION_COOKIE } from '../gatekeeper.ts';
import type { Asking } from '../handler.ts';

/** Marks a browser that has signed in before. */
const DEVICE_COOKIE = 'bartizan_device';
const DEVICE_SECONDS = 365 * 24 * 60 * 60;

export function visitorOf({ address, origin, headers }: Asking): Visitor {
  const agent = headers['user-agent'];
  return { address, origin, userAgent: typeof agent === 'string' ? agent : '', device: deviceIn(headers) };
}

function deviceIn({ cookie }: Asking['headers']): string | undefined {
  if (typeof cookie !== 'string') return undefined;
  return new RegExp(`(?:^|; ?)${DEVICE_COOKIE}=([\\w.-]{1,200})`).exec(cookie)?.[1];
}

export interface Cookies {
  /** A new session's, or a session's new one. */
  session(asking: Asking, cookie: NewCookie): void;
  /** What a step of a sign-in answers. */
  step(asking: Asking, step: SignInStep): SignInAnswer;
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
    step(asking, step) {
      if (step.kind === 'second-factor') return { ...step, factors: [...step.factors] };
      asking.setHeader('set-cookie', [
        sessionCookie(asking, step),
        `${DEVICE_COOKIE}=${step.device}; ${attributesFor(asking)}; Max-Age=${DEVICE_SECONDS}`,
      ]);
      return { kind: 'signed-in' };
    },
  };
}
