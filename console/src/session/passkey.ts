/** Passkeys: what the server asks for is handed to the browser, and its answer back. */

type Options = Readonly<Record<string, unknown>>;
export interface PasskeyAnswer {
  readonly id: string;
  readonly type: 'public-key';
  readonly [key: string]: unknown;
}

export function hasPasskeys(): boolean {
  return typeof window.PublicKeyCredential === 'function';
}

export async function askPasskey(options: Options): Promise<PasskeyAnswer> {
  const { startAuthentication } = await import('@simplewebauthn/browser');
  // The server makes them in exactly this form.
  return { ...(await understood(startAuthentication({ optionsJSON: options as never }))) };
}

export async function makePasskey(options: Options): Promise<PasskeyAnswer> {
  const { startRegistration } = await import('@simplewebauthn/browser');
  return { ...(await understood(startRegistration({ optionsJSON: options as never }))) };
}

/** Browsers say little of what went wrong, so that no page learns which passkeys there are. */
async function understood<Answer>(work: Promise<Answer>): Promise<Answer> {
  try {
    return await work;
  } catch (cause) {
    if (cause instanceof Error && cause.name === 'NotAllowedError')
      throw new Error('The passkey was not used: it was cancelled, or took too long.', { cause });
    if (cause instanceof Error && cause.name === 'InvalidStateError')
      throw new Error('This device has a passkey for this account already.', { cause });
    throw cause;
  }
}
