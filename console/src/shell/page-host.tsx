/** Shows the screen of a page that the address means, to those who may see the page. */
import { useLoaderData, useParams } from '@tanstack/react-router';
import { ShieldX } from 'lucide-react';
import { EmptyState } from '../kit/empty-state.tsx';
import { Page } from '../kit/page.tsx';
import type { PageEntry, Screens } from '../pages.tsx';
import { matchScreen } from '../screen-match.ts';
import { useSession } from '../session/session.ts';
import { NotFound } from './not-found.tsx';

export function PageHost({ entry }: { readonly entry: PageEntry }) {
  const { permissions } = useSession();
  const { screens }: { readonly screens: Screens } = useLoaderData({ strict: false });
  const { _splat: rest = '' }: { readonly _splat?: string } = useParams({ strict: false });
  if (entry.needs.length > 0 && !entry.needs.some((each) => permissions.includes(each)))
    return <Closed entry={entry} />;
  const match = matchScreen(Object.keys(screens), rest);
  const Screen = match === undefined ? undefined : screens[match.pattern];
  if (match === undefined || Screen === undefined) return <NotFound />;
  // Another thing is another screen: nothing typed about the one is kept for the other.
  return <Screen key={`${match.pattern} ${JSON.stringify(match.params)}`} params={match.params} />;
}

function Closed({ entry }: { readonly entry: PageEntry }) {
  return (
    <Page title={entry.title}>
      <EmptyState icon={ShieldX} title="Your roles do not reach this page">
        It needs one of: {entry.needs.join(', ')}. Whoever administers this house can give you a role that has
        it.
      </EmptyState>
    </Page>
  );
}
