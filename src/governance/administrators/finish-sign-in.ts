/** How every sign-in ends: written down, then a session of its own. */
import { Refusal } from '../../domain/refusal.ts';
import type { Means } from './means.ts';
import type { NewCookie } from './sessions.ts';
import type { Visitor } from './settings.ts';
import type { StoredAdministrator } from './store.ts';

export interface SignedInNow extends NewCookie {
  readonly kind: 'signed-in';
  /** The mark of this browser, for its next sign-in. */
  readonly device: string;
}

export async function finishSignIn(
  { store, clock, sessions, devices, recorder }: Means,
  account: StoredAdministrator,
  visitor: Visitor,
  methods: readonly string[],
): Promise<SignedInNow> {
  await recorder.record({ actor: account.id, action: 'sign_in', account, after: methods.join(' ') });
  const cookie = await sessions.begin(account, visitor, methods);
  await store.accounts.signedIn(account.id, clock.now());
  return { kind: 'signed-in', ...cookie, device: devices.mark(account.reference) };
}

/** Nobody waits for its entry, so that an account that is there takes no longer than one that is not. */
export function failSignIn(
  { recorder, onFault }: Means,
  account: StoredAdministrator | undefined,
  how: string,
): Refusal {
  if (account !== undefined)
    recorder.record({ actor: 'visitor', action: 'sign_in.refused', account, after: how }).catch(onFault);
  return new Refusal('sign_in_failed');
}
