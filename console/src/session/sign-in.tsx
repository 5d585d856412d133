/** The way in. */
import { DoorFrame } from './door-frame.tsx';

export function SignIn() {
  return (
    <DoorFrame title="Sign in">
      <p className="text-muted">Nobody can sign in here yet.</p>
    </DoorFrame>
  );
}
