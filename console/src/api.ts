/**
 * The API, as pages use it: `useAsk` reads, `useAskPages` reads a list page by page, `useChange` changes.
 *
 * A session that ends in the middle of something is renewed in place: the request waits for the dialog, then is sent again.
 */
import {
  keepPreviousData,
  QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import { ApiProblem, createClient, type Ask, type OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import type { OperationName } from '@contract/api/operations.ts';
import { askToRenew, type RenewalKind } from './session/renewal.ts';

const CSRF = 'x-bartizan-csrf';
const LAPSED = new Set(['missing_credential', 'expired_credential', 'invalid_credential']);
/** These ask for a credential themselves. */
const SIGN_IN = /^\/api\/v1\/(session$|sign-in)/;

let csrf = '';

export function rememberCsrf(token: string): void {
  csrf = token;
}

async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const response = await fetch(input, init);
  const path = new URL(input instanceof Request ? input.url : input, location.origin).pathname;
  const needed = SIGN_IN.test(path) ? undefined : await renewalNeededFor(response);
  if (needed === undefined) return response;
  await askToRenew(needed);
  const headers = new Headers(init.headers);
  headers.set(CSRF, csrf);
  return send(input, { ...init, headers });
}

async function renewalNeededFor(response: Response): Promise<RenewalKind | undefined> {
  // Whoever has not signed in at all is sent to the sign-in page by the session's own query.
  if (csrf === '' || (response.status !== 401 && response.status !== 403)) return undefined;
  const code = await codeOf(response.clone());
  if (LAPSED.has(code)) return 'lapsed';
  return code === 'fresh_sign_in_needed' ? 'confirm' : undefined;
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null && 'code' in body ? String(body.code) : '';
}

export const client = createClient({
  baseUrl: '',
  fetch: send,
  headers: (): Readonly<Record<string, string>> => (csrf === '' ? {} : { [CSRF]: csrf }),
});

export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      // A no is an answer; what could not be reached may be there in a moment.
      retry: (count, error) => count < 2 && (!(error instanceof ApiProblem) || error.problem.status >= 502),
      refetchOnWindowFocus: false,
    },
  },
});

type AnswerTo<Name extends OperationName> = AnswerOf<OperationOf<Name>>;
type AskTo<Name extends OperationName> = Ask<OperationOf<Name>>;
/** Without what is the caller's own affair: it is no part of what is asked. */
type Question<Name extends OperationName> = Omit<AskTo<Name>, 'signal'>;

interface AskOptions {
  readonly enabled?: boolean;
  /** Asks again after so long. */
  readonly everyMs?: number;
  /** Shows the last answer while another is on its way: for filters. */
  readonly keepPrevious?: boolean;
}

/** Reads one thing. */
export function useAsk<Name extends OperationName>(
  name: Name,
  question?: Question<Name>,
  options: AskOptions = {},
) {
  return useQuery<AnswerTo<Name>>({
    queryKey: [name, question ?? {}],
    queryFn: ({ signal }) => call(name, { ...question, signal }),
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
}

interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
type ItemOf<Name extends OperationName> =
  AnswerTo<Name> extends { readonly items: readonly (infer Item)[] } ? Item : never;

/** Reads a list that comes in pages: `rows` are all that have come so far. */
export function useAskPages<Name extends OperationName>(
  name: Name,
  question?: Question<Name>,
  options: AskOptions = {},
) {
  const asked = useInfiniteQuery({
    queryKey: [name, 'pages', question ?? {}],
    initialPageParam: '',
    queryFn: async ({ signal, pageParam }) => {
      const query = {
        ...question?.query,
        ...(pageParam === '' ? {} : { cursor: pageParam }),
      };
      // That it is a page is what `ItemOf` is made of: for anything else, the items are `never`.
      return (await call(name, { ...question, query, signal })) as unknown as PageOf<ItemOf<Name>>;
    },
    getNextPageParam: (page) => page.next ?? undefined,
    enabled: options.enabled ?? true,
    ...(options.everyMs === undefined ? {} : { refetchInterval: options.everyMs }),
    ...(options.keepPrevious === true ? { placeholderData: keepPreviousData } : {}),
  });
  return { ...asked, rows: asked.data?.pages.flatMap((page) => page.items) };
}

/**
 * What was read through these operations is read again: where a page shows it, at once; elsewhere it is forgotten, so that
 * no page begins with what is not so any more.
 */
export async function readAgain(cache: QueryClient, names: readonly OperationName[]): Promise<void> {
  forgetUnseen(cache, names);
  await Promise.all(names.map((each) => cache.invalidateQueries({ queryKey: [each] })));
}

/** Forgets what was read through these operations and no page shows. */
export function forgetUnseen(cache: QueryClient, names: readonly OperationName[]): void {
  for (const each of names) cache.removeQueries({ queryKey: [each], type: 'inactive' });
}

/** Changes something; what was read through the named operations is read again. */
export function useChange<Name extends OperationName>(name: Name, rereads: readonly OperationName[] = []) {
  const cache = useQueryClient();
  return useMutation<AnswerTo<Name>, Error, AskTo<Name>>({
    mutationFn: (ask) => call(name, ask),
    onSuccess: () => readAgain(cache, rereads),
  });
}

/** The client's own types tell whether the argument may be left out; here it is always there. */
function call<Name extends OperationName>(name: Name, ask: object): Promise<AnswerTo<Name>> {
  const loosely = client.call as (name: OperationName, ask: object) => Promise<unknown>;
  return loosely(name, ask) as Promise<AnswerTo<Name>>;
}
