/** How people sign in, as the configuration tree says it at present. */
export interface SignInSettings {
  readonly organization: string;
  /** Where the console is reached: scheme, host and port. Undefined: as the browser says. */
  readonly publicOrigin: string | undefined;
  readonly idleMs: number;
  readonly absoluteMs: number;
  /** Whether there are passwords at all. */
  readonly password: boolean;
  readonly passkey: boolean;
}

/** Who is at the door, before it is known who. */
export interface Visitor {
  readonly address: string;
  readonly userAgent: string;
  /** What a browser that has signed in before brings. */
  readonly device: string | undefined;
  /** Scheme, host and port that the browser asked. */
  readonly origin: string;
}
