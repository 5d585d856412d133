/** A YAML text as a plain tree, with the way back from a place in the tree to line and column. */
import {
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
  type Node,
  type Scalar,
} from 'yaml';
import { ConfigurationError, type PlacedProblem, type Problem } from './configuration-error.ts';

const MAX_CHARACTERS = 4 * 1024 * 1024;
const MAX_DEPTH = 64;
const MAX_ALIASES = 100;

export interface YamlSource {
  readonly tree: unknown;
  readonly place: (problem: Problem, at?: 'key' | 'value') => PlacedProblem;
}

/** @throws ConfigurationError for what is no YAML, or is YAML that two readers could read differently */
export function readYaml(text: string): YamlSource {
  if (text.length > MAX_CHARACTERS) throw refused(`the text is longer than ${MAX_CHARACTERS} characters`);
  const lines = new LineCounter();
  const document = parseBounded(text, lines);
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { line, column: col };
  };
  const problems: PlacedProblem[] = [...document.errors, ...document.warnings].map(({ message, pos }) => ({
    ...at(pos[0]),
    path: [],
    message,
  }));
  if (problems.length === 0) {
    inspect(document.contents, [], (node, path, message) =>
      problems.push({ ...at(node?.range?.[0] ?? 0), path, message }),
    );
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return { tree: toTree(document), place: (problem, where) => placeIn(document, text, at, problem, where) };
}

function parseBounded(text: string, lines: LineCounter): Document.Parsed {
  try {
    return parseDocument(text, {
      lineCounter: lines,
      prettyErrors: false,
      resolveKnownTags: false,
      stringKeys: false,
    });
  } catch (cause) {
    // The parser calls itself for each level.
    if (cause instanceof RangeError) throw refused(`the text is nested deeper than ${MAX_DEPTH} levels`);
    throw cause;
  }
}

function toTree(document: Document.Parsed): unknown {
  try {
    return document.toJS({ maxAliasCount: MAX_ALIASES });
  } catch (cause) {
    if (cause instanceof ReferenceError)
      throw refused('the text repeats itself by aliases (*name) more often than is accepted');
    throw cause;
  }
}

function refused(message: string): ConfigurationError {
  return new ConfigurationError([{ line: 1, column: 1, path: [], message }]);
}

type Report = (node: Node | null, path: readonly (string | number)[], message: string) => void;

/** Finds what YAML allows and a tree of JSON cannot hold, or would hold differently. */
function inspect(
  root: unknown,
  path: readonly (string | number)[],
  report: Report,
  anchors: readonly string[] = [],
): void {
  const node = root as Node | null;
  if (path.length > MAX_DEPTH)
    return report(node, path.slice(0, 4), `nested deeper than ${MAX_DEPTH} levels`);
  if (isAlias(node) && anchors.includes(node.source))
    return report(node, path, `the alias *${node.source} stands within what it refers to`);
  const inner =
    (isMap(node) || isSeq(node) || isScalar(node)) && node.anchor ? [...anchors, node.anchor] : anchors;
  if (isSeq(node)) node.items.forEach((item, index) => inspect(item, [...path, index], report, inner));
  if (isScalar(node) && typeof node.value === 'number' && !isExact(node.value))
    report(node, path, 'this number cannot be represented exactly');
  if (!isMap(node)) return;
  const seen = new Set<string>();
  for (const { key, value } of node.items) {
    const name = keyOf(key);
    if (name === undefined || name === '__proto__') report(key as Node, path, 'this cannot be a key');
    // The parser tells equal keys itself, but takes 1 and "1" for two.
    else if (seen.has(name)) report(key as Node, [...path, name], 'the same key twice');
    else inspect(value, [...path, name], report, inner);
    if (name !== undefined) seen.add(name);
  }
}

function isExact(value: number): boolean {
  return Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));
}

function keyOf(key: unknown): string | undefined {
  return isScalar(key) && (typeof key.value === 'string' || typeof key.value === 'number')
    ? String(key.value)
    : undefined;
}

type At = (offset: number) => { line: number; column: number };

function placeIn(
  document: Document.Parsed,
  text: string,
  at: At,
  problem: Problem,
  where: 'key' | 'value' = 'value',
): PlacedProblem {
  const { path, message, within } = problem;
  let value: Node | null | undefined = document.contents;
  let start = value?.range?.[0] ?? 0;
  let reached = 0;
  for (const part of path) {
    const container = isAlias(value) ? value.resolve(document) : value;
    const found = childOf(container, part);
    if (!found) break;
    ({ value } = found);
    start = found.keyStart ?? value?.range?.[0] ?? start;
    reached++;
  }
  const missing = reached < path.length;
  if (!missing && within && isScalar(value)) return placeWithin(value, text, at, problem, within);
  // A scalar or a list is pointed at itself; a whole mapping, and what is not there, by the key it stands or would stand under.
  if (!missing && where === 'value' && (isScalar(value) || isSeq(value)) && value.range)
    start = value.range[0];
  return { ...at(start), path, message };
}

function childOf(
  container: unknown,
  part: string | number,
): { value: Node | null; keyStart: number | undefined } | undefined {
  if (isSeq(container)) {
    const item = container.items[Number(part)];
    return item === undefined ? undefined : { value: item as Node | null, keyStart: undefined };
  }
  if (!isMap(container)) return undefined;
  const pair = container.items.find(({ key }) => keyOf(key) === String(part));
  if (!pair) return undefined;
  return { value: pair.value as Node | null, keyStart: (pair.key as Node).range?.[0] };
}

/** Points into a policy's text, where its lines are lines of the file. */
function placeWithin(
  scalar: Scalar,
  text: string,
  at: At,
  { path, message }: Problem,
  within: { line: number; column: number },
): PlacedProblem {
  const start = at(scalar.range?.[0] ?? 0);
  if (scalar.type === 'BLOCK_LITERAL') {
    const lines = text.split('\n');
    const first = lines.slice(start.line).find((line) => line.trim() !== '') ?? '';
    const indent = first.length - first.trimStart().length;
    return { line: start.line + within.line, column: indent + within.column, path, message };
  }
  if (within.line === 1 && scalar.type !== 'BLOCK_FOLDED') {
    const quote = scalar.type === 'PLAIN' ? 0 : 1;
    return { line: start.line, column: start.column + quote + within.column - 1, path, message };
  }
  return {
    ...start,
    path,
    message: `${message} (line ${within.line}, column ${within.column} of this text)`,
  };
}
