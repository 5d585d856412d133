/** Where a link leads: the first administrator's, an invitation, or a forgotten password's. It is used up here. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { client } from '../api.ts';
import { Form } from '../kit/form.tsx';
import { errorAt, ProblemNotice } from '../kit/problem-notice.tsx';
import { Skeleton } from '../kit/spinner.tsx';
import { TextField } from '../kit/text-field.tsx';
import { DoorFrame } from './door-frame.tsx';
import { NewPassword } from './new-password.tsx';
import { rolesText } from './roles-text.ts';
import { useArrival } from './sign-in.tsx';

/** Taken out of the address, so that neither history nor a glance at the screen keeps it. */
function takeToken(): string {
  const token = location.hash.slice(1);
  if (token !== '') history.replaceState(history.state, '', location.pathname);
  return token;
}

// Once, before anything is drawn: drawing twice would find it gone.
let taken: string | undefined;

export function Welcome() {
  const [token] = useState(() => {
    taken = location.hash === '' ? (taken ?? '') : takeToken();
    return taken;
  });
  const invitation = useQuery({
    queryKey: ['showInvitation', token],
    queryFn: () => client.call('showInvitation', { body: { token } }),
    enabled: token !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (token === '' || invitation.error !== null) return <Void problem={invitation.error ?? undefined} />;
  if (invitation.data === undefined)
    return (
      <DoorFrame title="Welcome">
        <Skeleton lines={5} />
      </DoorFrame>
    );
  return <Accept token={token} invitation={invitation.data} />;
}

function Void({ problem }: { readonly problem: unknown }) {
  return (
    <DoorFrame title="This link opens nothing">
      <ProblemNotice problem={problem} />
      <p>
        It was used already, has expired, or is not whole. Ask whoever gave it to you for another. The very
        first one stands in the lines that the server writes when it starts, and every start without an
        administrator makes a new one.
      </p>
      <p>
        <a href="/console/sign-in">Sign in</a>
      </p>
    </DoorFrame>
  );
}

interface AcceptProps {
  readonly token: string;
  readonly invitation: {
    readonly id: string | null;
    readonly displayName: string;
    readonly assignments: Parameters<typeof rolesText>[0];
  };
}

function Accept({ token, invitation }: AcceptProps) {
  const arrive = useArrival('/console');
  const [id, setId] = useState('');
  const [name, setName] = useState(invitation.displayName);
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const isFirst = invitation.id === null;
  return (
    <DoorFrame
      title={isFirst ? 'Welcome to Bartizan' : `Welcome, ${invitation.displayName || invitation.id}`}
      description={
        isFirst
          ? 'Make the first administrator’s account. It owns this house, and names the others.'
          : `You are to be: ${rolesText(invitation.assignments)}. Choose a password to begin.`
      }
    >
      <Form
        submit={isFirst ? 'Create the account' : 'Begin'}
        isWide
        shownElsewhere={['/id', '/displayName', '/password']}
        onProblem={setProblem}
        onSubmit={async () => {
          await client.call('acceptInvitation', {
            body: { token, displayName: name, password, ...(isFirst ? { id } : {}) },
          });
          await arrive();
        }}
      >
        {isFirst && (
          <TextField
            label="E-mail address or login name"
            hint="What you sign in with. It cannot be changed later."
            autoComplete="username"
            required
            requiredIsPlain
            autoFocus
            value={id}
            onChange={setId}
            error={errorAt(problem, '/id')}
          />
        )}
        {!isFirst && (
          <input type="hidden" name="username" autoComplete="username" value={invitation.id ?? ''} />
        )}
        <TextField
          label="Your name"
          autoComplete="name"
          required
          requiredIsPlain
          value={name}
          onChange={setName}
          error={errorAt(problem, '/displayName')}
        />
        <NewPassword value={password} onChange={setPassword} error={errorAt(problem, '/password')} />
      </Form>
    </DoorFrame>
  );
}
