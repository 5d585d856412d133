/** The ways in: passwords, second factors, passkeys, single sign-on, and the link that makes an account. */
import { z } from 'zod';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';
import { assignmentSchema } from './session.ts';

/** The same as the person's id as a principal: an e-mail address or a login name. */
export const administratorId = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/,
    'letters, digits and . _ : / @ + - (128 at most), beginning with a letter or digit',
  );

/** Long enough by itself: no rule about what it is made of. */
export const newPassword = z.string().min(12, '12 characters at least').max(256);
/** What somebody types who wants in: nothing is said about its form. */
const typedPassword = z.string().max(1_024);
export const displayName = z.string().trim().min(1).max(200);
/** 6 digits; spaces between them are forgiven. */
export const totpCode = z.string().max(32);
/** A sign-in that is on its way: goes back with the next step, and is good for a few minutes. */
export const pendingId = z.string().max(200);
/** Of a link: what follows its `#`. */
const linkToken = z.string().max(200);

/** What `navigator.credentials` takes, as JSON: for `PublicKeyCredential.parseRequestOptionsFromJSON`. */
export const webAuthnOptions = z.record(z.string(), z.unknown());
/** What it gives, as `credential.toJSON()` says it. */
export const webAuthnAnswer = z.looseObject({ id: z.string().max(2_000), type: z.literal('public-key') });

const SECOND_FACTORS = ['totp', 'passkey', 'recovery-code'] as const;

export const signInAnswerSchema = z.discriminatedUnion('kind', [
  /** The cookie is set: ask `getSession`. */
  z.strictObject({ kind: z.literal('signed-in') }),
  /** The password was right, and one of these is needed too. */
  z.strictObject({
    kind: z.literal('second-factor'),
    pending: z.string(),
    factors: z.array(z.enum(SECOND_FACTORS)),
    expiresAtMs: instant,
  }),
]);

export const signInOperations = defineOperations({
  getSignInOptions: {
    method: 'GET',
    path: '/sign-in/options',
    summary: 'Which ways to sign in there are',
    permission: 'anyone',
    answer: z.strictObject({
      organization: z.string(),
      password: z.boolean(),
      passkey: z.boolean(),
      providers: z.array(z.strictObject({ id: z.string(), title: z.string() })),
      /** Nobody administers the house yet: the link to begin with stands in the server's first lines. */
      isNew: z.boolean(),
    }),
  },
  signInWithPassword: {
    method: 'POST',
    path: '/sign-in/password',
    summary: 'Sign in with a password, or take the first of two steps',
    permission: 'anyone',
    body: z.strictObject({ id: z.string().max(200), password: typedPassword }),
    answer: signInAnswerSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  signInWithTotp: {
    method: 'POST',
    path: '/sign-in/totp',
    summary: 'The second step: a code of the authenticator application',
    permission: 'anyone',
    body: z.strictObject({ pending: pendingId, code: totpCode }),
    answer: signInAnswerSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  signInWithRecoveryCode: {
    method: 'POST',
    path: '/sign-in/recovery-code',
    summary: 'The second step where the factor is lost: a recovery code, which is used up',
    permission: 'anyone',
    body: z.strictObject({ pending: pendingId, code: z.string().max(64) }),
    answer: signInAnswerSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  beginPasskeySignIn: {
    method: 'POST',
    path: '/sign-in/passkey/options',
    summary: 'What the browser asks a passkey for: as the only step, or as the second one',
    permission: 'anyone',
    body: z.strictObject({ pending: pendingId.optional() }),
    answer: z.strictObject({ pending: z.string(), options: webAuthnOptions }),
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  signInWithPasskey: {
    method: 'POST',
    path: '/sign-in/passkey',
    summary: 'Sign in with what the passkey answered',
    permission: 'anyone',
    body: z.strictObject({ pending: pendingId, response: webAuthnAnswer }),
    answer: signInAnswerSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  showInvitation: {
    method: 'POST',
    path: '/sign-in/invitation',
    summary: 'Whom a link is for: the token is what stands behind its `#`',
    permission: 'anyone',
    body: z.strictObject({ token: linkToken }),
    answer: z.strictObject({
      /** Null: whoever comes first chooses (the link of the first start). */
      id: z.string().nullable(),
      displayName: z.string(),
      assignments: z.array(assignmentSchema),
      expiresAtMs: instant,
    }),
    refusals: ['sign_in_failed', 'sign_in_delayed'],
  },
  acceptInvitation: {
    method: 'POST',
    path: '/sign-in/invitation/accept',
    summary: 'Use a link up: the account gets this password, and is signed in',
    permission: 'anyone',
    body: z.strictObject({
      token: linkToken,
      /** Where the link leaves it open; ignored elsewhere. */
      id: administratorId.optional(),
      displayName,
      password: newPassword,
    }),
    answer: signInAnswerSchema,
    refusals: ['sign_in_failed', 'sign_in_delayed', 'unacceptable'],
  },
});
