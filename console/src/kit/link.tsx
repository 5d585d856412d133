/** A link to a page of the console: `/activity/int_…`, below `/console`. */
import { Link as RouterLink } from '@tanstack/react-router';
import type { ComponentProps, ReactNode } from 'react';

interface LinkProps extends Omit<ComponentProps<'a'>, 'href'> {
  /** Below `/console`, with its search: `/activity?outcome=refused`. */
  readonly to: string;
  readonly children?: ReactNode;
  /** When it counts as the place where one is; unless told: there and below. */
  readonly activeOptions?: { readonly exact?: boolean; readonly includeSearch?: boolean };
}

export function Link({ to, activeOptions = { includeSearch: false }, ...rest }: LinkProps) {
  const [path = '', search = ''] = to.split('?');
  // The router's own types would have to know every page.
  const where = { to: consolePath(path), search: Object.fromEntries(new URLSearchParams(search)) as never };
  return <RouterLink {...(rest as object)} activeOptions={activeOptions} {...where} />;
}

export function consolePath(path: string): string {
  return `/console${path === '/' ? '' : path}`;
}
