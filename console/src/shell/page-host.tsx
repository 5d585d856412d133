/** Shows the screen of a page that the address means, to those who may see it. */
import { Navigate, useLoaderData, useParams } from '@tanstack/react-router';
import { ShieldX } from 'lucide-react';
import { EmptyState } from '../kit/empty-state.tsx';
import { Page } from '../kit/page.tsx';
import type { GuardedScreen, PageEntry, Screens } from '../pages.tsx';
import { matchScreen } from '../screen-match.ts';
import { isAnyMet, needText, useSession, type Need, type Session } from '../session/session.ts';
import { NotFound } from './not-found.tsx';

export function PageHost({ entry }: { readonly entry: PageEntry }) {
  const session = useSession();
  const { screens }: { readonly screens: Screens } = useLoaderData({ strict: false });
  const { _splat: rest = '' }: { readonly _splat?: string } = useParams({ strict: false });
  if (!isAnyMet(entry.needs, session)) return <Closed key={rest} title={entry.title} needs={entry.needs} />;
  const match = matchScreen(Object.keys(screens), rest);
  if (match === undefined) return <NotFound />;
  const { screen: Screen, needs } = guardOf(screens[match.pattern] ?? NotFound);
  if (!isAnyMet(needs, session)) {
    const other = match.pattern === '' ? firstOpen(screens, session) : undefined;
    // Whoever reaches only another part of the page begins there.
    if (other !== undefined) return <Navigate to={`/console/${entry.id}/${other}` as never} replace />;
    return <Closed key={rest} title={entry.title} needs={needs} />;
  }
  // Another thing is another screen: nothing typed about the one is kept for the other.
  return <Screen key={`${match.pattern} ${JSON.stringify(match.params)}`} params={match.params} />;
}

function firstOpen(screens: Screens, session: Session): string | undefined {
  return Object.entries(screens).find(
    ([pattern, given]) => /^[a-z]+$/.test(pattern) && isAnyMet(guardOf(given).needs, session),
  )?.[0];
}

function guardOf(given: Screens[string]): GuardedScreen {
  return 'screen' in given ? given : { screen: given, needs: [] };
}

interface ClosedProps {
  readonly title: string;
  readonly needs: readonly Need[];
}

function Closed({ title, needs }: ClosedProps) {
  return (
    <Page title={title}>
      <EmptyState icon={ShieldX} title="Your roles do not reach this page">
        It needs {needs.length > 1 && 'one of: '}
        {needs.map(needText).join(', ')}. Whoever administers this house can give you a role that has it.
      </EmptyState>
    </Page>
  );
}
