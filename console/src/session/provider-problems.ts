/** What went wrong at an identity provider, in words. */
export const REFUSED_BY_PROVIDER: Readonly<Record<string, string>> = {
  sign_in_failed: 'The identity provider vouches for you, but you do not administer this house.',
  sign_in_delayed: 'Too many sign-ins have failed. Wait a moment, then try again.',
  expired_credential: 'It took too long. Begin again.',
};
