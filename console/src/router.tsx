/** Addresses: `/console/<page>/…` within the shell, sign-in outside of it. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  Outlet,
  redirect,
  type ErrorComponentProps,
} from '@tanstack/react-router';
import { ApiProblem } from '@contract/api/client.ts';
import { queries } from './api.ts';
import { Button } from './kit/button.tsx';
import { ProblemNotice } from './kit/problem-notice.tsx';
import { Spinner } from './kit/spinner.tsx';
import { GALLERY, PAGES, type PageEntry } from './pages.tsx';
import { isAnyMet, sessionQuery, type Session } from './session/session.ts';
import { DOORS } from './session/doors.tsx';
import { noteNavigation } from './shell/focus.ts';
import { NotFound } from './shell/not-found.tsx';
import { PageHost } from './shell/page-host.tsx';
import { Shell } from './shell/shell.tsx';

const rootRoute = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** The router's own types would have to know the tree that is made here. */
function go(to: string, search: Readonly<Record<string, string>> = {}): never {
  redirect({ to, search, replace: true, throw: true } as never);
  throw new Error('a redirect returns to nobody');
}

const entranceRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () => {
    go('/console');
  },
});

const doorRoutes = DOORS.map(({ path, component }) =>
  createRoute({ getParentRoute: () => rootRoute, path: `/console/${path}`, component }),
);

const shellRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/console',
  component: Shell,
  beforeLoad: async ({ location }) => ({ session: await signedIn(location.href) }),
});

async function signedIn(href: string): Promise<Session> {
  try {
    return await queries.ensureQueryData(sessionQuery);
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.problem.status !== 401) throw error;
    return go('/console/sign-in', { next: href });
  }
}

const firstRoute = createRoute({
  getParentRoute: () => shellRoute,
  path: '/',
  beforeLoad: ({ context }) => {
    const first = pagesFor(context.session)[0];
    go(`/console/${first?.id ?? 'account'}`);
  },
});

function pagesFor(session: Session): readonly PageEntry[] {
  return PAGES.filter(({ needs, group }) => group !== 'none' && isAnyMet(needs, session));
}

const pageRoutes = [...PAGES, ...GALLERY].flatMap((entry) =>
  [`/${entry.id}`, `/${entry.id}/$`].map((path) =>
    createRoute({
      getParentRoute: () => shellRoute,
      path,
      loader: entry.load,
      staleTime: Number.POSITIVE_INFINITY,
      component: function PageOf() {
        return <PageHost entry={entry} />;
      },
    }),
  ),
);

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    entranceRoute,
    ...doorRoutes,
    shellRoute.addChildren([firstRoute, ...pageRoutes]),
  ]),
  defaultPreload: 'intent',
  defaultPendingMs: 300,
  defaultPendingComponent: () => (
    <div className="grid min-h-60 place-items-center">
      <Spinner label="Loading" />
    </div>
  ),
  defaultErrorComponent: Broken,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
  // Every value is the text that stands there: `?version=007` stays what it is.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const set = Object.entries(search).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)]],
    );
    return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`;
  },
});

router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
  if (pathChanged && fromLocation !== undefined) noteNavigation();
});

function Broken({ error, reset }: ErrorComponentProps) {
  return (
    <div className="mx-auto w-full max-w-2xl p-6">
      <ProblemNotice problem={error}>
        <Button size="small" onClick={reset}>
          Try again
        </Button>
        <Button size="small" onClick={() => location.reload()}>
          Load the page again
        </Button>
      </ProblemNotice>
    </div>
  );
}
