/** Whether somebody may change one part of the tree, and what is said where they may not. */
import { Eye } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Permission } from '@contract/api/permissions.ts';
import { useMay } from '../session/session.ts';
import { useApplications } from './choices.ts';

export interface PartPermission {
  readonly mayWrite: boolean;
  /** Nothing where they may. */
  readonly note: ReactNode;
}

/** `concerns`: the applications that the part is about alone; none: it is about more. */
export function usePartPermission(permission: Permission, concerns: readonly string[] = []): PartPermission {
  const isSomewhere = useMay(permission);
  const isEverywhere = useMay({ permission, over: 'organization' });
  const own = new Set(useApplications().map(({ value }) => value));
  const areOwn = concerns.length > 0 && concerns.every((each) => own.has(each));
  if (isEverywhere || (isSomewhere && areOwn)) return { mayWrite: true, note: null };
  return {
    mayWrite: false,
    note: (
      <p className="flex items-center gap-2 rounded-md bg-sunken px-3 py-2 text-sm text-muted">
        <Eye aria-hidden className="size-4 shrink-0" />
        {isSomewhere
          ? 'You may look at it: it concerns more than the applications that you look after.'
          : `You may look at it: changing it needs ${permission}.`}
      </p>
    ),
  };
}
