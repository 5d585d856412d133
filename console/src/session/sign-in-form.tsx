/** Every way in: a password and what goes with it, a passkey, an identity provider. */
import { useQuery } from '@tanstack/react-query';
import { Fingerprint, KeyRound, ShieldCheck } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { API_BASE } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import type { signInOperations } from '@contract/api/sign-in.ts';
import { client } from '../api.ts';
import { Button, buttonClass } from '../kit/button.tsx';
import { Form } from '../kit/form.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';
import { Skeleton } from '../kit/spinner.tsx';
import { TextField } from '../kit/text-field.tsx';
import { askPasskey, hasPasskeys } from './passkey.ts';

type SignInAnswer = AnswerOf<(typeof signInOperations)['signInWithPassword']>;
type SecondFactor = Extract<SignInAnswer, { readonly kind: 'second-factor' }>;

interface SignInFormProps {
  readonly onSignedIn: () => Promise<void>;
  /** Where an identity provider leads back to. */
  readonly next: string;
  /** Who signs in again. */
  readonly id?: string;
}

export function SignInForm({ onSignedIn, next, id }: SignInFormProps) {
  const options = useQuery({
    queryKey: ['getSignInOptions'],
    queryFn: ({ signal }) => client.call('getSignInOptions', { signal }),
  });
  const [second, setSecond] = useState<SecondFactor>();
  const [problem, setProblem] = useState<unknown>();

  async function follow(answer: SignInAnswer): Promise<void> {
    setProblem(undefined);
    if (answer.kind === 'signed-in') await onSignedIn();
    else setSecond(answer);
  }

  async function byPasskey(pending?: string): Promise<void> {
    try {
      const body = pending === undefined ? {} : { pending };
      const asked = await client.call('beginPasskeySignIn', { body });
      const response = await askPasskey(asked.options);
      await follow(await client.call('signInWithPasskey', { body: { pending: asked.pending, response } }));
    } catch (error) {
      setProblem(error);
    }
  }

  if (second !== undefined)
    return (
      <SecondStep
        second={second}
        follow={follow}
        byPasskey={() => byPasskey(second.pending)}
        problem={problem}
        onBack={() => setSecond(undefined)}
      />
    );
  if (options.data === undefined)
    return options.error === null ? <Skeleton lines={4} /> : <ProblemNotice problem={options.error} />;
  const { password, passkey, providers, isNew } = options.data;
  const others = (passkey && hasPasskeys()) || providers.length > 0;
  return (
    <div className="space-y-4">
      {isNew && (
        <p className="rounded-md bg-accent-soft p-3">
          Nobody administers this house yet. The link to begin with stands in the first lines that the server
          writes when it starts.
        </p>
      )}
      <ProblemNotice problem={problem} />
      {password && <PasswordStep id={id} follow={follow} />}
      {password && others && (
        <p className="flex items-center gap-3 text-sm text-muted before:h-px before:flex-1 before:bg-line after:h-px after:flex-1 after:bg-line">
          or
        </p>
      )}
      {passkey && hasPasskeys() && (
        <Button className="w-full" icon={<Fingerprint aria-hidden />} onClick={() => byPasskey()}>
          Sign in with a passkey
        </Button>
      )}
      {providers.map((provider) => (
        <a
          key={provider.id}
          href={`${API_BASE}/sign-in/oidc/${encodeURIComponent(provider.id)}/begin?to=${encodeURIComponent(next)}`}
          className={`${buttonClass()} w-full`}
        >
          <KeyRound aria-hidden />
          Continue with {provider.title}
        </a>
      ))}
    </div>
  );
}

interface StepProps {
  readonly follow: (answer: SignInAnswer) => Promise<void>;
}

function PasswordStep({ id: known, follow }: StepProps & { readonly id: string | undefined }) {
  const [id, setId] = useState(known ?? '');
  const [password, setPassword] = useState('');
  return (
    <Form
      submit="Sign in"
      isWide
      onSubmit={async () => follow(await client.call('signInWithPassword', { body: { id, password } }))}
    >
      <TextField
        label="E-mail address or login name"
        autoComplete="username"
        required
        requiredIsPlain
        autoFocus={known === undefined}
        readOnly={known !== undefined}
        value={id}
        onChange={setId}
      />
      <TextField
        label="Password"
        type="password"
        autoComplete="current-password"
        required
        requiredIsPlain
        autoFocus={known !== undefined}
        value={password}
        onChange={setPassword}
      />
    </Form>
  );
}

interface SecondStepProps extends StepProps {
  readonly second: SecondFactor;
  readonly byPasskey: () => Promise<void>;
  readonly problem: unknown;
  readonly onBack: () => void;
}

function SecondStep({ second, follow, byPasskey, problem, onBack }: SecondStepProps) {
  const { pending, factors } = second;
  const [isRecovering, setRecovering] = useState(!factors.includes('totp') && !factors.includes('passkey'));
  const [code, setCode] = useState('');
  const withCode = isRecovering || factors.includes('totp');
  return (
    <div className="space-y-4">
      <p className="flex items-center gap-2 text-muted">
        <ShieldCheck aria-hidden className="size-4 shrink-0 text-good" />
        The password was right. One step more.
      </p>
      <ProblemNotice problem={problem} />
      {withCode && (
        <Form
          key={String(isRecovering)}
          submit="Continue"
          isWide
          onSubmit={async () => {
            const operation = isRecovering ? 'signInWithRecoveryCode' : 'signInWithTotp';
            await follow(await client.call(operation, { body: { pending, code } }));
          }}
        >
          <TextField
            label={isRecovering ? 'Recovery code' : 'Code of your authenticator'}
            hint={isRecovering ? 'Each works once.' : '6 digits'}
            autoComplete="one-time-code"
            inputMode={isRecovering ? 'text' : 'numeric'}
            mono
            required
            requiredIsPlain
            autoFocus
            value={code}
            onChange={setCode}
          />
        </Form>
      )}
      {factors.includes('passkey') && hasPasskeys() && (
        <Button className="w-full" icon={<Fingerprint aria-hidden />} onClick={byPasskey}>
          Use a passkey
        </Button>
      )}
      <p className="flex flex-wrap justify-between gap-2 text-sm">
        <TextButton onClick={onBack}>Back</TextButton>
        {factors.includes('recovery-code') && (
          <TextButton
            onClick={() => {
              setCode('');
              setRecovering(!isRecovering);
            }}
          >
            {isRecovering ? 'Use the authenticator' : 'Use a recovery code'}
          </TextButton>
        )}
      </p>
    </div>
  );
}

function TextButton({ onClick, children }: { readonly onClick: () => void; readonly children: ReactNode }) {
  return (
    <button type="button" onClick={onClick} className="rounded text-accent underline underline-offset-3">
      {children}
    </button>
  );
}
