/** The pages before sign-in. */
import type { RouteComponent } from '@tanstack/react-router';
import { SignIn } from './sign-in.tsx';

export interface Door {
  /** Below `/console`. */
  readonly path: string;
  readonly component: RouteComponent;
}

export const DOORS: readonly Door[] = [{ path: 'sign-in', component: SignIn }];
