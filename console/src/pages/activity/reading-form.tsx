/** Asks why somebody reads what lies sealed, and for a second person's approval where the house wants one. */
import { Hourglass } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';

interface ReadingFormProps {
  readonly interaction: string;
  /** Of an entry of it. */
  readonly index: number;
  readonly submit: string;
  /** Reads with this reason, and shows what it read. */
  readonly onRead: (reason: string) => Promise<void>;
}

export function ReadingForm({ interaction, index, submit, onRead }: ReadingFormProps) {
  const [reason, setReason] = useState('');
  const [needsApproval, setNeedsApproval] = useState(false);

  async function read(): Promise<void> {
    try {
      await onRead(reason);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'approval_needed') throw error;
      setNeedsApproval(true);
    }
  }

  return (
    <div className="max-w-2xl space-y-4">
      <Form submit={submit} onSubmit={read} disabled={reason.trim() === ''}>
        <TextField
          label="Reason"
          value={reason}
          onChange={setReason}
          lines={2}
          maxLength={2_000}
          hint="A case, a complaint, an incident: what somebody who audits this will want to know."
          required
        />
      </Form>
      {needsApproval && (
        <SecondPerson interaction={interaction} index={index} reason={reason} onApproved={read} />
      )}
    </div>
  );
}

interface SecondPersonProps {
  readonly interaction: string;
  readonly index: number;
  readonly reason: string;
  readonly onApproved: () => Promise<void>;
}

function SecondPerson({ interaction, index, reason, onApproved }: SecondPersonProps) {
  const mine = useAsk('listApprovals', { query: { of: 'mine', limit: 100 } }, { everyMs: 3_000 });
  const request = useChange('requestApproval', ['listApprovals']);
  const latest = mine.data?.items.find((each) => each.interaction === interaction);
  const state = latest?.state;
  return (
    <div role="status" className="space-y-2 rounded-md border border-warn bg-warn-soft p-3">
      <p className="flex items-center gap-2 font-medium text-warn">
        <Hourglass aria-hidden className="size-4" />
        This house wants a second person’s approval
      </p>
      {state === 'pending' && latest !== undefined && (
        <p>
          Asked for. Somebody else has until <TimeText atMs={latest.expiresAtMs} /> to approve it, under
          Activity, Requests to read.
        </p>
      )}
      {state === 'approved' && latest !== undefined && (
        <p>
          {latest.decidedBy} approved it until <TimeText atMs={latest.expiresAtMs} />.{' '}
          <Button size="small" tone="primary" onClick={onApproved}>
            Read it now
          </Button>
        </p>
      )}
      {state === 'declined' && latest !== undefined && (
        <p>
          {latest.decidedBy} declined it
          {latest.decisionReason === null ? '.' : ': '}
          {latest.decisionReason !== null && <InertText text={latest.decisionReason} />}
        </p>
      )}
      {state !== 'pending' && state !== 'approved' && (
        <Button
          onClick={() => request.mutateAsync({ body: { index, reason } })}
          disabled={reason.trim() === ''}
        >
          Ask for approval
        </Button>
      )}
    </div>
  );
}
