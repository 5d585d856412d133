/** Addresses with a user name and password in them, or with a host's name where the user's stands. */
const PLACEHOLDER =
  /^(?:[<{[$%*x.]|user(?:name|_?id)?$|pass(?:word|wd)?$|login$|me$|you(?:r|$)|my|name$|secret$|token$|api_?key$|foo$|bar$|example|test$|admin$)/i;

/** Names of people have dots in them too, but do not end like this. */
const HOST =
  /^(?:[a-z0-9-]{1,63}\.){1,4}(?:com|net|org|info|biz|io|gov|edu|bank|app|(?:co|com|org|gov)\.[a-z]{2})(?=[@/?#:]|$)/i;

/** 0 where there are none, and for what a manual writes instead of them. */
export function urlCredentialsConfidence({ username, password }: URL): number {
  const name = decoded(username);
  if (HOST.test(name)) return 0.95;
  if (password === '') return 0;
  return PLACEHOLDER.test(decoded(password)) || PLACEHOLDER.test(name) ? 0 : 0.8;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not UTF-8: judged as it is written.
    return part;
  }
}
