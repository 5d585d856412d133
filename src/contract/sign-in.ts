/** How administrators sign in: `sign_in` of the tree. */
import { z } from 'zod';

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
});
