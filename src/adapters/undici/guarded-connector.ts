/** Opens connections to checked addresses only: what was resolved is checked, and what was checked is connected to. */
import type { LookupAddress, LookupOptions } from 'node:dns';
import { isIP } from 'node:net';
import { callbackify } from 'node:util';
import { buildConnector } from 'undici';
import { TransportError } from '../../modules/inference/transport.ts';
import { mayConnect } from './address-guard.ts';

/** All addresses of a name; tests give their own. */
export type Lookup = (hostname: string) => Promise<readonly LookupAddress[]>;

export interface GuardedConnectorOptions {
  readonly lookup: Lookup;
  readonly isEncrypted: boolean;
  readonly allowPrivateNetwork: boolean;
  readonly connectTimeoutMs: number;
  readonly certificateAuthorities: readonly string[] | undefined;
}

type LookupCallback = (
  error: NodeJS.ErrnoException | null,
  address: string | LookupAddress[],
  family?: number,
) => void;

/**
 * The socket resolves through `lookup` once and connects to the addresses it was given, so a name that resolves
 * to another address a moment later (DNS rebinding) gains nothing. One forbidden address refuses the whole name.
 */
export function createGuardedConnector(options: GuardedConnectorOptions): buildConnector.connector {
  const { isEncrypted, allowPrivateNetwork, certificateAuthorities } = options;
  const isAllowed = (address: string) => mayConnect(address, isEncrypted, allowPrivateNetwork);
  const resolve = async (hostname: string): Promise<LookupAddress[]> => {
    const addresses = [...(await options.lookup(hostname))];
    if (addresses.length === 0) throw new Error('the host name has no address');
    if (!addresses.every(({ address }) => isAllowed(address))) throw new TransportError('address_forbidden');
    return addresses;
  };
  const lookUp = callbackify(resolve);
  const connect = buildConnector({
    allowH2: false,
    timeout: options.connectTimeoutMs,
    lookup: (hostname: string, { all }: LookupOptions, callback: LookupCallback) => {
      lookUp(hostname, (error, addresses) => {
        // Where there is an error there are no addresses at all.
        if (error) {
          callback(error, []);
          return;
        }
        const [first] = addresses;
        if (all === true || first === undefined) callback(null, addresses);
        else callback(null, first.address, first.family);
      });
    },
    ...(certificateAuthorities === undefined ? {} : { ca: [...certificateAuthorities] }),
  });
  return (target, callback) => {
    // An address written as such is never looked up, so the lookup would not check it.
    if (isIP(target.hostname) !== 0 && !isAllowed(target.hostname)) {
      callback(new TransportError('address_forbidden'), null);
    } else connect(target, callback);
  };
}
