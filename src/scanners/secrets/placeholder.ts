/** What stands in a secret's place in manuals, templates and code, and is none. */
import { entropyOf, isWordy } from './randomness.ts';

/** A variable, a template's gap or a call, in the languages of shells, templates and build tools. */
const REFERENCE =
  /\$\{|\$\(|\{\{|\}\}|<%|%>|#\{|@@|^\$[A-Za-z_]|^%[A-Za-z_(]|^<.*>$|^\{[A-Za-z_ .]*\}$|^\[[A-Za-z_ ./-]*\]$|^`|^[&*][A-Za-z_]|__[A-Z]|\$\$|%[sdv]$|%\(/;
const CODE =
  /^(?:process|os|env|ENV|var|local|locals|data|module|self|this|cls|secrets?|config|conf|cfg|settings|options|opts|args|argv|params|props|state|ctx|context|req|request|res|app|System|Environment|Deno|import|inputs|steps|github|values|Values|user|data|event|credentials?|await|new|function|lambda|null|None|nil|undefined|true|false|True|False)[.[(?]/;
const REMARK =
  /example|placeholder|change.?(?:me|this|it)|replace.?(?:me|this|with)|insert.?(?:your|here)|your[_.-]|^your|[_.-](?:here|goes)|redacted|removed|masked|hidden|dummy|todo|fixme|not.?(?:a|the).?(?:real|secret)|fake.?(?:key|token|secret|password)|^(?:my|new|old|some|the|enter|use|get|put|add|set|any|test|sample|demo|default|fake|mock)[_. -]|\.\.\.|…|lorem|^sha(?:1|256|384|512)[-:]|^md5[-:]|deadbeef.?deadbeef/i;
/** One sign of those that hide what is not shown, over and over. */
const COVER = /([x*#._?•-])\1{3,}|^(.)\2*$|([^A])\3{7}/i;
const SEQUENCE = /0123456789|1234567890|2345678901|abcdefgh|hijklmn|ABCDEFGH|qwertyuiop|asdfghjkl|9876543210/;
/** Words that say that there is no value, or what sort it would be. */
const WORD =
  /^(?:null|nil|none|true|false|yes|no|on|off|undefined|nan|void|empty|unset|blank|missing|invalid|incorrect|wrong|required|optional|default|string|str|text|number|int|integer|bool|boolean|bytes?|char|object|array|list|any|unknown|never|symbol|type|value|val|var|key|keys|name|id|uuid|username|user|login|email|e?mail|passw(?:or)?d|passphrase|passwort|passcode|pass|pwd|pw|secret|secrets|token|tokens|apikey|api[_-]?key|credentials?|auth|authorization|bearer|basic|digest|negotiate|ntlm|plain(?:text)?|hash(?:ed)?|encrypted|env|input|output|prompt|ask|hide|show|field|label|title|description|placeholder|disabled|enabled|public|private|readonly|async|await|function|return|const|let|self|this|super|new|foo|bar|baz|qux|foobar|x+|y+|z+|test|testing|tester|changeit|changeme|change|file|path|url|host|localhost|here|and|or|not|is|the|to|of|for|with|must|should|can|will|please|confirm|confirmation|reset|forgot|forgotten|expired|sensitive|securestring|nonsensitive|md5|sha1|sha256|sha512|bcrypt|crypt|base64|hex|utf-?8|ascii|json|yaml|xml|manual|automatic|auto|generate|generated|random|static|dynamic|keychain|vault|kms|session|cookie|header|query|body|all|other|same|see|n\/a|tbd|pass(?:ed|es|ing)?|fail(?:ed|s|ure)?|skip(?:ped)?|pending|success|error|ok|warn(?:ing)?)$/i;

export function isPlaceholder(value: string): boolean {
  return (
    WORD.test(value) ||
    COVER.test(value) ||
    REFERENCE.test(value) ||
    CODE.test(value) ||
    REMARK.test(value) ||
    (value.length >= 16 && SEQUENCE.test(value))
  );
}

/** Far longer ones have runs and words by chance. */
const LONGEST_JUDGED = 120;

/** For what has a credential's structure: whether its characters were made up to show the structure. */
export function looksMadeUp(credential: string, prefixLength: number): boolean {
  if (credential.length > LONGEST_JUDGED) return /x{16}|X{16}|\*{8}/.test(credential);
  const body = credential.slice(prefixLength);
  if (body.length < 8) return false;
  return (
    /x{4}|X{4}|[*#.]{4}|example|(.)\1{7}|0123456789abcdef|abcdefghijkl|your[_-]|[_-]here$/i.test(body) ||
    entropyOf(body) < (body.length < 20 ? 2 : 2.5) ||
    isWordy(body)
  );
}
