/** Stops a model or a provider at once, for a reason; and lets it go on. */
import { OctagonX, Play } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { tell } from '../../kit/toast.tsx';
import { useMay } from '../../session/session.ts';

interface KillSwitchProps {
  readonly kind: 'model' | 'provider';
  readonly name: string;
  readonly stopped: boolean;
  readonly size?: 'small' | 'medium';
}

const REREADS = ['listModelStates', 'listModels', 'listProviders', 'getModel', 'getProvider'] as const;

export function KillSwitch(props: KillSwitchProps) {
  if (!useMay('models.stop')) return null;
  return props.stopped ? <Resume {...props} /> : <Stop {...props} />;
}

function Stop({ kind, name, size = 'medium' }: KillSwitchProps) {
  const stop = useChange('stopModel', REREADS);
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const [problem, setProblem] = useState<unknown>();

  function open(next: boolean): void {
    setOpen(next);
    setProblem(undefined);
    if (next) setReason('');
  }

  async function act(): Promise<void> {
    try {
      await stop.mutateAsync({ body: { kind, name, reason } });
      open(false);
      tell('Stopped', `Nothing is sent to the ${kind} ${name} any more.`);
    } catch (error) {
      setProblem(error);
    }
  }

  return (
    <Dialog
      title={`Stop the ${kind} ${name}`}
      description={
        kind === 'model'
          ? 'In force on every replica within a second: requests for it are refused until somebody lets it go on.'
          : 'In force on every replica within a second: nothing is sent to it. Models with other candidates go on with those.'
      }
      open={isOpen}
      onOpenChange={open}
      trigger={
        <Button size={size} icon={<OctagonX aria-hidden className="text-bad" />} aria-label={`Stop ${name}`}>
          Stop
        </Button>
      }
      actions={
        <>
          <Button onClick={() => open(false)}>Cancel</Button>
          <Button tone="danger" disabled={reason.trim() === ''} onClick={act}>
            Stop it now
          </Button>
        </>
      }
    >
      <TextField
        label="Reason"
        required
        hint="It stands in the record, with your name."
        lines={2}
        maxLength={2_000}
        value={reason}
        onChange={setReason}
      />
      <ProblemNotice problem={problem} />
    </Dialog>
  );
}

function Resume({ kind, name, size = 'medium' }: KillSwitchProps) {
  const resume = useChange('resumeModel', REREADS);
  return (
    <ConfirmDialog
      title={`Let the ${kind} ${name} go on`}
      description="Requests are sent to it again, on every replica, within a second."
      confirm="Let it go on"
      tone="primary"
      trigger={
        <Button size={size} icon={<Play aria-hidden className="text-good" />} aria-label={`Resume ${name}`}>
          Resume
        </Button>
      }
      onConfirm={async () => {
        await resume.mutateAsync({ body: { kind, name } });
        tell('It goes on', `Requests are sent to the ${kind} ${name} again.`);
      }}
    />
  );
}
