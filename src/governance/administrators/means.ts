/** What the parts of the room work with, made once by its door. */
import type { Clock } from '../../base/clock.ts';
import type { AccessTokens } from './access-tokens.ts';
import type { Accounts } from './accounts.ts';
import type { Brake } from './brake.ts';
import type { Devices } from './device.ts';
import type { Passwords } from './password.ts';
import type { Recorder } from './record.ts';
import type { Sessions } from './sessions.ts';
import type { SignInSettings } from './settings.ts';
import type { AdministratorStore } from './store.ts';
import type { Tickets } from './tickets.ts';
import type { Totp } from './totp.ts';

export interface Means {
  readonly store: AdministratorStore;
  readonly clock: Clock;
  readonly settings: () => SignInSettings;
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  readonly tokens: AccessTokens;
  readonly tickets: Tickets;
  readonly passwords: Passwords;
  readonly totp: Totp;
  readonly brake: Brake;
  readonly devices: Devices;
  readonly recorder: Recorder;
  /** Seals steps that the store need not know of. */
  readonly stepKey: Buffer;
  /** Told of what nobody waits for. */
  readonly onFault: (error: unknown) => void;
}
