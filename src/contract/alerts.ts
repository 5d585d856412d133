/** What somebody is told of, and how: one alert under each name of the tree's `alerts`. */
import { z } from 'zod';
import { ACTIONS } from '../domain/guardrail.ts';
import { name, secretReferenceSchema } from './name.ts';

const names = z.array(name).max(100).default([]);
const MOST_MINUTES = 7 * 24 * 60;
const minutes = z
  .int()
  .min(1)
  .max(24 * 60);
const line = z.string().regex(/^[^\p{Cc}]{1,256}$/u, 'one line, without control characters');

const frequent = {
  /** It comes true with the next after so many. */
  more_than: z.int().min(0).max(1_000_000).default(10),
  within_minutes: minutes.default(10),
  applications: names.describe('Left empty: all.'),
};

const refusals = z
  .strictObject({
    event: z.literal('refusals'),
    ...frequent,
    codes: z
      .array(z.string().regex(/^[a-z_]{1,64}$/, 'the code of a refusal, as policy_denied'))
      .max(50)
      .default([])
      .describe('Codes of refusals, as policy_denied. Left empty: all.'),
  })
  .meta({ title: 'Many refusals' });

const guardrailHits = z
  .strictObject({
    event: z.literal('guardrail_hits'),
    ...frequent,
    guardrails: names.describe('Left empty: all.'),
    actions: z.array(z.enum(ACTIONS)).default([]).describe('Left empty: all that do something.'),
  })
  .meta({ title: 'Guardrails act often' });

const providerErrors = z
  .strictObject({
    event: z.literal('provider_errors'),
    share: z.number().gt(0).max(1).default(0.5).describe('Of the calls that failed: 0.5 is half of them.'),
    within_minutes: minutes.default(10),
    at_least: z.int().min(1).max(1_000_000).default(10).describe('Calls before a share says anything.'),
    providers: names.describe('Left empty: each of them.'),
  })
  .meta({ title: 'A provider fails' });

const limitReached = z
  .strictObject({
    event: z.literal('limit_reached'),
    share: z.number().gt(0).max(1).default(0.8).describe('Of the limit or budget that is used: 0.8 is 80 %.'),
    limits: names.describe('Left empty: all.'),
  })
  .meta({ title: 'A limit or budget is nearly used up' });

const stopped = z
  .strictObject({ event: z.literal('stopped') })
  .meta({ title: 'A model or provider is stopped' });

const objection = z
  .strictObject({ event: z.literal('objection_opened') })
  .meta({ title: 'Somebody objects to a refusal' });

const witnesses = z
  .strictObject({
    event: z.literal('witnesses_missing'),
    for_minutes: minutes.default(10).describe('So long without the quorum of witnesses.'),
  })
  .meta({ title: 'The log goes without its witnesses' });

const administrators = z
  .strictObject({ event: z.literal('administrators_changed') })
  .meta({ title: 'Administrators change' });

const allowPrivateNetwork = z
  .boolean()
  .default(false)
  .describe('Whether it may be in a private network, or on this machine.');

const webhook = z
  .strictObject({
    kind: z.literal('webhook'),
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .meta({ title: 'Address' }),
    /** Signs what is sent: HMAC-SHA-256 in the header `bartizan-signature`. */
    signing_key: secretReferenceSchema.optional(),
    allow_private_network: allowPrivateNetwork,
  })
  .meta({ title: 'Webhook: JSON, signed' });

const slack = z
  .strictObject({
    kind: z.literal('slack'),
    url: secretReferenceSchema.meta({
      title: 'Address',
      description: 'Whoever knows such an address may post there: it is a secret.',
    }),
    allow_private_network: allowPrivateNetwork,
  })
  .meta({ title: 'Slack, or what takes its webhooks' });

const address = z.email().max(254);

const email = z
  .strictObject({
    kind: z.literal('email'),
    recipients: z.array(address).min(1).max(50),
    sender: address,
    host: z.string().regex(/^[A-Za-z0-9.:_-]{1,255}$/, 'a host name or an address'),
    port: z.int().min(1).max(65_535).default(587),
    encryption: z
      .enum(['starttls', 'tls', 'none'])
      .default('starttls')
      .describe('None: within a private network alone.'),
    user: line.optional(),
    password: secretReferenceSchema.optional(),
    allow_private_network: allowPrivateNetwork,
  })
  .meta({ title: 'E-mail' });

export const alertSchema = z.strictObject({
  description: z.string().max(2_000).default(''),
  on: z
    .discriminatedUnion('event', [
      refusals,
      guardrailHits,
      providerErrors,
      limitReached,
      stopped,
      objection,
      witnesses,
      administrators,
    ])
    .meta({ title: 'When', description: 'What has to happen.' }),
  to: z
    .discriminatedUnion('kind', [webhook, slack, email])
    .meta({ title: 'Told by', description: 'Who is told.' }),
  /** After it was told, it is told again at the earliest then. */
  cool_down_minutes: z.int().min(1).max(MOST_MINUTES).default(30).meta({
    title: 'Minutes of quiet afterwards',
    description: 'What happens meanwhile is told together, then.',
  }),
});

const MAX_ALERTS = 100;

/** Under its name in the tree. */
export const alertsSchema = z
  .record(name, alertSchema)
  .refine((alerts) => Object.keys(alerts).length <= MAX_ALERTS, `${MAX_ALERTS} at most`);

export type AlertConfiguration = z.infer<typeof alertSchema>;
export type AlertCondition = AlertConfiguration['on'];
export type AlertDestination = AlertConfiguration['to'];
