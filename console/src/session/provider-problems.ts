/** What went wrong at an identity provider, in words. */
export const REFUSED_BY_PROVIDER: Readonly<Record<string, string>> = {
  permission_denied:
    'The identity provider knows you, but no group that you are in there has a role here. Whoever administers this house can give it one.',
  provider_unavailable: 'The identity provider cannot be reached. Try again in a while, or another way.',
  not_found: 'That identity provider is not one of this house any more. Sign in another way.',
  sign_in_failed:
    'Nobody was signed in: it was cancelled there, it began in another window, or this house does not take the account that the identity provider named. Begin again; if it stays so, the reason is in the server’s log.',
  sign_in_delayed: 'Too many sign-ins have failed. Wait a moment, then try again.',
  expired_credential: 'It took too long. Begin again.',
};
