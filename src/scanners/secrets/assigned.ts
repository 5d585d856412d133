/** Finds values that are secret by what they are called: `password = "…"`, `X-Api-Key: …`, `<Pass>…</Pass>`. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { findAssignments } from './assignment.ts';
import { isOpen, MAX_VALUE } from './assigned-value.ts';
import { givenValueOf, type GivenValue } from './given-value.ts';
import { judgeValue } from './judge-value.ts';
import { NAMED_SERVICES } from './named-services.ts';
import { isPlaceholder, looksMadeUp } from './placeholder.ts';
import { entropyOf } from './randomness.ts';
import { meaningOf } from './secret-name.ts';

/** Characters from a value's start on that decide it. */
export const ASSIGNED_DECISION = MAX_VALUE + 2;

/** A quote and a scheme before a value. */
const MAX_QUOTE = 32;

const AWS_SECRET = /^[A-Za-z0-9/+]{40}$/;
const ONLY_HEX = /^[0-9a-f]+$/i;

export function findAssigned(
  text: string,
  from: number,
  until: number,
  kinds: ReadonlySet<string>,
): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const assignment of findAssignments(text, from, until)) {
    const given = givenValueOf(text, assignment);
    const told = given && judge(given);
    if (told && kinds.has(told.kind))
      found.push({ start: given.start, end: given.start + given.value.length, ...told });
  }
  return found;
}

function judge(given: GivenValue): Pick<Sighting, 'kind' | 'confidence'> | null {
  if (isAwsSecret(given)) return { kind: 'aws_secret_access_key', confidence: 0.9 };
  const meaning = meaningOf(given.name);
  const service = serviceOf(given, meaning !== null);
  if (service !== null) return { kind: service, confidence: 0.85 };
  const confidence = meaning === null ? 0 : judgeValue(given, meaning);
  return confidence === 0
    ? null
    : { kind: meaning === 'password' ? 'password' : 'generic_secret', confidence };
}

function isAwsSecret({ name, value }: GivenValue): boolean {
  return (
    /aws|secret|access/i.test(name) &&
    AWS_SECRET.test(value) &&
    !ONLY_HEX.test(value) &&
    entropyOf(value) >= 4 &&
    !looksMadeUp(value, 0)
  );
}

/** The service whose name stands in the key's name, and whose keys look like this. */
function serviceOf({ name, value }: GivenValue, isSecretName: boolean): string | null {
  if (value.length < 14) return null;
  const called = name.toLowerCase();
  for (const { id, words, pattern } of NAMED_SERVICES) {
    const word = words.find((each) => called.includes(each));
    if (word === undefined || !(isSecretName || called.endsWith(word)) || !pattern.test(value)) continue;
    if (!looksMadeUp(value, 0) && !isPlaceholder(value)) return id;
  }
  return null;
}

/** The first quoted value at or after `from` that is still being written; the text's length where there is none. */
export function assignedUndecidedFrom(text: string, from: number): number {
  const tail = Math.max(from, text.length - ASSIGNED_DECISION);
  if (!/["'`]/.test(text.slice(Math.max(0, tail - MAX_QUOTE)))) return text.length;
  const open = findAssignments(text, tail, text.length).filter((assignment) => isOpen(text, assignment));
  return Math.min(text.length, ...open.map(({ start }) => start));
}
