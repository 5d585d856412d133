/** Who is at the page, and what they may do. */
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import type { Permission } from '@contract/api/permissions.ts';
import type { sessionSchema } from '@contract/api/session.ts';
import { client, rememberCsrf } from '../api.ts';

export type Session = z.infer<typeof sessionSchema>;

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  async queryFn({ signal }): Promise<Session> {
    const session = await client.call('getSession', { signal });
    rememberCsrf(session.csrf);
    return session;
  },
  staleTime: 60_000,
  refetchOnWindowFocus: true,
});

/** Within the shell, where somebody has signed in. */
export function useSession(): Session {
  return useSuspenseQuery(sessionQuery).data;
}

/** Whether a permission reaches anything at all for them; where exactly, each operation says. */
export function useMay(permission: Permission): boolean {
  return useQuery(sessionQuery).data?.permissions.includes(permission) ?? false;
}
