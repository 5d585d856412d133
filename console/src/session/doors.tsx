/** The pages before sign-in. */
import { lazyRouteComponent, type RouteComponent } from '@tanstack/react-router';

interface Door {
  /** Below `/console`. */
  readonly path: string;
  readonly component: RouteComponent;
}

export const DOORS: readonly Door[] = [
  { path: 'sign-in', component: lazyRouteComponent(() => import('./sign-in.tsx'), 'SignIn') },
  { path: 'welcome', component: lazyRouteComponent(() => import('./welcome.tsx'), 'Welcome') },
];
