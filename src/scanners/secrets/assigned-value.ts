/** Reads the value that is given to a name: how far it goes, and whether more text could change that. */
import type { Assignment } from './assignment.ts';
import { beforePrivateKey } from './private-key.ts';

/** A value that is longer is told up to here. */
export const MAX_VALUE = 256;
/** Visible ASCII without quotes, brackets, commas, semicolons and backslashes. */
const BARE = /[!#-&*+.-:=?-Z^_a-z|~-]{1,256}/y;
const IN_ELEMENT = /[!-;=-~]{1,256}/y;
const RUN = /[!-~]{1,256}/y;
/** Another name that is given a value: this one got none. */
const NEXT_NAME = /[\w.-]{1,40}=(?=[\w.-])/y;
const NEXT_PARAMETER = /&[\w.-]{1,40}=/;

export interface AssignedValue {
  readonly value: string;
  readonly isQuoted: boolean;
  /** Whether its line, or the text, ends behind it. */
  readonly endsLine: boolean;
}

/** A quoted value goes to the closing quote, a bare one to the next sign that ends such values, a whole run to the next space. */
export function readValue(text: string, assignment: Assignment, isWholeRun: boolean): AssignedValue | null {
  const { start, quote, syntax } = assignment;
  const closing = closingQuote(text, assignment);
  if (closing !== null && closing !== 'open') return valueOf(text, start, text.slice(start, closing), true);
  NEXT_NAME.lastIndex = start;
  if (quote === '' && NEXT_NAME.test(text)) return null;
  const pattern = syntax === 'element' ? IN_ELEMENT : isWholeRun && quote === '' ? RUN : BARE;
  pattern.lastIndex = start;
  const run = pattern.exec(text)?.[0];
  if (run === undefined) return null;
  if (quote === '' && /[([]/.test(text.charAt(pattern.lastIndex))) return null;
  const bare = pattern === BARE ? (run.split(NEXT_PARAMETER, 1)[0] ?? '').replace(/[.:?]+$/, '') : run;
  return valueOf(text, start, bare, quote !== '');
}

function valueOf(text: string, start: number, whole: string, isQuoted: boolean): AssignedValue | null {
  const value = beforePrivateKey(whole);
  const next = text.charAt(start + value.length);
  return value === '' ? null : { value, isQuoted, endsLine: next === '' || next === '\n' || next === '\r' };
}

/** Where the quote closes; `open` where the text ends before; null where the line does, or where it is too far. */
function closingQuote(text: string, { start, quote }: Assignment): number | 'open' | null {
  if (quote === '') return null;
  const sign = quote.at(-1) ?? '';
  const limit = start + MAX_VALUE + 1;
  for (let at = start; at < limit; at++) {
    if (at >= text.length) return 'open';
    const character = text.charAt(at);
    if (character === '\n' || character === '\r') return null;
    if (character === sign) return quote.length > 1 ? beforeBackslashes(text, at, start) : at;
    if (character === '\\' && quote.length === 1) at++;
  }
  return null;
}

/** An escaped quote is closed by an escaped one. */
function beforeBackslashes(text: string, at: number, start: number): number {
  let end = at;
  while (end > start && text.charAt(end - 1) === '\\') end--;
  return end;
}

/** Whether a quoted value is still being written, so that more text may end it elsewhere. */
export function isOpen(text: string, assignment: Assignment): boolean {
  return closingQuote(text, assignment) === 'open';
}
