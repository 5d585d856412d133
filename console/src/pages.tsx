/**
 * Every page of the console, one line each: `src/pages/<id>/<id>.tsx` exports its `screens`, by the path below the page's own.
 *
 *   export const screens: Screens = { '': ListScreen, $id: DetailScreen, new: { screen: NewScreen, needs: ['things.write'] } };
 */
import {
  Activity,
  CircleUser,
  Coins,
  Cpu,
  FileLock2,
  Gauge,
  KeyRound,
  MessagesSquare,
  ScrollText,
  Settings,
  ShieldCheck,
  type LucideIcon,
} from 'lucide-react';
import type { ComponentType } from 'react';
import { WHOLE_LOG, WHOLE_TREE, type Need } from './session/session.ts';

export interface ScreenProps {
  /** What stands in the address for `$…`. */
  readonly params: Readonly<Record<string, string>>;
}

/** A screen that more is needed for than for its page: any of these. */
export interface GuardedScreen {
  readonly screen: ComponentType<ScreenProps>;
  readonly needs: readonly Need[];
}

export type Screens = Readonly<Record<string, ComponentType<ScreenProps> | GuardedScreen>>;

export interface PageEntry {
  /** Below `/console`. */
  readonly id: string;
  readonly title: string;
  readonly icon: LucideIcon;
  /** Shown to whoever has any of these; empty: to everybody who has signed in. */
  readonly needs: readonly Need[];
  /** Where the navigation has it; `none`: elsewhere. */
  readonly group: 'watch' | 'shape' | 'prove' | 'use' | 'house' | 'none';
  readonly load: () => Promise<{ readonly screens: Screens }>;
}

export const PAGES: readonly PageEntry[] = [
  {
    id: 'overview',
    title: 'Overview',
    icon: Gauge,
    needs: ['overview.read'],
    group: 'watch',
    load: () => import('./pages/overview/overview.tsx'),
  },
  {
    id: 'activity',
    title: 'Activity',
    icon: Activity,
    needs: ['interactions.read'],
    group: 'watch',
    load: () => import('./pages/activity/activity.tsx'),
  },
  {
    id: 'guardrails',
    title: 'Guardrails',
    icon: ShieldCheck,
    needs: ['configuration.read'],
    group: 'shape',
    load: () => import('./pages/guardrails/guardrails.tsx'),
  },
  {
    id: 'access',
    title: 'Access',
    icon: KeyRound,
    needs: ['configuration.read', 'credentials.read'],
    group: 'shape',
    load: () => import('./pages/access/access.tsx'),
  },
  {
    id: 'models',
    title: 'Models',
    icon: Cpu,
    needs: ['configuration.read'],
    group: 'shape',
    load: () => import('./pages/models/models.tsx'),
  },
  {
    id: 'limits',
    title: 'Limits and spend',
    icon: Coins,
    needs: ['usage.read'],
    group: 'shape',
    load: () => import('./pages/limits/limits.tsx'),
  },
  {
    id: 'privacy',
    title: 'Privacy',
    icon: FileLock2,
    needs: ['privacy.read', 'subjects.read'],
    group: 'prove',
    load: () => import('./pages/privacy/privacy.tsx'),
  },
  {
    id: 'audit',
    title: 'Audit',
    icon: ScrollText,
    needs: [WHOLE_LOG],
    group: 'prove',
    load: () => import('./pages/audit/audit.tsx'),
  },
  {
    id: 'workbench',
    title: 'Workbench',
    icon: MessagesSquare,
    needs: ['workbench.use', 'contests.read'],
    group: 'use',
    load: () => import('./pages/workbench/workbench.tsx'),
  },
  {
    id: 'settings',
    title: 'Settings',
    icon: Settings,
    needs: ['administrators.read', WHOLE_TREE],
    group: 'house',
    load: () => import('./pages/settings/settings.tsx'),
  },
  {
    id: 'account',
    title: 'My account',
    icon: CircleUser,
    needs: [],
    group: 'none',
    load: () => import('./pages/account/account.tsx'),
  },
];

/** Only `vite build --mode gallery` has it: every part of the kit on one page, for tests and for those who draw pages. */
export const GALLERY: readonly PageEntry[] =
  import.meta.env.MODE === 'gallery'
    ? [
        {
          id: 'gallery',
          title: 'Gallery',
          icon: Settings,
          needs: [],
          group: 'none',
          load: () => import('./gallery/gallery.tsx'),
        },
      ]
    : [];
