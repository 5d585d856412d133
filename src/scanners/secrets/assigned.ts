/** Finds values that are secret by what they are called: `password = "…"`, `X-Api-Key: …`, `<Pass>…</Pass>`. */
import type { Sighting } from '../../modules/scanning/scanner.ts';
import { findAssignments, type Assignment } from './assignment.ts';
import { isOpen, MAX_VALUE, readValue } from './assigned-value.ts';
import { isVariable, judgeValue } from './judge-value.ts';
import { NAMED_SERVICES } from './named-services.ts';
import { isPlaceholder, looksMadeUp } from './placeholder.ts';
import { entropyOf } from './randomness.ts';
import { meaningOf } from './secret-name.ts';

/** Characters from a value's start on that decide it. */
export const ASSIGNED_DECISION = MAX_VALUE + 2;

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
    const given = readValue(text, assignment, isVariable(text, assignment));
    if (!given) continue;
    const { value } = given;
    const told = (kind: string, confidence: number): void => {
      if (kinds.has(kind))
        found.push({ start: assignment.start, end: assignment.start + value.length, kind, confidence });
    };
    const meaning = meaningOf(assignment.name);
    const service = serviceOf(assignment, value, meaning !== null);
    if (isAwsSecret(assignment.name, value)) told('aws_secret_access_key', 0.9);
    else if (service !== null) told(service, 0.85);
    else if (meaning !== null) {
      const confidence = judgeValue(text, assignment, meaning, given);
      if (confidence > 0) told(meaning === 'password' ? 'password' : 'generic_secret', confidence);
    }
  }
  return found;
}

function isAwsSecret(name: string, value: string): boolean {
  return (
    /aws|secret|access/i.test(name) &&
    AWS_SECRET.test(value) &&
    !ONLY_HEX.test(value) &&
    entropyOf(value) >= 4 &&
    !looksMadeUp(value, 0)
  );
}

/** The service whose name stands in the key's name, and whose keys look like this. */
function serviceOf({ name }: Assignment, value: string, isSecretName: boolean): string | null {
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
  const open = findAssignments(text, tail, text.length).filter((assignment) => isOpen(text, assignment));
  return Math.min(text.length, ...open.map(({ start }) => start));
}
