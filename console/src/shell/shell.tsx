/** What is around every page: the way past it, the navigation, the page. */
import { Outlet } from '@tanstack/react-router';
import { Menu as MenuIcon } from 'lucide-react';
import { useState } from 'react';
import { IconButton } from '../kit/icon-button.tsx';
import { InertText } from '../kit/inert-text.tsx';
import { Mark } from '../kit/mark.tsx';
import { useSession } from '../session/session.ts';
import { AccountMenu } from './account-menu.tsx';
import { DemoBanner } from './demo-banner.tsx';
import { NavigationDrawer } from './navigation-drawer.tsx';
import { Navigation } from './navigation.tsx';

const MAIN = 'main';

export function Shell() {
  const [isMenuOpen, setMenuOpen] = useState(false);
  const { organization } = useSession();
  return (
    <div className="min-h-dvh md:grid md:grid-cols-[14.5rem_minmax(0,1fr)]">
      <a
        href={`#${MAIN}`}
        onClick={(event) => {
          event.preventDefault();
          document.getElementById(MAIN)?.focus();
        }}
        className="absolute left-2 z-50 -translate-y-20 rounded-md bg-accent-fill px-3 py-2 text-on-accent focus:translate-y-2"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-20 flex h-13 items-center gap-2 bg-tower px-3 text-tower-text md:hidden">
        <IconButton
          label="Menu"
          icon={<MenuIcon aria-hidden />}
          className="text-tower-text hover:bg-tower-on"
          onClick={() => setMenuOpen(true)}
        />
        <Mark className="size-6" />
        <span className="min-w-0 flex-1 truncate font-semibold">
          <InertText text={organization === '' ? 'Bartizan' : organization} oneLine />
        </span>
        <AccountMenu compact />
      </header>
      <NavigationDrawer open={isMenuOpen} onOpenChange={setMenuOpen} />
      <div className="sticky top-0 hidden h-dvh flex-col bg-tower text-tower-text md:flex">
        <header className="flex items-center gap-2.5 px-4 pt-4 pb-3">
          <Mark className="size-8 shrink-0" />
          <div className="min-w-0 leading-tight">
            <p className="font-semibold">Bartizan</p>
            <p className="text-sm text-tower-muted">
              <InertText text={organization} oneLine />
            </p>
          </div>
        </header>
        <Navigation />
        <section aria-label="Account" className="border-t border-tower-line p-2">
          <AccountMenu />
        </section>
      </div>
      <main id={MAIN} tabIndex={-1} className="min-w-0 outline-none">
        <DemoBanner />
        <Outlet />
      </main>
    </div>
  );
}
