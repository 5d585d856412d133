/** A link for those whose roles reach what it leads to; its words alone for everybody else. */
import type { ComponentProps } from 'react';
import { Link } from '../kit/link.tsx';
import { useMay, type Need } from './session.ts';

interface OpenLinkProps extends ComponentProps<typeof Link> {
  readonly needs: Need;
}

export function OpenLink({ needs, ...link }: OpenLinkProps) {
  return useMay(needs) ? <Link {...link} /> : <span className={link.className}>{link.children}</span>;
}
