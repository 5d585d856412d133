/** The roles there are: those of the house, and those that the tree adds. */
import { z } from 'zod';
import { BUILT_IN_ROLES } from '@contract/api/permissions.ts';
import { useAsk } from '../../api.ts';
import type { Option } from '../../kit/select.tsx';

const rolesSchema = z.looseObject({
  roles: z
    .record(z.string(), z.looseObject({ title: z.string().optional(), description: z.string().optional() }))
    .default({}),
  applications: z.record(z.string(), z.unknown()).default({}),
  groups: z.record(z.string(), z.unknown()).default({}),
});

export interface RoleChoices {
  readonly roles: readonly Option[];
  readonly applications: readonly Option[];
  readonly groups: readonly Option[];
}

export function useRoleChoices(): RoleChoices {
  const configuration = useAsk('getConfiguration');
  const parsed = rolesSchema.safeParse(configuration.data?.tree ?? {});
  const tree = parsed.success ? parsed.data : { roles: {}, applications: {}, groups: {} };
  const named = (part: Readonly<Record<string, unknown>>): readonly Option[] =>
    Object.keys(part).map((name) => ({ value: name, label: name }));
  return {
    roles: [
      ...Object.entries(BUILT_IN_ROLES).map(([value, { title, description }]) => ({
        value,
        label: title,
        hint: description,
      })),
      ...Object.entries(tree.roles).map(([value, { title = value, description }]) => ({
        value,
        label: title,
        ...(description === undefined ? {} : { hint: description }),
      })),
    ],
    applications: named(tree.applications),
    groups: named(tree.groups),
  };
}
