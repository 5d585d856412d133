/** Objecting to what a rule did: somebody else looks at it, and answers. */
import { MessageSquareWarning } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { Link } from '../../kit/link.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { tell } from '../../kit/toast.tsx';
import type { Turn } from './conversation.ts';

export function ObjectDialog({ turn: { requestId = '' } }: { readonly turn: Turn }) {
  const contest = useChange('contestRefusal', ['listOwnContests', 'listContests']);
  const [isOpen, setOpen] = useState(false);
  const [message, setMessage] = useState('');
  const [problem, setProblem] = useState<unknown>();
  const [isSent, setSent] = useState(false);
  if (isSent)
    return (
      <span className="text-sm">
        You objected. The answer will be under <Link to="/workbench/mine">My objections</Link>.
      </span>
    );
  return (
    <Dialog
      title="Object to this"
      description="Somebody who looks after the guardrails reads it, with what the record has of the request, and answers you. Say what you were doing, without repeating what must not be said."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" tone="quiet" icon={<MessageSquareWarning aria-hidden />}>
          Object
        </Button>
      }
    >
      <Form
        submit="Send the objection"
        disabled={message.trim() === ''}
        shownElsewhere={['/message']}
        onProblem={setProblem}
        onSubmit={async () => {
          await contest.mutateAsync({ body: { interaction: requestId, message } });
          setOpen(false);
          setSent(true);
          tell('Your objection is sent', 'Its answer will be under My objections.');
        }}
      >
        <TextField
          label="Why it is wrong"
          required
          lines={5}
          maxLength={4_000}
          value={message}
          onChange={setMessage}
          error={errorAt(problem, '/message')}
        />
      </Form>
    </Dialog>
  );
}
