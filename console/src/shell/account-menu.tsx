/** Whoever has signed in: their account, how the console looks to them, and the way out. */
import { ChevronsUpDown, CircleUser, LogOut, MonitorSmartphone } from 'lucide-react';
import { client } from '../api.ts';
import { InertText } from '../kit/inert-text.tsx';
import { Menu, type MenuEntry } from '../kit/menu.tsx';
import { useSession } from '../session/session.ts';
import { THEMES, useTheme } from './theme.ts';

const THEME_TITLES = { light: 'Light', dark: 'Dark', system: 'As the system' } as const;

export function AccountMenu({ compact = false }: { readonly compact?: boolean }) {
  const { administrator } = useSession();
  const [theme, choose] = useTheme();
  const initials = initialsOf(administrator.displayName);
  const entries: readonly MenuEntry[] = [
    { kind: 'heading', label: administrator.id },
    { kind: 'link', label: 'My account', icon: <CircleUser aria-hidden />, to: '/account' },
    { kind: 'link', label: 'Sessions', icon: <MonitorSmartphone aria-hidden />, to: '/account/sessions' },
    { kind: 'separator' },
    {
      kind: 'choice',
      label: 'Theme',
      value: theme,
      options: THEMES.map((each) => ({ value: each, label: THEME_TITLES[each] })),
      onChange: (value) => choose(THEMES.find((each) => each === value) ?? 'system'),
    },
    { kind: 'separator' },
    { kind: 'action', label: 'Sign out', icon: <LogOut aria-hidden />, onChoose: signOut },
  ];
  return (
    <Menu
      side={compact ? 'bottom' : 'top'}
      entries={entries}
      trigger={
        <button
          type="button"
          className={`flex items-center gap-2.5 rounded-md text-left hover:bg-tower-on ${compact ? 'p-1' : 'w-full px-2 py-1.5'}`}
        >
          <span
            aria-hidden
            className="grid size-7 shrink-0 place-items-center rounded-full bg-tower-on text-xs font-semibold text-tower-text"
          >
            {initials}
          </span>
          {compact ? (
            <span className="sr-only">Account: {administrator.displayName}</span>
          ) : (
            <>
              <span className="min-w-0 flex-1 leading-tight">
                <span className="block truncate">
                  <span className="sr-only">Account: </span>
                  <InertText text={administrator.displayName} oneLine />
                </span>
                <span className="block truncate text-sm text-tower-muted">{administrator.id}</span>
              </span>
              <ChevronsUpDown aria-hidden className="size-4 text-tower-muted" />
            </>
          )}
        </button>
      }
    />
  );
}

function initialsOf(name: string): string {
  const words = name.split(/\s+/).filter((word) => word !== '');
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends
    .map((word = '?') => String.fromCodePoint(word.codePointAt(0) ?? 0x3f))
    .join('')
    .toUpperCase();
}

/** What others may have been shown is gone with the page. */
async function signOut(): Promise<void> {
  await client.call('signOut');
  location.assign('/console/sign-in');
}
