/** Personal data: what went where, whose it is and what she may ask for, what must be kept, and how long the rest is. */
import { z } from 'zod';
import { ERASURE_BASES } from '../../domain/erasure-basis.ts';
import { RECORD_CLASSES } from '../../domain/retention.ts';
import { defineOperations } from './operation.ts';
import { instant, pageOf, pageQuery, queryInstant } from './page.ts';

const count = z.int().min(0);

/** What happened to findings of one kind on their way to one provider, or in its answers. */
export const personalFlowSchema = z.strictObject({
  /** `EMAIL_ADDRESS`, as scanners name it. */
  kind: z.string(),
  application: z.string().nullable(),
  /** Who was called; null where the interaction was refused before anybody was. */
  provider: z.string().nullable(),
  direction: z.enum(['request', 'response']),
  interactions: count,
  /** All findings, and of them: let through as they were; removed, masked or replaced; stopped with the interaction. */
  findings: count,
  clear: count,
  rewritten: count,
  blocked: count,
});

export const subject = z.string().trim().min(1).max(512);
const subjectBody = z.strictObject({
  /** `person:ada`, an application's user as `desk/user:42`, `EMAIL_ADDRESS:…`, or a bare address, number or name. */
  subject,
});

export const subjectSummarySchema = z.strictObject({
  entries: count,
  withContent: count,
  firstAtMs: instant.nullable(),
  lastAtMs: instant.nullable(),
  /** By what kinds of identifiers something is known: how many of each, never what they are. */
  identifiers: z.array(z.strictObject({ kind: z.string(), count })),
  isRestricted: z.boolean(),
  /** Ids of legal holds that name one of them: nothing is erased until they are released. */
  holds: z.array(z.string()),
});

export const holdSchema = z.strictObject({
  id: z.string(),
  createdAtMs: instant,
  application: z.string().nullable(),
  fromMs: instant.nullable(),
  toMs: instant.nullable(),
  /** How many identifiers it names; 0: everybody. */
  subjectCount: count,
  /** For those who may place holds; null for others. */
  subjects: z.array(z.string()).nullable(),
  matter: z.string().nullable(),
});

const provisionSchema = z.strictObject({
  regime: z.string(),
  /** The application that is labelled so. */
  application: z.string(),
  duration: z.string(),
});

export const retentionClassSchema = z.strictObject({
  class: z.enum(RECORD_CLASSES),
  /** `6 months`; null: kept without an end. */
  duration: z.string().nullable(),
  /** What began before it has had its time now. */
  cutOffMs: instant.nullable(),
  floors: z.array(provisionSchema),
  ceilings: z.array(provisionSchema),
});

export const regimeSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  floors: z.record(z.string(), z.string()),
  ceilings: z.record(z.string(), z.string()),
  /** Applications that are labelled so. */
  applications: z.array(z.string()),
  sources: z.array(
    z.strictObject({
      name: z.string(),
      url: z.string(),
      /** Whether the provision's own words were read when the pack was made. */
      confirmed: z.boolean(),
      note: z.string(),
    }),
  ),
});

export const purgedSchema = z.strictObject({
  class: z.enum([...RECORD_CLASSES, 'entries']),
  cutOffMs: instant,
  entries: count,
  /** Indexes of leaves, both inclusive. */
  firstIndex: count,
  lastIndex: count,
});

/** Interactions that one look at the record reads at most: the newest of the time asked for. */
export const MAX_FLOW_ENTRIES = 20_000;

export const privacyOperations = defineOperations({
  getPersonalData: {
    method: 'GET',
    path: '/privacy/flows',
    summary: 'What personal data went where, as counts: by kind, application and provider',
    description: `Counted from the record, the newest ${MAX_FLOW_ENTRIES} interactions of the time at most.`,
    permission: 'privacy.read',
    query: z.strictObject({
      fromMs: queryInstant,
      /** Not included. */
      toMs: queryInstant,
      application: z.string().min(1).max(128).optional(),
    }),
    answer: z.strictObject({
      fromMs: instant,
      toMs: instant,
      interactions: count,
      /** Those with personal data in them. */
      withPersonalData: count,
      items: z.array(personalFlowSchema),
      /** False where there are more interactions of that time: what was counted begins at `countedFromMs`. */
      isComplete: z.boolean(),
      countedFromMs: instant,
    }),
  },
  getSealedData: {
    method: 'GET',
    path: '/privacy/sealed',
    summary:
      'How much lies beside the log under keys of its own: content, and pseudonyms with their originals',
    permission: 'privacy.read',
    over: 'organization',
    answer: z.strictObject({
      /** Entries with captured content. */
      content: count,
      /** Entries with a vault of pseudonyms, and sealed texts in it: one for each person. */
      vaults: count,
      vaultTexts: count,
    }),
  },
  findSubject: {
    method: 'POST',
    path: '/privacy/subject',
    summary: 'How much the record holds about somebody, never what; this is recorded',
    permission: 'subjects.read',
    over: 'organization',
    body: subjectBody,
    answer: subjectSummarySchema,
    refusals: ['not_found', 'reason_missing'],
  },
  exportSubject: {
    method: 'POST',
    path: '/privacy/subject/export',
    summary: 'What is hers, within the rights of others, as JSON (GDPR Art. 15); this is recorded',
    permission: 'subjects.read',
    over: 'organization',
    body: subjectBody,
    download: 'application/json',
    refusals: ['not_found', 'reason_missing', 'conflict'],
  },
  exportSubjectPage: {
    method: 'POST',
    path: '/privacy/subject/page',
    summary: 'The same as a page that a person can read; this is recorded',
    permission: 'subjects.read',
    over: 'organization',
    body: subjectBody,
    download: 'text/html; charset=utf-8',
    refusals: ['not_found', 'reason_missing', 'conflict'],
  },
  eraseSubject: {
    method: 'POST',
    path: '/privacy/subject/erasure',
    summary: 'Destroy her keys, and with them who it was and what was said; this cannot be undone',
    permission: 'subjects.erase',
    over: 'organization',
    body: z.strictObject({
      subject,
      /** The reason as GDPR Art. 17(1) counts them. */
      basis: z.enum(ERASURE_BASES),
      /** The subject again, exactly. */
      confirmation: z.string().max(512),
    }),
    answer: z.strictObject({
      entries: count,
      /** Index of the entry that says so. */
      entry: z.int(),
    }),
    refusals: ['not_found', 'reason_missing', 'conflict', 'unacceptable'],
  },
  restrictSubject: {
    method: 'PUT',
    path: '/privacy/subject/restriction',
    summary: 'What is kept about her is not read any more, or again (GDPR Art. 18)',
    permission: 'subjects.erase',
    over: 'organization',
    body: z.strictObject({ subject, restricted: z.boolean() }),
    refusals: ['not_found', 'reason_missing'],
  },
  listHolds: {
    method: 'GET',
    path: '/privacy/holds',
    summary: 'Legal holds in force, the newest first',
    permission: 'privacy.read',
    over: 'organization',
    query: z.strictObject(pageQuery),
    answer: pageOf(holdSchema),
  },
  placeHold: {
    method: 'POST',
    path: '/privacy/holds',
    summary: 'From now on, what it covers is kept, whatever else asks for its end',
    permission: 'holds.write',
    over: 'organization',
    body: z.strictObject({
      /** The proceedings it serves. */
      matter: z.string().trim().min(1).max(500),
      subject: subject.optional(),
      application: z.string().min(1).max(128).optional(),
      fromMs: instant.optional(),
      toMs: instant.optional(),
    }),
    status: 201,
    answer: holdSchema,
    refusals: ['reason_missing', 'conflict', 'unacceptable'],
  },
  releaseHold: {
    method: 'DELETE',
    path: '/privacy/holds/{id}',
    summary: 'End a legal hold',
    permission: 'holds.write',
    over: 'organization',
    parameters: z.strictObject({ id: z.string().min(1).max(128) }),
    refusals: ['not_found', 'reason_missing'],
  },
  getRetention: {
    method: 'GET',
    path: '/privacy/retention',
    summary: 'How long the record keeps what, and what laws and the house say of that',
    permission: 'privacy.read',
    over: 'organization',
    answer: z.strictObject({
      classes: z.array(retentionClassSchema),
      /** As of when the pack of regimes is. */
      packDate: z.string(),
      regimes: z.array(regimeSchema),
    }),
  },
  planPurge: {
    method: 'POST',
    path: '/privacy/purge/plan',
    summary: 'What would go now, and nothing goes',
    permission: 'retention.write',
    over: 'organization',
    answer: z.strictObject({ items: z.array(purgedSchema) }),
    refusals: ['conflict'],
  },
  runPurge: {
    method: 'POST',
    path: '/privacy/purge',
    summary: 'Remove what has had its time; legal holds win',
    permission: 'retention.write',
    over: 'organization',
    answer: z.strictObject({ items: z.array(purgedSchema) }),
    refusals: ['conflict'],
  },
});
