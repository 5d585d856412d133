/** The API's server-sent events, as pages follow them: a connection that is lost is made again. */
import { useEffect, useEffectEvent, useState } from 'react';
import { ApiProblem, type Ask, type OperationOf } from '@contract/api/client.ts';
import type { EventOf } from '@contract/api/operation.ts';
import type { OperationName } from '@contract/api/operations.ts';
import { client } from './api.ts';

export type Watching =
  | { readonly kind: 'off' }
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live' }
  /** It tries again by itself. */
  | { readonly kind: 'lost' }
  /** The API said no. */
  | { readonly kind: 'refused'; readonly problem: ApiProblem };

interface WatchOptions<Name extends OperationName> {
  readonly isOn: boolean;
  readonly onEvent: (event: EventOf<OperationOf<Name>>) => void;
}

const SHORTEST_MS = 500;
const LONGEST_MS = 15_000;

/** Follows the events of one operation, as long as the page shows what asks for them. */
export function useWatch<Name extends OperationName>(
  name: Name,
  query: object,
  { isOn, onEvent }: WatchOptions<Name>,
): Watching {
  const [state, setState] = useState<Watching>({ kind: 'connecting' });
  const tell = useEffectEvent(onEvent);
  const asked = JSON.stringify(query);
  useEffect(() => {
    if (!isOn) return;
    const end = new AbortController();
    void (async () => {
      setState({ kind: 'connecting' });
      let waitMs = SHORTEST_MS;
      while (!end.signal.aborted) {
        try {
          for await (const event of eventsOf(name, JSON.parse(asked), end.signal)) {
            if (end.signal.aborted) return;
            waitMs = SHORTEST_MS;
            setState((before) => (before.kind === 'live' ? before : { kind: 'live' }));
            tell(event);
          }
        } catch (error) {
          if (end.signal.aborted) return;
          if (error instanceof ApiProblem && error.problem.status < 500) {
            setState({ kind: 'refused', problem: error });
            return;
          }
        }
        if (end.signal.aborted) return;
        setState({ kind: 'lost' });
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        waitMs = Math.min(LONGEST_MS, waitMs * 2);
      }
    })();
    return () => end.abort();
  }, [name, asked, isOn]);
  return isOn ? state : { kind: 'off' };
}

/** The client's own types tell whether the argument may be left out; here it is always there. */
function eventsOf<Name extends OperationName>(
  name: Name,
  query: unknown,
  signal: AbortSignal,
): AsyncGenerator<EventOf<OperationOf<Name>>> {
  const loosely = client.events as (
    name: OperationName,
    ask: Ask<OperationOf<'watchInteractions'>>,
  ) => AsyncGenerator<never>;
  return loosely(name, { query: query as object, signal });
}
