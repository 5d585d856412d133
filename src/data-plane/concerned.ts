/** Whom an interaction is about beside its principal: users that the application names, and persons found in the text. */
import { createJsonText } from '../base/json-text.ts';
import type { Application } from '../domain/application.ts';
import type { Document, Segment } from '../domain/document.ts';
import type { Finding, Span } from '../domain/finding.ts';
import type { Verdict } from '../domain/guardrail.ts';
import type { Pseudonym, RecordedSubject } from '../domain/record.ts';
import { Refusal } from '../domain/refusal.ts';
import {
  endUserSubject,
  MAX_SUBJECT_CHARACTERS,
  PERSONAL_KINDS,
  personalSubject,
} from '../domain/subject.ts';
import type { StandIns } from '../modules/privacy/privacy.ts';

/** Persons that one entry is linked to. */
export const MAX_CONCERNED = 32;

/** What a person would type into no form: an identifier with it is a mistake, or an attempt. */
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;

/** @throws Refusal `invalid_request` */
export function endUsers(application: string, asserted: readonly string[]): readonly RecordedSubject[] {
  return [...new Set(asserted)].map((id) => {
    if (id.length > MAX_SUBJECT_CHARACTERS || CONTROL.test(id) || !id.isWellFormed())
      throw new Refusal(
        'invalid_request',
        `the identifier of an end user has at most ${MAX_SUBJECT_CHARACTERS} characters, and none that controls`,
      );
    return { identifier: endUserSubject(application, id), inContent: true, pseudonyms: [] };
  });
}

export interface Said {
  readonly document: Document;
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  readonly standIns: StandIns;
  /** Of which countries national telephone numbers are: ISO 3166. */
  readonly phoneRegions: readonly string[];
}

export interface Concerned {
  readonly subjects: readonly RecordedSubject[];
  /** Persons beyond the bound: how many, and whether captured content holds any of them in the clear. */
  readonly beyond: number;
  readonly isBeyondInContent: boolean;
}

/** A person who was found, by what identifies her. */
export interface Named {
  readonly kind: string;
  readonly value: string;
  readonly standIn: string | undefined;
  /** Whether captured content holds the value in the clear. */
  readonly inContent: boolean;
}

/** Persons as they are found, in the question and in the answer. What was removed and is kept nowhere concerns nobody. */
export interface Persons {
  add(named: Named, phoneRegions: readonly string[]): void;
  read(): Concerned;
}

/** Further persons are counted alone: an answer may name any number of them. */
const MAX_REMEMBERED = 1_000;

export function createPersons(): Persons {
  const found = new Map<string, { inContent: boolean; pseudonyms: Map<string, Pseudonym> }>();
  let forgotten = 0;
  let isForgottenInContent = false;
  return {
    add({ kind, value, standIn, inContent }, phoneRegions) {
      if (value.length > MAX_SUBJECT_CHARACTERS || (!inContent && standIn === undefined)) return;
      const identifier = personalSubject(kind, value, phoneRegions);
      const known = found.get(identifier) ?? { inContent: false, pseudonyms: new Map() };
      if (found.size >= MAX_REMEMBERED && !found.has(identifier)) {
        forgotten++;
        isForgottenInContent ||= inContent;
        return;
      }
      known.pseudonyms.set(value, { value, ...(standIn === undefined ? {} : { standIn }) });
      known.inContent ||= inContent;
      found.set(identifier, known);
    },
    read() {
      const all = [...found].map(([identifier, { inContent, pseudonyms }]) => ({
        identifier,
        inContent,
        pseudonyms: [...pseudonyms.values()],
      }));
      const beyond = all.slice(MAX_CONCERNED);
      return {
        subjects: all.slice(0, MAX_CONCERNED),
        beyond: beyond.length + forgotten,
        isBeyondInContent: isForgottenInContent || beyond.some(({ inContent }) => inContent),
      };
    },
  };
}

/** Persons in what was said, beside those who were found before. */
export function concernedBy(
  said: Said,
  capture: Application['capture'],
  persons: Persons = createPersons(),
): Concerned {
  const segments = new Map(said.document.segments.map((segment) => [segment.pointer, segment]));
  for (const { kind, pointer, ...span } of placesOf(said)) {
    const segment = segments.get(pointer);
    const value = segment && valueIn(segment, span);
    if (value === undefined) continue;
    const standIn = said.standIns.of(kind, value);
    const inContent = capture === 'full' || !isEdited(said.verdict, pointer, span);
    persons.add({ kind, value, standIn, inContent }, said.phoneRegions);
  }
  return persons.read();
}

interface Place extends Span {
  readonly kind: string;
  readonly pointer: string;
}

/** Edits as well: where findings overlap, theirs is the span that got the stand-in. */
function placesOf({ findings, verdict }: Said): readonly Place[] {
  return [...verdict.edits, ...findings]
    .filter(({ kind }) => PERSONAL_KINDS.has(kind))
    .map(({ kind, pointer, start, end }) => ({ kind, pointer, start, end }));
}

function isEdited({ edits }: Verdict, pointer: string, { start, end }: Span): boolean {
  return edits.some((edit) => edit.pointer === pointer && edit.start <= start && edit.end >= end);
}

function valueIn({ text, encoding }: Segment, { start, end }: Span): string {
  const raw = text.slice(start, end);
  if (encoding === 'plain') return raw;
  const json = createJsonText();
  return json.push(raw) + json.finish();
}
