/** The dialog over whatever somebody was doing when their session ended. Nothing behind it is lost. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../kit/button.tsx';
import { Dialog } from '../kit/dialog.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';
import { useRenewal } from './renewal.ts';
import { sessionQuery } from './session.ts';

export function SignInAgain() {
  const renewal = useRenewal();
  const cache = useQueryClient();
  const [problem, setProblem] = useState<Error>();
  if (renewal === undefined) return null;

  async function goOn(): Promise<void> {
    try {
      await cache.fetchQuery({ ...sessionQuery, staleTime: 0, retry: false });
      setProblem(undefined);
      renewal?.succeed();
    } catch (error) {
      setProblem(error instanceof Error ? error : new Error(String(error)));
    }
  }

  return (
    <Dialog
      open
      title="Your session has ended"
      description="Sign in again to go on where you were. What you have typed is still here."
      onOpenChange={(isOpen) => {
        if (!isOpen) renewal.fail(new Error('Not signed in: nothing was sent.'));
      }}
      actions={
        <>
          <Button onClick={() => renewal.fail(new Error('Not signed in: nothing was sent.'))}>Cancel</Button>
          <Button tone="primary" onClick={goOn}>
            I have signed in
          </Button>
        </>
      }
    >
      <ProblemNotice problem={problem} />
      <p>
        <a href="/console/sign-in" target="_blank" rel="noreferrer">
          Open the sign-in page in a new tab
        </a>
        , then come back.
      </p>
    </Dialog>
  );
}
