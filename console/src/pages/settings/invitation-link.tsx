/** A link that makes an account, or a new password for one: shown once. */
import { SecretOnce } from '../../kit/secret-once.tsx';
import { TimeText } from '../../kit/time-text.tsx';

export interface Invitation {
  readonly path: string;
  readonly expiresAtMs: number;
}

export function InvitationLink({ invitation: { path, expiresAtMs } }: { readonly invitation: Invitation }) {
  return (
    <SecretOnce label="Link" secret={new URL(path, location.origin).href}>
      Give it to them yourself: whoever has it can choose the password. It works once, and until{' '}
      <TimeText atMs={expiresAtMs} form="full" />.
    </SecretOnce>
  );
}
