/** The way in. */
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { REFUSED_BY_PROVIDER } from './provider-problems.ts';
import { DoorFrame } from './door-frame.tsx';
import { sessionQuery } from './session.ts';
import { SignInForm } from './sign-in-form.tsx';
import { useSearchParams } from '../kit/search-params.ts';

export function SignIn() {
  const [search] = useSearchParams();
  const next = insideOf(search['next']);
  const arrive = useArrival(next);
  const refused = search['problem'];
  return (
    <DoorFrame title="Sign in">
      {refused !== undefined && (
        <p role="alert" className="rounded-md bg-bad-soft p-3 text-bad">
          {REFUSED_BY_PROVIDER[refused] ?? 'The sign-in there was not accepted. Try again, or another way.'}
        </p>
      )}
      <SignInForm next={next} onSignedIn={arrive} />
    </DoorFrame>
  );
}

/** Goes on, once somebody has signed in: whatever another may have seen before is forgotten. */
export function useArrival(next: string): () => Promise<void> {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return async () => {
    cache.clear();
    await cache.fetchQuery(sessionQuery);
    const [path = '', search = ''] = next.split('?');
    await navigate({ to: path, search: Object.fromEntries(new URLSearchParams(search)) as never });
  };
}

/** Only ever a page of the console: an address from elsewhere leads astray. */
function insideOf(next: string | undefined): string {
  return next !== undefined && /^\/console(?:[/?]|$)/.test(next) ? next : '/console';
}
