/**
 * What a single line says about its language. Written for lines of at most 1,000 characters; each pattern is anchored or
 * begins with a fixed word, and takes what is open-ended once, so that none is slow on any line.
 */
import type { Language } from './languages.ts';

/** 2 and more: hardly anything else; about 1: usual there; less: a hint. */
type Weights = Partial<Record<Language, number>>;

const PATTERNS: readonly (readonly [pattern: RegExp, weights: Weights])[] = [
  // Python
  [/^\s*(?:async )?def \w+\(.*:\s*(?:#.*)?$/, { PYTHON: 2 }],
  [/^\s*class \w+(?:\([\w., =]*\))?:\s*$/, { PYTHON: 2 }],
  [/^\s*from \.?[\w.]+ import [\w*(]/, { PYTHON: 2 }],
  [/^\s*import [\w.]+(?: as \w+)?\s*$/, { PYTHON: 0.8, SWIFT: 0.6, KOTLIN: 0.7 }],
  [/^\s*(?:elif\b.+|except(?: [\w.(), ]+)?(?: as \w+)?|try|else|finally):\s*(?:#.*)?$/, { PYTHON: 1.5 }],
  [/^\s*(?:async )?for [\w, ()]+ in .+:\s*(?:#.*)?$/, { PYTHON: 1.5 }],
  [/^\s*(?:async )?with .+ as \w+:\s*$/, { PYTHON: 2 }],
  [/^\s*(?:if|while) [^;{]*(?:[=!<>]=|[<>()._[]| in | not | is )[^;{]*:\s*(?:#.*)?$/, { PYTHON: 1.2 }],
  [/^\s*print\(.*\)\s*$/, { PYTHON: 1, SWIFT: 0.5 }],
  [/\bself\.\w/, { PYTHON: 1, RUST: 0.5, SWIFT: 0.4, RUBY: 0.3 }],
  [/(?:=|return|\(|,)\s*(?:None|True|False)\b/, { PYTHON: 1.2 }],
  [/^\s*(?:pass|raise \w+\(.*|raise|yield [\w(].*)\s*$/, { PYTHON: 1 }],
  [/^\s*[\w.]+(?:\[[^\]]*\])? = (?:\[|\{|lambda\b|[\w.]+\(|f?["'\d])[^;]*$/, { PYTHON: 0.8, RUBY: 0.5 }],
  [/\bf["'][^"']*\{/, { PYTHON: 1 }],
  [/^\s*return [\w.]+(?:[([].*)?\s*$/, { PYTHON: 0.5, RUBY: 0.3, GO: 0.4, SWIFT: 0.4, KOTLIN: 0.4 }],
  [/^\s*@[\w.]+(?:\(.*\))?\s*$/, { PYTHON: 0.4, JAVA: 0.4, TYPESCRIPT: 0.2, KOTLIN: 0.3 }],

  // JavaScript and TypeScript
  [
    /^\s*(?:export )?(?:default )?(?:async )?function\*? ?\w*\s?\([^$]*\{\s*\}?\s*$/,
    { JAVASCRIPT: 2, TYPESCRIPT: 2 },
  ],
  [/^\s*(?:export )?const [\w{[$][^=;]*=/, { JAVASCRIPT: 1.2, TYPESCRIPT: 1.2, GO: 0.4 }],
  [/^\s*let [\w{[]/, { JAVASCRIPT: 0.7, TYPESCRIPT: 0.7, RUST: 0.7, SWIFT: 0.7 }],
  [/^\s*var \w+\s*=/, { JAVASCRIPT: 0.7, TYPESCRIPT: 0.6, CSHARP: 0.6, SWIFT: 0.5, KOTLIN: 0.5, GO: 0.5 }],
  [/=>\s*(?:[{([]|\w+[.(;])/, { JAVASCRIPT: 1, TYPESCRIPT: 1, CSHARP: 0.4, PHP: 0.3, RUST: 0.4 }],
  [/\bconsole\.(?:log|error|warn|info)\(/, { JAVASCRIPT: 2, TYPESCRIPT: 2 }],
  [/^\s*(?:import|export)\b.*\bfrom ['"]/, { JAVASCRIPT: 2, TYPESCRIPT: 2 }],
  [/\brequire\(['"]/, { JAVASCRIPT: 1.5, TYPESCRIPT: 1, PHP: 0.5 }],
  [/\b(?:document|window|module)\.\w+(?:\(| =|\.)/, { JAVASCRIPT: 1.2, TYPESCRIPT: 1 }],
  [/ [!=]== /, { JAVASCRIPT: 0.8, TYPESCRIPT: 0.8, PHP: 0.7 }],
  [/\bawait \w+[.(]/, { JAVASCRIPT: 0.6, TYPESCRIPT: 0.6, PYTHON: 0.5, CSHARP: 0.5 }],
  [
    /^\s*import type\b|^\s*(?:export )?declare (?:type|function|const|class|module|global)\b/,
    { TYPESCRIPT: 2 },
  ],
  [/^\s*readonly \w+\??:/, { TYPESCRIPT: 1.5 }],
  [/^\s*(?:export )?type \w+(?:<[^=]*>)? =/, { TYPESCRIPT: 2 }],
  [
    /^\s*(?:export )?interface \w+(?:<[^{]*>)?(?: extends [^{]*)? \{/,
    { TYPESCRIPT: 1.5, JAVA: 0.7, CSHARP: 0.5, PHP: 0.4 },
  ],
  [/[\w\])?]: (?:string|number|boolean|void|any|unknown|never|Promise<|Record<)/, { TYPESCRIPT: 1.5 }],
  [/^\s*(?:private|public|protected) (?:readonly )?\w+\??: \w/, { TYPESCRIPT: 2 }],
  [/^\s*(?:readonly )?\w+\??: [\w<>[\]|'" ]+;\s*$/, { TYPESCRIPT: 0.8 }],

  // Java and C#
  [/^\s*import (?:static )?[a-z]\w*(?:\.\w+)+(?:\.\*)?;/, { JAVA: 2 }],
  [/^\s*package [\w.]+;/, { JAVA: 2 }],
  [/\bSystem\.(?:out|err)\.print/, { JAVA: 2 }],
  [/^\s*@Override\b/, { JAVA: 2 }],
  [/\bString\[\] \w+|\b(?:ArrayList|HashMap|List|Map)<.*new /, { JAVA: 1.5 }],
  [/^\s*(?:final )?String \w+\s*[=;]/, { JAVA: 1.5 }],
  [
    /^\s*(?:public|private|protected)?\s?(?:abstract |final )?class \w+ (?:extends|implements) [\w<>, ]+\{/,
    { JAVA: 1.5, PHP: 0.4 },
  ],
  [
    /^\s*(?:public|private|protected|internal) (?:(?:static|final|abstract|sealed|partial) )*(?:class|interface|enum|record|struct) \w/,
    { JAVA: 1.2, CSHARP: 1.2 },
  ],
  [
    /^\s*(?:public|private|protected|internal) (?:(?:static|final|abstract|override|async|virtual|readonly) )*[\w<>[\],?]+ \w+\s*[(=;{]/,
    { JAVA: 1.2, CSHARP: 1.2 },
  ],
  [/^\s*using (?:static )?[A-Z][\w.]*;/, { CSHARP: 2 }],
  [/^\s*namespace [A-Z][\w.]*\s*[;{]?\s*$/, { CSHARP: 1.5, CPP: 0.4 }],
  [/\bConsole\.(?:Write|Read)/, { CSHARP: 2 }],
  [/\{ get; |\basync Task\b|\bforeach \(var /, { CSHARP: 2 }],
  [/^\s*(?:string|var) \w+ = (?:new |["$@])/, { CSHARP: 1.2 }],

  // C and C++
  [/^\s*#\s*include\s*<(?:stdio|stdlib|string|unistd|math|ctype|stdint|time|errno)\.h>/, { C: 2, CPP: 1 }],
  [/^\s*#\s*include\s*[<"][\w./-]+\.h[>"]/, { C: 1, CPP: 0.9 }],
  [/^\s*#\s*include\s*(?:<\w+>|[<"][\w./-]+\.h(?:pp|h|xx)[>"])/, { CPP: 2 }],
  [
    /^\s*typedef (?:struct|enum|union|\w+)\b|^\s*(?:static|extern) (?:const |inline )*\w+ \*?\w+\s*[(;=[]/,
    { C: 1, CPP: 0.8, JAVA: 0.2, CSHARP: 0.2 },
  ],
  [/^\s*#\s*(?:define|ifdef|ifndef|undef|pragma|endif)\b/, { C: 1, CPP: 0.9 }],
  [
    /^\s*(?:(?:static|const|unsigned|inline|extern) )*(?:int|char|void|float|double|long|short|size_t|u?int\d+_t|struct \w+)(?:\s+|\s*\*+\s*)\w+\s*[(=;[,]/,
    { C: 1.2, CPP: 1.1, JAVA: 0.7, CSHARP: 0.7 },
  ],
  [/\b(?:printf|malloc|free|memcpy|strlen|sizeof|scanf)\s?\(/, { C: 1.2, CPP: 0.8 }],
  [/\b[a-z]\w*->\w/, { C: 0.8, CPP: 0.8 }],
  [/\bstd::\w|\b(?:cout|cerr)\s*<<|\bcin\s*>>|^\s*template\s*<|^\s*using namespace \w/, { CPP: 2 }],
  [/^(?:[\w<>*&]+ )*[\w<>*&]+ [*&]?\w+::~?\w+\(|^\w+::~?\w+\([^;]*\)\s*(?::|\{|$)/, { CPP: 2 }],
  [
    /\b(?:constexpr|noexcept|static_cast<|dynamic_cast<|reinterpret_cast<|explicit \w+\(|virtual \w)|\bconst [\w:<>]+ ?& ?\w|^\s*namespace (?:\w+ )?\{|^\s*class \w+(?: final)?(?: : (?:public|private) [\w:]+)?;?\s*\{?$/,
    { CPP: 1.2 },
  ],
  [/\bnullptr\b|^\s*auto [\w&*]+ = |^\s*(?:public|private|protected):\s*$/, { CPP: 1.5 }],

  // Go
  [/^package \w+\s*$/, { GO: 2 }],
  [/^func (?:\(\w+ \*?\w+\) )?\w+\([^:]*\{\s*$/, { GO: 2 }],
  [/^\s*[\w, ]+ := \S|^import "/, { GO: 1.5 }],
  [
    /\bfmt\.(?:Print|Sprint|Errorf|Fprint)|\berr != nil\b|^import \($|^type \w+ (?:struct|interface) \{/,
    { GO: 2 },
  ],
  [/^\s*(?:defer \w+[.(]|go func\(|for \{|for .* range .*\{)/, { GO: 1.5 }],

  // Rust
  [/^\s*(?:pub(?:\(\w+\))? )?(?:async |unsafe )*fn \w+/, { RUST: 2 }],
  [/\blet mut \w|\b(?:println|print|vec|format|panic|assert|assert_eq)!\s?[([]|^\s*#!?\[\w+/, { RUST: 2 }],
  [/^\s*(?:pub )?use [\w:]+::/, { RUST: 2 }],
  [
    /^\s*(?:pub )?(?:struct|enum|trait|mod) \w[^;()]*\{|^\s*impl(?:<[^{]*>)? [\w<>: ]+\{/,
    { RUST: 1.2, SWIFT: 0.5 },
  ],
  [/&mut \w|&self\b|&str\b|\.unwrap\(\)|\bOk\(|\bSome\(/, { RUST: 1.2 }],

  // PHP
  [/^\s*<\?(?:php|=)/, { PHP: 3 }],
  [/^(?:namespace|use) \w+(?:\\\w+)+/, { PHP: 2 }],
  [/^\s*\$\w+(?:->\w+|\[[^\]]*\])*\s*[.+]?= .*;\s*$/, { PHP: 1.5 }],
  [/\$\w+->\w|\$this\b/, { PHP: 1.5 }],
  [/^\s*(?:(?:public|private|protected|static) )*function \w+\([^)]*\$/, { PHP: 2 }],
  [/^\s*echo [^;]*;\s*$/, { PHP: 1 }],

  // Ruby
  [/^\s*def (?:self\.)?\w+[?!]?(?:\([^:]*\))?\s*$/, { RUBY: 2 }],
  [/\bdo \|[\w, ]+\|\s*$|^\s*require(?:_relative)? ['"]|^\s*attr_(?:accessor|reader|writer) :/, { RUBY: 2 }],
  [/^\s*end\s*$|^\s*module [A-Z]\w*\s*$|^\s*class [A-Z]\w*(?: < [\w:]+)?\s*$/, { RUBY: 1 }],
  [/^\s*(?:puts ["'#@\w(]|elsif\b|unless \w|@\w+ \|?\|?= )/, { RUBY: 0.9 }],

  // Swift and Kotlin
  [/^\s*import (?:Foundation|UIKit|SwiftUI|Combine|AppKit)\s*$/, { SWIFT: 3 }],
  [
    /^\s*(?:(?:public|private|fileprivate|override|static|mutating|final) )*func \w+(?:<[^(]*>)?\((?:[^)]*:|\))[^{]*(?:->[^{]*)?\{/,
    { SWIFT: 1.8 },
  ],
  [
    /\bguard (?:let|var) |^\s*if let \w+ = |^\s*(?:@\w+ )?var \w+: [\w[\]<>?]+ (?:=|\{)/,
    { SWIFT: 1.5, RUST: 0.1, KOTLIN: 0.2 },
  ],
  [/^\s*let \w+: [\w[\]<>&?]+ =/, { SWIFT: 0.8, RUST: 0.9 }],
  [
    /^\s*(?:(?:override|private|suspend|inline|internal|public|open) )*fun (?:<[^>]*> )?[\w.]+\(/,
    { KOTLIN: 2 },
  ],
  [/^\s*(?:private |override |const )*val \w+(?:: [\w<>?]+)? ?=/, { KOTLIN: 1.8 }],
  [
    /^\s*data class \w+\(|\b(?:listOf|mutableListOf|mapOf)\(|^\s*import (?:kotlin|android|androidx)\./,
    { KOTLIN: 2 },
  ],
  [/^\s*println\(/, { KOTLIN: 0.6 }],

  // SQL
  [
    /^\s*(?:INSERT INTO \S|DELETE FROM \S|UPDATE \S+ SET |UPDATE \w+\s*$|(?:CREATE|ALTER|DROP) (?:OR REPLACE |UNIQUE |TEMPORARY )?(?:TABLE|VIEW|INDEX|DATABASE|FUNCTION|PROCEDURE|TRIGGER|SCHEMA) )/,
    { SQL: 2 },
  ],
  [
    /^\s*(?:insert into \w+ ?\(|delete from \w+ where |update \w+ set \w+ ?=|create table (?:if not exists )?[\w."]+ ?\()/i,
    { SQL: 2 },
  ],
  [/^\s*SELECT .*\bFROM \S/, { SQL: 2 }],
  [
    /^\s*select [\w.*, ()"`]+ from [\w."`]+(?: \w{1,3})?(?:;| where | join | order by | group by | limit |\s*$)/i,
    { SQL: 1.5 },
  ],
  [
    /^\s*(?:SELECT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|VALUES|(?:(?:LEFT|RIGHT|INNER|FULL|CROSS|OUTER) )*JOIN|WITH \w+ AS)(?: ["`\w*(]|\s*$)/,
    { SQL: 1 },
  ],
  [
    /^\s*(?:select|from|where|group by|order by|having|(?:left |right |inner )?join)(?: [\w."`*(]+(?: (?:as )?\w+)?(?: on .*| ?[=<>].*)?,?;?)?\s*$/,
    { SQL: 0.7 },
  ],
  [
    /^\s*["`[]?\w+["`\]]? (?:VARCHAR|INT|INTEGER|BIGINT|SMALLINT|SERIAL|TEXT|BOOLEAN|TIMESTAMP|DATE|DECIMAL|NUMERIC|UUID|CHAR)\b/,
    { SQL: 1.2 },
  ],
  [/\b(?:COUNT|SUM|AVG|MAX|MIN|COALESCE)\(|\b(?:NOT NULL|PRIMARY KEY|IS NULL)\b/, { SQL: 0.7 }],

  [/^\s*(?:RETURNS|LANGUAGE|DECLARE|BEGIN|EXECUTE|GRANT|REVOKE)(?: [\w']|\s*$)/, { SQL: 0.8 }],

  // Shells
  [/^#!\s?\/(?:usr\/)?bin\/(?:env )?(?:ba|z|da|k)?sh\b/, { SHELL: 3 }],
  [/^#!\s?\/usr\/bin\/(?:env )?python/, { PYTHON: 3 }],
  [
    /^\s*(?:\$ )?(?:sudo )?(?:git (?:clone|commit|push|pull|checkout|status|add|init|log|diff|rebase|merge|branch|fetch)|npm (?:install|run|ci|test|start|i)|docker (?:run|build|compose|ps|pull|exec)|kubectl (?:get|apply|describe|delete|logs)|pip3? install|apt(?:-get)? (?:install|update)|brew install|systemctl (?:start|stop|enable|restart|status))\b/,
    { SHELL: 1.5 },
  ],
  [
    /^\s*(?:\$ )?(?:sudo|curl|wget|chmod|chown|mkdir|cd|ls|cp|mv|rm|grep|sed|awk|cat|echo|tar|ssh|scp|find|ps|kill|source|set) (?:[\w.:]+ )?(?:-{1,2}[a-zA-Z]|["'$~/.]|\+x|\w+\/|https?:)/,
    { SHELL: 1.2 },
  ],
  [
    /^\s*(?:if|while|until|elif) \[\[? .* \]\]?|^\s*for \w+ in .*; ?do\b|^\s*\w+\(\) \{\s*$|^\s*export \w+=/,
    { SHELL: 2 },
  ],
  [/^\s*(?:fi|done|esac|then|do|;;)\s*$|^[A-Z_]{2,}=[^\s=]/, { SHELL: 1 }],
  [
    /\b(?:Get|Set|New|Remove|Add|Import|Export|Invoke|Write|Start|Stop|Out|ConvertTo|ConvertFrom|Select|Where|ForEach|Test)-[A-Z][a-z]\w+/,
    { POWERSHELL: 1.5 },
  ],
  [
    /^\s*\$\w+(?:\.\w+)*\s*=[^;]*$|^\s*param\s?\(|\[(?:string|int|bool|switch)\]\s?\$|\$_\.\w/,
    { POWERSHELL: 1.2 },
  ],
  [/\s-(?:eq|ne|gt|lt|like|match|contains)\s/, { POWERSHELL: 0.6, SHELL: 0.5 }],

  // Markup and data
  [/^\s*<!DOCTYPE html/i, { HTML: 3 }],
  [
    /^\s*<\/?(?:html|head|body|div|span|p|a|ul|ol|li|table|thead|tbody|tr|td|th|form|input|button|script|style|link|meta|title|h[1-6]|img|nav|section|article|header|footer|main|label|select|option|br|hr)\b[^<>]*>/i,
    { HTML: 1.3 },
  ],
  [/^\s*<(?:script|style)\b[^<>]*>\s*$/i, { HTML: 1 }],
  [
    /^\s*(?:[.#][a-zA-Z][\w-]*|body|html|\*|:root|a|p|h[1-6]|div|ul|li|table|@media|@keyframes|@font-face)[^;=()]*(?:\([^)]*\))?\s*\{\s*$/,
    { CSS: 1.2 },
  ],
  [
    /^\s*(?:color|background|margin|padding|font|display|position|width|height|border|top|left|right|bottom|flex|grid|gap|z-index|opacity|text|line-height|overflow|transition|transform|align|justify|max|min|cursor|box|list-style|content)(?:-[a-z-]+)?\s?:\s?[^;{}]+;\s*\}?\s*$/,
    { CSS: 1.6 },
  ],
  [
    /^\s*"(?:[^"\\]|\\.)*"\s*:\s*(?:"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*|true|false|null|[[{].*)\s*[}\]]*,?\s*$/,
    { JSON: 1.2, PYTHON: 0.1, JAVASCRIPT: 0.1 },
  ],
  [/^\s*[[{]\s*(?:\{\s*)?"[^"]{1,80}"\s*:.*[}\]],?\s*$/, { JSON: 2 }],
  [/^\s+[a-z_][\w.-]*: (?!.*[;,{(]\s*$)\S.*$/, { YAML: 0.8 }],
  [/^\s*-? ?[a-z_][\w.-]*:\s*(?:#.*)?$/, { YAML: 1 }],
  [/^\s*- (?:[a-z_][\w.-]*: \S.*|["'\w./:-]+)\s*$/, { YAML: 0.3 }],
  [/^(?:apiVersion|kind|services|metadata|spec|jobs|steps):(?:\s|$)/, { YAML: 1.5 }],
];

export const EVIDENCE: readonly (readonly [RegExp, readonly (readonly [Language, number])[]])[] =
  PATTERNS.map(([pattern, weights]) => [pattern, Object.entries(weights) as [Language, number][]]);

/** Looks like code, of whichever language: counts as a line of it, and says nothing about which. */
export const CODE_LIKE =
  /^\s*[\])}>]+[;,)]*\s*$|^\s*[{[(]\s*$|[;{}]\s*(?:\/\/.*)?$|^\s*[\w.$]+(?:\[[^\]]*\])?\s*(?:[-+*/|&]|<<|>>)?=\s?[^=\s].*$|^\s*[\w.$:]+\(.*\)?[;,]?\s*$|^\s*[a-z_][\w.-]*: \S/;

/** What stands between lines of code: comments, and lines that go on inside a bracket or a text. */
export const FILLER = /^\s*$|^\s*(?:\/\/|#|--|\/\*|\*|<!--|"""|''')|^(?: {2,}|\t)/;

/** Without one of these no line is code. */
export const WORTH_A_LOOK =
  /[;{}()=<>$#:@|"[\]]|^\s*(?:import|package|end|fi|done|then|do|else|try|module|class|return|pass|namespace|set|echo|export|source|let|const|var|func|fn|git|npm|pip3?|docker|kubectl|sudo|cd|mkdir|apt|brew|SELECT|FROM|WHERE|GROUP|ORDER|UPDATE|def|using|raise|puts|from|select|where|- )/;

/** Five plain words in a row begin a line of prose, whatever comes after: it need not be waited for. */
export const PROSE =
  /^\s{0,8}(?:[-*•]\s{1,3}|\d{1,3}[.)]\s{1,3})?(?!(?:async|await|class|create|def|delete|elif|else|except|export|for|from|func|function|if|import|insert|interface|let|public|private|return|select|static|type|unless|update|var|where|while|with)\b|[A-Z]+ )(?:\p{L}[\p{L}'’]{0,30},? ){5}/u;
