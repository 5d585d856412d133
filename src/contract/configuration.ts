/** The declarative tree: everything that `bartizan.yaml` can say. Unknown keys are errors. */
import { z } from 'zod';
import { BUILT_IN_ROLES, PERMISSION_NAMES } from './api/permissions.ts';
import { alertsSchema } from './alerts.ts';
import { guardrailSchema } from './guardrail.ts';
import { modelPatterns, name, names, secretReferenceSchema, text } from './name.ts';
import { provisioningSchema } from './provisioning.ts';
import { siemSchema } from './siem.ts';
import { signInSchema } from './sign-in.ts';
import { DURATION } from '../domain/retention.ts';

/** A model's name, or with a `*` at its end the beginning of names: `gpt-*`; `*` alone is any. */
const modelName = z
  .string()
  .min(1)
  .regex(
    /^(?:[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127})?\*?$/,
    'letters, digits and . _ : / @ - (128 at most), beginning with a letter or digit; a * at the end stands for any rest',
  );
const principalPatterns = z
  .array(
    z
      .string()
      .regex(
        /^[A-Za-z0-9*][A-Za-z0-9._:/@*-]{0,127}$/,
        'an id, or kind:id as in person:alice; * stands for any characters',
      ),
  )
  .max(1_000)
  .default([]);

export const groupSchema = z.strictObject({ description: text.default('') });

export const principalSchema = z.strictObject({
  kind: z.enum(['person', 'service', 'agent']),
  display_name: text.optional(),
  groups: names,
  /** Gates passed, with the day until which that holds (ISO 8601), or null for good. */
  gates: z.record(name, z.iso.date().nullable()).default({}),
});

export const applicationSchema = z.strictObject({
  owners: names,
  purpose: text.default(''),
  data_class: z.enum(['public', 'internal', 'confidential', 'restricted']).default('internal'),
  /** Models it may use; `*` for any, `gpt-*` for those that begin so. */
  models: z.array(modelName).max(1_000).default(['*']),
  groups: names,
  gates: names,
  capture: z.enum(['none', 'redacted', 'full']).default('none'),
  record: z.enum(['before_release', 'async']).default('before_release'),
  /** What law or house rule it is under, of the retention pack: `eu-ai-act-high-risk`. */
  regimes: names,
});

/** Settings every provider has; what its kind adds is validated by the kind's own manifest. */
export const providerSchema = z.looseObject({
  kind: name,
  credential: secretReferenceSchema.optional(),
  region: name.optional(),
  labels: names,
  /** Nothing is sent to it: an administrator has stopped it. */
  stopped: z.boolean().default(false),
  allow_private_network: z.boolean().default(false),
  timeouts: z
    .strictObject({
      connect_ms: z.int().min(10).max(60_000).default(5_000),
      first_byte_ms: z.int().min(10).max(900_000).default(120_000),
      idle_ms: z.int().min(10).max(900_000).default(60_000),
    })
    .prefault({}),
  retries: z.int().min(0).max(5).default(2),
  max_answer_bytes: z
    .int()
    .min(1_024)
    .default(64 * 1024 * 1024),
  circuit: z
    .strictObject({
      failures: z.int().min(1).default(5),
      open_ms: z.int().min(10).default(15_000),
    })
    .prefault({}),
});
export const PROVIDER_KEYS = Object.keys(providerSchema.shape);

export const modelSchema = z.strictObject({
  /** Tried by priority (lowest first); those of one priority share the load by weight. */
  candidates: z
    .array(
      z.strictObject({
        provider: name,
        /** What the provider calls it; the name that the client asked for unless told. */
        model: z.string().min(1).max(256).optional(),
        priority: z.int().min(0).default(0),
        weight: z.number().positive().default(1),
      }),
    )
    .min(1)
    .max(32),
  labels: names,
  operations: z
    .array(z.enum(['chat', 'embeddings', 'count_tokens']))
    .default(['chat', 'embeddings', 'count_tokens']),
  /** Nobody is served by it: an administrator has stopped it. */
  stopped: z.boolean().default(false),
  /** Assumed for reservations where the client sets no limit on the answer. */
  default_max_output_tokens: z.int().min(1).default(4_096),
});

export const policySchema = z.strictObject({
  description: text.default(''),
  /** One or more Cedar policies, validated against the schema when they are written. */
  cedar: z.string().max(100_000),
});

export const limitSchema = z.strictObject({
  description: text.default(''),
  measure: z.enum(['requests', 'input_tokens', 'output_tokens', 'tokens', 'cost_usd', 'concurrent_requests']),
  capacity: z.number().positive(),
  /** Not for concurrent_requests. Fixed windows in UTC. */
  window: z.enum(['second', 'minute', 'hour', 'day', 'week', 'month']).optional(),
  /** One counter for each of these; `all`: one counter for everything that matches. */
  per: z.enum(['principal', 'application', 'group', 'model', 'provider', 'all']).default('all'),
  applications: names,
  groups: names,
  /** `alice`, `person:alice`, `person:*`; guardrails that ask a model are `service:guardrail/<id>`. */
  principals: principalPatterns,
  models: modelPatterns,
  providers: names,
});

export const issuerSchema = z.strictObject({
  issuer: z.url(),
  audience: z.string().min(1),
  algorithms: z
    .array(z.enum(['RS256', 'RS384', 'RS512', 'PS256', 'ES256', 'ES384', 'EdDSA']))
    .min(1)
    .default(['RS256']),
  /** Read from the issuer's discovery document unless told. */
  jwks_uri: z.url().optional(),
  allow_private_network: z.boolean().default(false),
  /** Claim that holds the principal's id. */
  principal_claim: z.string().default('sub'),
  principal_kind: z.enum(['person', 'service', 'agent']).default('person'),
  groups_claim: z.string().default('groups'),
  /** The application that such tokens belong to, or the claim that names it. */
  application: name.optional(),
  application_claim: z.string().optional(),
  scopes: z.array(z.enum(['inference', 'assert_principal', 'reidentify', 'audit'])).default(['inference']),
});

/** Their lines must find room under one checkpoint. */
const MAX_WITNESSES = 32;

export const witnessSchema = z.strictObject({
  description: text.default(''),
  /** `name+id+base64`: what its cosignatures verify with (C2SP signed-note, cosignature/v1). */
  key: z.string().max(1_000),
  /** Checkpoints are posted to `<url>/add-checkpoint` (C2SP tlog-witness). */
  url: z.url({ protocol: /^https?$/ }),
  allow_private_network: z.boolean().default(false),
});

const duration = z
  .string()
  .regex(DURATION, 'a number and days, weeks, months or years: 30 days, 6 months, 1 year')
  .optional();

/** How long the record keeps what, by the calendar in UTC; for good where it is not told. */
export const retentionSchema = z.strictObject({
  interactions: duration,
  /** Who they were about. */
  identities: duration,
  /** What was said, where it is captured, and what stood for what. */
  content: duration,
  administration: duration,
});

/** A role beside those of the house: owner, administrator, security-analyst, auditor, application-owner, champion, member. */
export const roleSchema = z.strictObject({
  title: text,
  description: text.default(''),
  permissions: z.array(z.enum(PERMISSION_NAMES)).max(PERMISSION_NAMES.length),
});

const rolesSchema = z.record(name, roleSchema).superRefine((roles, { addIssue }) => {
  for (const each of Object.keys(roles))
    if (Object.hasOwn(BUILT_IN_ROLES, each))
      addIssue({
        code: 'custom',
        path: [each],
        message: 'this role comes with the house: choose another name',
      });
});

/** What it takes to read what was said, beside the permission and a reason. */
export const contentAccessSchema = z.strictObject({
  approval: z.enum(['none', 'second_person']).default('none'),
  /** How long an approval holds. */
  valid_minutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60)
    .default(60),
});

export const configurationSchema = z.strictObject({
  version: z.literal(1),
  organization: text.default(''),
  groups: z.record(name, groupSchema).default({}),
  principals: z.record(name, principalSchema).default({}),
  applications: z.record(name, applicationSchema).default({}),
  providers: z.record(name, providerSchema).default({}),
  /** A name that ends in `*` stands for all that begin so; the exact name wins, then the longest beginning. */
  models: z.record(modelName, modelSchema).default({}),
  policies: z.record(name, policySchema).default({}),
  guardrails: z.record(name, guardrailSchema).default({}),
  limits: z.record(name, limitSchema).default({}),
  issuers: z.record(name, issuerSchema).default({}),
  /** Where the audit record is exported to. */
  siem: siemSchema.default({}),
  /** Who is told when something happens. */
  alerts: alertsSchema.default({}),
  /** Who is asked to cosign the log's checkpoints. */
  witnesses: z
    .record(name, witnessSchema)
    .refine((witnesses) => Object.keys(witnesses).length <= MAX_WITNESSES, `${MAX_WITNESSES} at most`)
    .default({}),
  /** How many of them must have cosigned a checkpoint before it counts as witnessed; none unless told. */
  witness_quorum: z.int().min(0).max(MAX_WITNESSES).optional(),
  retention: retentionSchema.default({}),
  /** Where members talk to models in the console. */
  workbench: z
    .strictObject({
      /** Unless told, the application called `workbench`, where there is one. */
      application: name.optional(),
    })
    .default({}),
  /** Roles of administrators, beside those that come with the house. */
  roles: rolesSchema.default({}),
  /** Accounts that a directory makes (SCIM 2.0). */
  provisioning: provisioningSchema.prefault({}),
  content_access: contentAccessSchema.prefault({}),
  /** Further Cedar policies about who may administer what: roles permit, these may forbid. */
  administration_policies: z.record(name, policySchema).default({}),
  /** How administrators sign in. */
  sign_in: signInSchema.prefault({}),
});

export type Configuration = z.infer<typeof configurationSchema>;
export type ApplicationConfiguration = z.infer<typeof applicationSchema>;
export type ProviderConfiguration = z.infer<typeof providerSchema>;
export type ModelConfiguration = z.infer<typeof modelSchema>;
export type GuardrailConfiguration = z.infer<typeof guardrailSchema>;
export type LimitConfiguration = z.infer<typeof limitSchema>;
export type IssuerConfiguration = z.infer<typeof issuerSchema>;
