/** The languages that are told apart, and the names by which a fenced block gives them. */

/** In the order in which they win where the evidence is the same: the plainer before what grew out of it. */
export const LANGUAGES = [
  'PYTHON',
  'JAVASCRIPT',
  'TYPESCRIPT',
  'JAVA',
  'C',
  'CPP',
  'CSHARP',
  'GO',
  'RUST',
  'PHP',
  'RUBY',
  'SWIFT',
  'KOTLIN',
  'SQL',
  'SHELL',
  'POWERSHELL',
  'HTML',
  'CSS',
  'JSON',
  'YAML',
  'OTHER',
] as const;
export type Language = (typeof LANGUAGES)[number];

const FENCE_NAMES: Readonly<Record<Language, string>> = {
  PYTHON: 'python py python3 ipython pycon',
  JAVASCRIPT: 'javascript js jsx mjs cjs node',
  TYPESCRIPT: 'typescript ts tsx mts cts',
  JAVA: 'java',
  C: 'c h',
  CPP: 'cpp c++ cxx cc hpp',
  CSHARP: 'csharp c# cs dotnet',
  GO: 'go golang',
  RUST: 'rust rs',
  PHP: 'php',
  RUBY: 'ruby rb',
  SWIFT: 'swift',
  KOTLIN: 'kotlin kt kts',
  SQL: 'sql mysql postgresql postgres psql sqlite plsql tsql',
  SHELL: 'bash sh shell zsh ksh fish console shell-session',
  POWERSHELL: 'powershell ps1 pwsh ps',
  HTML: 'html xhtml htm vue svelte',
  CSS: 'css scss sass less',
  JSON: 'json jsonc json5 jsonl ndjson',
  YAML: 'yaml yml',
  OTHER:
    'ada asm assembly awk bat batch clojure cobol crystal cmake d dart dockerfile elixir elm erlang fortran fsharp f# ' +
    'gradle graphql groovy haskell hcl julia lisp lua makefile matlab nginx nim nix objc objective-c ocaml pascal perl ' +
    'prolog proto protobuf r racket scala scheme solidity terraform tcl toml vb vba verilog vhdl wasm xml xsl zig',
};

const BY_FENCE_NAME: ReadonlyMap<string, Language> = new Map(
  LANGUAGES.flatMap((language) => FENCE_NAMES[language].split(' ').map((name) => [name, language] as const)),
);

/** Null for what is no programming language: `text`, `markdown`, `csv`, and what nobody has heard of. */
export function languageOfFence(name: string): Language | null {
  return BY_FENCE_NAME.get(name.toLowerCase()) ?? null;
}
