/** Roles, in words. */
import { BUILT_IN_ROLES } from '@contract/api/permissions.ts';

interface Assignment {
  readonly role: string;
  readonly scope:
    | { readonly kind: 'organization' }
    | { readonly kind: 'group' | 'application'; readonly id: string };
}

export function roleTitle(role: string): string {
  const builtIn: Readonly<Record<string, { readonly title: string }>> = BUILT_IN_ROLES;
  return builtIn[role]?.title ?? role;
}

/** `Owner; Application owner (application billing-bot)` */
export function rolesText(assignments: readonly Assignment[]): string {
  if (assignments.length === 0) return 'no role of their own';
  return assignments
    .map(({ role, scope }) =>
      scope.kind === 'organization' ? roleTitle(role) : `${roleTitle(role)} (${scope.kind} ${scope.id})`,
    )
    .join('; ');
}
