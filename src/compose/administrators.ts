/** Furnishes the administrators' room: with the record, a key of the house, and what the tree says of signing in. */
import type { Configuration } from '../contract/configuration.ts';
import {
  createAdministrators,
  type Administrators,
  type SignInSettings,
} from '../governance/administrators/administrators.ts';
import type { Office } from './office.ts';

const MINUTE_MS = 60_000;

export function furnishAdministrators(
  { stores, audit, clock, keyring }: Office,
  configuration: () => Configuration,
  onFault: (error: unknown) => void,
): Administrators {
  return createAdministrators({
    store: stores.administrators,
    append: audit.append,
    clock,
    settings: () => signInSettings(configuration()),
    key: keyring.houseKey('sign-in'),
    onFault,
  });
}

export function signInSettings({ organization, sign_in }: Configuration): SignInSettings {
  return {
    organization,
    publicOrigin: sign_in.public_url === undefined ? undefined : new URL(sign_in.public_url).origin,
    password: sign_in.passwords,
    passkey: sign_in.passkeys,
    idleMs: sign_in.idle_minutes * MINUTE_MS,
    absoluteMs: sign_in.absolute_hours * 60 * MINUTE_MS,
  };
}
