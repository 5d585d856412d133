/** Hosts that are numbers: nobody vouches for them, and all ways of writing them but one are there to deceive. */
import { isPrivateAddress } from '../reading/private-address.ts';
import type { WebAddress } from '../reading/web-address.ts';

const VERSION_4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;
const AUTHORITY = /^(?:[a-z]+:)?[\\/]{2,}(?:[^\\/?#]*@)?(\[[^\]]*\]|[^\\/?#:]*)/i;

/** 0 for a host with a name, and for one of the own machine or network written plainly: manuals are full of them. */
export function numericHostConfidence({ raw, url }: WebAddress): number {
  const { hostname } = url;
  const written = AUTHORITY.exec(raw)?.[1]?.toLowerCase();
  if (VERSION_4.test(hostname)) {
    if (written !== hostname) return 0.95;
  } else if (!hostname.startsWith('[')) return 0;
  if (hostname.startsWith('[::ffff:')) return 0.9;
  return isPrivateAddress(hostname) ? 0 : 0.6;
}
