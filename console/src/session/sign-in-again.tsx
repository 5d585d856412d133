/** The dialog over whatever somebody was doing when their session ended or is not fresh enough. Nothing behind it is lost. */
import { useQueryClient } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { client, rememberCsrf } from '../api.ts';
import { Dialog } from '../kit/dialog.tsx';
import { Form } from '../kit/form.tsx';
import { Skeleton } from '../kit/spinner.tsx';
import { TextField } from '../kit/text-field.tsx';
import { useRenewal, type Renewal } from './renewal.ts';
import { sessionQuery, type Session } from './session.ts';

const SignInForm = lazy(() => import('./sign-in-form.tsx').then((file) => ({ default: file.SignInForm })));

export function SignInAgain() {
  const renewal = useRenewal();
  if (renewal === undefined) return null;
  return (
    <Dialog
      open
      title={renewal.kind === 'lapsed' ? 'Your session has ended' : 'Confirm that it is you'}
      description={
        renewal.kind === 'lapsed'
          ? 'Sign in again to go on where you were. What you have typed is still here.'
          : 'This change needs a sign-in of the last few minutes.'
      }
      onOpenChange={(isOpen) => {
        if (!isOpen) renewal.cancel();
      }}
    >
      <Renew key={renewal.kind} renewal={renewal} />
    </Dialog>
  );
}

function Renew({ renewal }: { readonly renewal: Renewal }) {
  const cache = useQueryClient();
  const id = cache.getQueryData<Session>(sessionQuery.queryKey)?.administrator.id;
  const [isOtherWay, setOtherWay] = useState(renewal.kind === 'lapsed');
  if (!isOtherWay) return <Confirm renewal={renewal} onOtherWay={() => setOtherWay(true)} />;
  return (
    <Suspense fallback={<Skeleton lines={5} />}>
      <SignInForm
        {...(id === undefined ? {} : { id })}
        next={`${location.pathname}${location.search}`}
        onSignedIn={async () => {
          const session = await cache.fetchQuery({ ...sessionQuery, staleTime: 0, retry: false });
          // Somebody else at the same page: nothing of the one before may be sent in their name.
          if (id !== undefined && session.administrator.id !== id) location.assign('/console');
          else renewal.succeed();
        }}
      />
    </Suspense>
  );
}

interface ConfirmProps {
  readonly renewal: Renewal;
  readonly onOtherWay: () => void;
}

function Confirm({ renewal, onOtherWay }: ConfirmProps) {
  const [password, setPassword] = useState('');
  return (
    <Form
      submit="Confirm"
      onSubmit={async () => {
        const { csrf } = await client.call('confirmAccount', { body: { password } });
        rememberCsrf(csrf);
        renewal.succeed();
      }}
      actions={
        <button type="button" onClick={onOtherWay} className="rounded px-2 text-accent underline">
          Another way
        </button>
      }
    >
      <TextField
        label="Your password"
        type="password"
        autoComplete="current-password"
        required
        requiredIsPlain
        autoFocus
        value={password}
        onChange={setPassword}
      />
    </Form>
  );
}
