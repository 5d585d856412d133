/** How administrators sign in: `sign_in` of the tree. */
import { z } from 'zod';
import { name, secretReferenceSchema } from './name.ts';

const claim = z.string().min(1).max(200);

/** What a role extends over: the whole organization unless told. */
const scope = z
  .union([z.literal('organization'), z.strictObject({ application: name }), z.strictObject({ group: name })])
  .default('organization');

export const signInProviderSchema = z.strictObject({
  /** On the button: `Sign in with …`. Its name unless told. */
  title: z.string().max(200).optional(),
  /** As its discovery document says it. */
  issuer: z.url({ protocol: /^https?$/ }),
  client_id: z.string().min(1).max(500),
  /** Absent: a public client. */
  client_secret: secretReferenceSchema.optional(),
  scopes: z.array(z.string().min(1).max(200)).max(20).default(['openid', 'profile', 'email']),
  /** The claim that holds the administrator's id, which is the principal's. A way to it is written with points. */
  id_claim: claim.default('email'),
  name_claim: claim.default('name'),
  groups_claim: claim.default('groups'),
  allow_private_network: z.boolean().default(false),
  /** Whether a local account of the same id is taken over by whoever signs in here as that. */
  link_accounts: z.boolean().default(false),
  /** Roles by the provider's groups. Whoever has none of them, and no role of their own, is not let in. */
  roles: z
    .array(z.strictObject({ group: z.string().min(1).max(500), role: name, scope }))
    .max(1_000)
    .default([]),
  /** For who is in none of those groups. */
  default_role: z.strictObject({ role: name, scope }).optional(),
});

export const signInSchema = z.strictObject({
  /** Where the console is reached: `https://bartizan.example.com`. As the browser says unless told. */
  public_url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).pathname === '/', 'scheme, host and port alone')
    .optional(),
  /** Whether passwords are taken; single sign-on and passkeys go on without. */
  passwords: z.boolean().default(true),
  passkeys: z.boolean().default(true),
  /** A session ends when nothing was asked for so long, and in any case after so many hours. */
  idle_minutes: z.int().min(1).max(1_440).default(30),
  absolute_hours: z.int().min(1).max(168).default(12),
  /** Where else one may sign in: OpenID Connect. */
  providers: z.record(name, signInProviderSchema).default({}),
});
