/** Changing one's password. */
import { useState } from 'react';
import { rememberCsrf, useAsk, useChange } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { Form } from '../../kit/form.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { tell } from '../../kit/toast.tsx';
import { NewPassword } from '../../session/new-password.tsx';

export function Password() {
  const account = useAsk('getAccount');
  const change = useChange('changePassword', ['listSessions']);
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [problem, setProblem] = useState<unknown>();
  if (account.data?.hasPassword === false)
    return (
      <Card title="Password">
        <p className="text-muted">This account has no password: it signs in another way.</p>
      </Card>
    );
  return (
    <Card title="Password" description="Changing it ends all your other sessions.">
      <Form
        submit="Change the password"
        disabled={current === '' || next === ''}
        shownElsewhere={['/next']}
        onProblem={setProblem}
        onSubmit={async () => {
          const { csrf } = await change.mutateAsync({ body: { current, next } });
          rememberCsrf(csrf);
          setCurrent('');
          setNext('');
          tell('The password is changed', 'Your other sessions have ended.');
        }}
      >
        <TextField
          label="Current password"
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <NewPassword label="New password" value={next} onChange={setNext} error={errorAt(problem, '/next')} />
      </Form>
    </Card>
  );
}
