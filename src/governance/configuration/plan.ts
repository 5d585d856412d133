/** The difference between two configurations, in the words of an administrator. */
import { configurationSchema, type Configuration } from '../../contract/configuration.ts';
import { canonicalJson } from '../../base/canonical-json.ts';
import { formatPath } from './configuration-error.ts';

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

/** Sections and names in alphabetical order. What is added or removed as a whole is one change. */
export function plan(current: object | null | undefined, next: Configuration): readonly Change[] {
  return differences(asItCounts(current ?? {}), next, []).filter(
    ({ before, after }) => !(isEmpty(before) && isEmpty(after)),
  );
}

/** What a tree leaves unsaid counts as its default; one of an earlier form is compared as it stands. */
function asItCounts(tree: object): object {
  const parsed = configurationSchema.safeParse({ version: 1, ...tree });
  return parsed.success ? parsed.data : tree;
}

function differences(before: object, after: object, path: readonly string[]): Change[] {
  const one = new Map<string, unknown>(Object.entries(before));
  const other = new Map<string, unknown>(Object.entries(after));
  const keys = [...new Set([...one.keys(), ...other.keys()])].toSorted();
  return keys.flatMap((key) => difference(one.get(key), other.get(key), [...path, key]));
}

function difference(before: unknown, after: unknown, path: readonly string[]): Change[] {
  // A section that appears or goes is told by what is in it.
  const isSection = path.length === 1;
  if (isMapping(before) && isMapping(after)) return differences(before, after, path);
  if (before === undefined && after === undefined) return [];
  if (before === undefined)
    return isSection && isMapping(after) ? differences({}, after, path) : [{ kind: 'added', path, after }];
  if (after === undefined)
    return isSection && isMapping(before)
      ? differences(before, {}, path)
      : [{ kind: 'removed', path, before }];
  return canonicalJson(before) === canonicalJson(after) ? [] : [{ kind: 'changed', path, before, after }];
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEmpty(value: unknown): boolean {
  return value === undefined || value === '';
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;
const MAX_SHOWN = 200;

/** `~ limits.calls.capacity: 10 → 20`, one line for each change. */
export function summarizeChange({ kind, path, before, after }: Change): string {
  const where = `${SIGNS[kind]} ${formatPath(path)}`;
  if (kind !== 'changed') return where;
  return isLong(before) || isLong(after) ? where : `${where}: ${shown(before)} → ${shown(after)}`;
}

/** The same, with what is in an addition and the lines of a text that changed. */
export function renderChanges(changes: readonly Change[]): string {
  return changes.map(renderChange).join('\n');
}

function renderChange(change: Change): string {
  const lines = [summarizeChange(change)];
  const { kind, before, after } = change;
  if (kind === 'added') lines.push(...linesOf(after).map((line) => `    ${line}`));
  if (kind === 'changed' && (isLong(before) || isLong(after)))
    lines.push(...changedLines(linesOf(before), linesOf(after)));
  return lines.join('\n');
}

/** Without the lines that both begin and end with. */
function changedLines(before: readonly string[], after: readonly string[]): string[] {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first++;
  let last = 0;
  while (last < shorter - first && before.at(-1 - last) === after.at(-1 - last)) last++;
  return [
    ...before.slice(first, before.length - last).map((line) => `    - ${line}`),
    ...after.slice(first, after.length - last).map((line) => `    + ${line}`),
  ];
}

function shown(value: unknown): string {
  return value === '' ? '""' : typeof value === 'string' ? value : JSON.stringify(value);
}

function isLong(value: unknown): boolean {
  return (typeof value === 'string' && value.includes('\n')) || shown(value).length > MAX_SHOWN;
}

function linesOf(value: unknown): readonly string[] {
  return (typeof value === 'string' ? value : JSON.stringify(value, null, 2)).split('\n');
}
