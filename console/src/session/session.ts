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

/** A permission over anything at all, or over the whole organization: as an operation needs it. */
export type Need = Permission | { readonly permission: Permission; readonly over: 'organization' };

/** The log, and all that is configured as one text, are of the house as a whole. */
export const WHOLE_LOG = { permission: 'audit.read', over: 'organization' } as const;
export const WHOLE_TREE = { permission: 'configuration.read', over: 'organization' } as const;

/** Whether somebody may, at least somewhere; where exactly, each operation says. */
export function isMet(need: Need, { permissions, everywhere }: Session): boolean {
  return typeof need === 'string' ? permissions.includes(need) : everywhere.includes(need.permission);
}

/** Whether they have any of these; nothing is needed where there are none. */
export function isAnyMet(needs: readonly Need[], session: Session): boolean {
  return needs.length === 0 || needs.some((need) => isMet(need, session));
}

/** `audit.read over the whole organization` */
export function needText(need: Need): string {
  return typeof need === 'string' ? need : `${need.permission} over the whole organization`;
}

export function useMay(need: Need): boolean {
  const session = useQuery(sessionQuery).data;
  return session !== undefined && isMet(need, session);
}
