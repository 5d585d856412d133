/** Swear words, by list: rude wherever they stand, and no harm by themselves. */

const STRONG =
  /(?<![\p{L}\p{N}])(?:(?:mother)?fuck\p{L}*|shit(?:s|ty|ting|head|hole|load)?|bullshit|cunts?|cocksuckers?|bitch(?:es|y|ing)?|assholes?|arseholes?|dickheads?|wank(?:er|ers|ing)?|twats?|pricks?|bastards?|whores?|sluts?|dumbass(?:es)?|jackass(?:es)?|f[*@#]+ck\p{L}*|f[*]+k?(?:ing)?|sh[*@#]t|b[*@#]tch)(?![\p{L}\p{N}])/iu;
const MILD =
  /(?<![\p{L}\p{N}])(?:damn(?:ed|it)?|goddamn|crap(?:py)?|piss(?:ed)?|bollocks|arse|ass|bugger)(?![\p{L}\p{N}])/iu;

/** Null where there is none. */
export function profanityConfidence(passage: string): number | null {
  if (STRONG.test(passage)) return 0.9;
  return MILD.test(passage) ? 0.4 : null;
}
