/** The page's own address keeps its filters: they can be linked to, and the back button knows them. */
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';

export type SearchParams = Readonly<Record<string, string | undefined>>;

export function useSearchParams(): readonly [SearchParams, (patch: SearchParams) => void] {
  const search: SearchParams = useSearch({ strict: false });
  const navigate = useNavigate();
  const change = useCallback(
    (patch: SearchParams) => {
      void navigate({
        to: '.',
        search: (before: SearchParams) => withoutEmpty({ ...before, ...patch }),
        replace: true,
        resetScroll: false,
      });
    },
    [navigate],
  );
  return [search, change];
}

function withoutEmpty(search: SearchParams): SearchParams {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined && value !== ''),
  );
}
