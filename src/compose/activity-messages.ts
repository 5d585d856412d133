/** What the main thread and the threads of the index say to one another. */
import type { ActivityIndex } from '../governance/activity/activity.ts';

/** Where record and index are. */
export interface ActivityPlace {
  readonly directory: string;
  readonly databaseUrl: string | undefined;
}

export type ToActivityThread =
  | {
      readonly kind: 'ask';
      readonly request: number;
      readonly method: keyof ActivityIndex;
      readonly argument: unknown;
    }
  | { readonly kind: 'close' };

export type FromActivityThread =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answer'; readonly request: number; readonly value: unknown }
  | { readonly kind: 'refused'; readonly request: number; readonly message: string }
  | { readonly kind: 'failure'; readonly failure: string | undefined }
  | { readonly kind: 'fault'; readonly message: string };
