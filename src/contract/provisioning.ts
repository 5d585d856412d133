/** What a directory that provisions accounts (SCIM 2.0) gives: `provisioning` of the tree. */
import { z } from 'zod';
import { name } from './name.ts';

export const provisioningSchema = z.strictObject({
  /** The identity provider, of `sign_in.providers`, that vouches for accounts which the directory makes. */
  provider: name.default('scim'),
  /** Roles by the directory's groups, as those are displayed. */
  roles: z
    .array(
      z.strictObject({
        group: z.string().min(1).max(500),
        role: name,
        /** What the role extends over: the whole organization unless told. */
        scope: z
          .union([
            z.literal('organization'),
            z.strictObject({ application: name }),
            z.strictObject({ group: name }),
          ])
          .default('organization'),
      }),
    )
    .max(1_000)
    .default([]),
});
