/** One's own account: password, second factors, passkeys, and where one is signed in. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';
import { displayName, newPassword, pendingId, totpCode, webAuthnAnswer, webAuthnOptions } from './sign-in.ts';

const passkeySchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  createdAtMs: instant,
  lastUsedAtMs: instant.nullable(),
  /** Whether it is kept by the platform's cloud too. */
  isBackedUp: z.boolean(),
});

const ownSessionSchema = z.strictObject({
  id: z.string(),
  /** The one that asks. */
  isCurrent: z.boolean(),
  createdAtMs: instant,
  lastSeenAtMs: instant,
  expiresAtMs: instant,
  address: z.string(),
  userAgent: z.string(),
  methods: z.array(z.string()),
});

/** The session has a new cookie, and so a new token for changes. */
const renewedSchema = z.strictObject({ csrf: z.string() });
const identified = z.strictObject({ id: z.string().max(200) });
/** Long enough ago that a stolen browser might ask: `fresh_sign_in_needed` tells the page to call `confirmAccount`. */
const FRESH = ['fresh_sign_in_needed'] as const;

export const accountOperations = defineOperations({
  getAccount: {
    method: 'GET',
    path: '/account',
    summary: 'My own account',
    permission: 'signed-in',
    answer: z.strictObject({
      id: z.string(),
      displayName: z.string(),
      /** `local`, or the name of the identity provider that vouches for it. */
      source: z.string(),
      hasPassword: z.boolean(),
      totp: z.strictObject({ enrolledAtMs: instant }).nullable(),
      recoveryCodesLeft: z.int(),
      passkeys: z.array(passkeySchema),
    }),
  },
  updateAccount: {
    method: 'PATCH',
    path: '/account',
    summary: 'How I am called',
    permission: 'signed-in',
    body: z.strictObject({ displayName }),
  },
  confirmAccount: {
    method: 'POST',
    path: '/account/confirm',
    summary: 'Show once more that it is me: some changes need a sign-in of the last quarter of an hour',
    permission: 'signed-in',
    body: z.strictObject({ password: z.string().max(1_024) }),
    answer: renewedSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  changePassword: {
    method: 'POST',
    path: '/account/password',
    summary: 'Change my password; all my other sessions end',
    permission: 'signed-in',
    body: z.strictObject({ current: z.string().max(1_024), next: newPassword }),
    answer: renewedSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed', 'unacceptable'],
  },
  beginTotpEnrollment: {
    method: 'POST',
    path: '/account/totp',
    summary: 'A new secret for an authenticator application; it counts once a code of it is shown',
    permission: 'signed-in',
    answer: z.strictObject({
      pending: z.string(),
      /** Base32, to type. */
      secret: z.string(),
      /** `otpauth://totp/…`, to draw as a QR code. */
      uri: z.string(),
    }),
    refusals: FRESH,
  },
  finishTotpEnrollment: {
    method: 'POST',
    path: '/account/totp/confirm',
    summary: 'From now on a code is asked for; gives recovery codes, which are shown once',
    permission: 'signed-in',
    body: z.strictObject({ pending: pendingId, code: totpCode }),
    answer: z.strictObject({ recoveryCodes: z.array(z.string()), csrf: z.string() }),
    refusals: [...FRESH, 'unacceptable'],
  },
  removeTotp: {
    method: 'DELETE',
    path: '/account/totp',
    summary: 'No code is asked for any more; recovery codes are void',
    permission: 'signed-in',
    refusals: [...FRESH, 'not_found'],
  },
  renewRecoveryCodes: {
    method: 'POST',
    path: '/account/recovery-codes',
    summary: 'New recovery codes; the old ones are void',
    permission: 'signed-in',
    answer: z.strictObject({ recoveryCodes: z.array(z.string()) }),
    refusals: [...FRESH, 'conflict'],
  },
  beginPasskeyEnrollment: {
    method: 'POST',
    path: '/account/passkeys/options',
    summary: 'What the browser makes a passkey from',
    permission: 'signed-in',
    answer: z.strictObject({ pending: z.string(), options: webAuthnOptions }),
    refusals: FRESH,
  },
  finishPasskeyEnrollment: {
    method: 'POST',
    path: '/account/passkeys',
    summary: 'Keep the passkey that was made: by itself it is enough to sign in',
    permission: 'signed-in',
    body: z.strictObject({ pending: pendingId, name: displayName, response: webAuthnAnswer }),
    answer: passkeySchema,
    status: 201,
    refusals: [...FRESH, 'unacceptable', 'conflict'],
  },
  removePasskey: {
    method: 'DELETE',
    path: '/account/passkeys/{id}',
    summary: 'This passkey opens nothing any more',
    permission: 'signed-in',
    parameters: z.strictObject({ id: z.string().max(2_000) }),
    refusals: FRESH,
  },
  listSessions: {
    method: 'GET',
    path: '/account/sessions',
    summary: 'Where I am signed in, latest first',
    permission: 'signed-in',
    answer: z.strictObject({ items: z.array(ownSessionSchema) }),
  },
  endSession: {
    method: 'DELETE',
    path: '/account/sessions/{id}',
    summary: 'Sign out there',
    permission: 'signed-in',
    parameters: identified,
  },
  endOtherSessions: {
    method: 'POST',
    path: '/account/sessions/end-others',
    summary: 'Sign out everywhere else',
    permission: 'signed-in',
    answer: z.strictObject({ ended: z.int() }),
  },
});
