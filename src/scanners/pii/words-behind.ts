/** The words behind a number that say what it is: "123-45-6789 is my SSN", "943 476 5919 (NHS number)". */
import type { Context } from './context.ts';
import { topicsFrom } from './context.ts';
import { MAX_RUN } from './number-run.ts';

/** Characters behind a candidate in which a word is looked for. */
export const BEHIND = 36;
/** What joins a number to what is said of it; behind a comma or a full stop something else begins. */
const JOINTS = [
  ' is ',
  ' was ',
  ' as ',
  ' ist ',
  ' est ',
  ' es ',
  ' (',
  '(',
  ' [',
  ' = ',
  '=',
  ' - ',
  ' \u2013 ',
  ' \u2014 ',
] as const;
const WORDS = /^[\p{L}\p{M}'’ -]*/u;
/** Letters that may end a number behind its last digit, and begin one before its first. */
const MAX_ENDING = 4;
const MAX_BEGINNING = 8;
const ENDING = /^(?:[A-Za-z]{0,4}|.[A-Z]{1,3})$/;

/** What is said right behind a number that ends at `end`. */
export function contextBehind(text: string, end: number): Context | null {
  const rest = text.slice(end, end + BEHIND);
  const joint = JOINTS.find((each) => rest.startsWith(each));
  if (joint === undefined) return null;
  const words = WORDS.exec(rest.slice(joint.length))?.[0] ?? '';
  return words === '' ? null : topicsFrom(words);
}

/** Whether more text could still say something of a number that ends before `rest`. */
function isOpen(rest: string): boolean {
  if (rest.length >= BEHIND) return false;
  return JOINTS.some(
    (joint) =>
      joint.startsWith(rest) ||
      (rest.startsWith(joint) &&
        WORDS.exec(rest.slice(joint.length))?.[0].length === rest.length - joint.length),
  );
}

/** Where the first number may begin of which more text could still say something; the text's end where none may. */
export function waitingFrom(text: string, from: number): number {
  const least = Math.max(from, text.length - BEHIND - MAX_ENDING);
  for (let at = least; at < text.length; at++) {
    if (!isDigit(text.charCodeAt(at))) continue;
    for (let end = at + 1; end <= Math.min(text.length, at + 1 + MAX_ENDING); end++)
      if (ENDING.test(text.slice(at + 1, end)) && isOpen(text.slice(end))) return beginOf(text, from, end);
  }
  return text.length;
}

/** No number that ends at `end` begins before the first digit near it and what may stand before that. */
function beginOf(text: string, from: number, end: number): number {
  let first = Math.max(from, end - MAX_RUN);
  while (first < end && !isDigit(text.charCodeAt(first))) first++;
  return Math.max(from, first - MAX_BEGINNING);
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}
