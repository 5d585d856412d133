/** Where the audit record is exported to: one destination under each name of the tree's `siem`. */
import { z } from 'zod';
import { name, secretReferenceSchema } from './name.ts';

const line = z.string().regex(/^[^\p{Cc}]{1,1024}$/u, 'one line, without control characters');
const hostName = z.string().regex(/^[A-Za-z0-9.:_-]{1,255}$/, 'a host name or an address');
const port = z.int().min(1).max(65_535);
const hostAndPort = z
  .string()
  .regex(/^(?:[A-Za-z0-9._-]{1,255}|\[[0-9A-Fa-f:.]{2,45}\]):\d{1,5}$/, 'HOST:PORT');
const pem = z.string().max(100_000).startsWith('-----BEGIN ');
const url = z.url({ protocol: /^https?$/ }).max(2_000);

type Some<Names extends string> = Readonly<Partial<Record<Names, unknown>>>;

/** Either both or none. */
function together<One extends string, Other extends string>(
  one: One,
  other: Other,
): [(value: Some<One | Other>) => boolean, { path: string[]; message: string }] {
  return [
    (value) => (value[one] === undefined) === (value[other] === undefined),
    { path: [other], message: `\`${one}\` and \`${other}\` belong together` },
  ];
}

const certificates = {
  /** Trusted instead of the well-known authorities. */
  ca: pem.optional(),
  certificate: pem.optional(),
  /** Of the certificate, as PEM. */
  key: secretReferenceSchema.optional(),
};
/** TLS unless it is switched off in so many words. */
const tls = z
  .union([
    z.literal(false),
    z
      .strictObject({ ...certificates, server_name: hostName.optional() })
      .refine(...together('certificate', 'key')),
  ])
  .prefault({});
const natsTls = z
  .union([z.literal(false), z.strictObject(certificates).refine(...together('certificate', 'key'))])
  .prefault({});

const every = {
  description: z.string().max(2_000).default(''),
  /** Where a destination that never took anything begins. */
  from: z.enum(['now', 'beginning']).default('now'),
  /** Entries that are sent together. */
  batch: z.int().min(1).max(1_000).default(100),
  timeout_ms: z.int().min(100).max(120_000).default(15_000),
};
const lines = { format: z.enum(['ocsf', 'cef', 'json']).default('ocsf') };
const objects = { format: z.enum(['ocsf', 'json']).default('ocsf') };
const http = { url, allow_private_network: z.boolean().default(false) };

const file = z.strictObject({
  to: z.literal('file'),
  path: z.string().regex(/^\/[^\p{Cc}]{1,1023}$/u, 'an absolute path'),
  max_bytes: z
    .int()
    .min(1_024)
    .default(100 * 1024 * 1024),
  /** Full files that are kept beside the one being written. */
  keep: z.int().min(1).max(1_000).default(10),
  ...lines,
  ...every,
});

const syslog = z.strictObject({
  to: z.literal('syslog'),
  host: hostName,
  port: port.default(6_514),
  tls,
  /** Number of the facility; 13 is log audit. */
  facility: z.int().min(0).max(23).default(13),
  ...lines,
  ...every,
});

const splunk = z.strictObject({
  to: z.literal('splunk'),
  ...http,
  token: secretReferenceSchema,
  index: line.optional(),
  source: line.default('bartizan'),
  sourcetype: line.optional(),
  /** Waits until the indexers have written: needs a token with indexer acknowledgement. */
  acknowledgement: z.boolean().default(false),
  ...lines,
  ...every,
});

const elastic = z
  .strictObject({
    to: z.literal('elastic'),
    ...http,
    index: z.string().regex(/^[a-z0-9][a-z0-9._-]{0,254}$/, 'the name of an index or a data stream'),
    api_key: secretReferenceSchema.optional(),
    user: line.optional(),
    password: secretReferenceSchema.optional(),
    ...objects,
    ...every,
  })
  .refine(...together('user', 'password'));

const kafka = z.strictObject({
  to: z.literal('kafka'),
  brokers: z.array(hostAndPort).min(1).max(100),
  topic: z.string().regex(/^[A-Za-z0-9._-]{1,249}$/, 'the name of a topic'),
  tls,
  sasl: z
    .strictObject({
      mechanism: z.enum(['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512']),
      user: line,
      password: secretReferenceSchema,
    })
    .optional(),
  ...lines,
  ...every,
});

const nats = z
  .strictObject({
    to: z.literal('nats'),
    servers: z.array(hostAndPort).min(1).max(100),
    subject: z
      .string()
      .regex(/^[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*$/, 'a subject without wildcards')
      .max(255),
    tls: natsTls,
    token: secretReferenceSchema.optional(),
    user: line.optional(),
    password: secretReferenceSchema.optional(),
    ...lines,
    ...every,
  })
  .refine(...together('user', 'password'));

export const siemDestinationSchema = z.discriminatedUnion('to', [file, syslog, splunk, elastic, kafka, nats]);
/** Under its name in the tree. */
export const siemSchema = z.record(name, siemDestinationSchema);

export type SiemDestinationConfiguration = z.infer<typeof siemDestinationSchema>;
export type SiemTls = z.infer<typeof tls> | z.infer<typeof natsTls>;
