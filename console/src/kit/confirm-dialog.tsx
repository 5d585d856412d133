/** Asks before something that cannot be undone; where much hangs on it, the name has to be typed. */
import { useState, type ReactElement, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Dialog } from './dialog.tsx';
import { ProblemNotice } from './problem-notice.tsx';
import { TextField } from './text-field.tsx';

interface ConfirmDialogProps {
  readonly title: string;
  /** What will happen, and to whom. */
  readonly description: ReactNode;
  /** The button that does it: a verb. */
  readonly confirm: string;
  /** What has to be typed, exactly. */
  readonly name?: string;
  readonly onConfirm: () => unknown;
  readonly trigger?: ReactElement;
  readonly open?: boolean;
  readonly onOpenChange?: (isOpen: boolean) => void;
  readonly tone?: 'danger' | 'primary';
  readonly children?: ReactNode;
}

export function ConfirmDialog(props: ConfirmDialogProps) {
  const { title, description, confirm, name, onConfirm, trigger, tone = 'danger', children } = props;
  const [isOpenHere, setOpenHere] = useState(false);
  const [typed, setTyped] = useState('');
  const [problem, setProblem] = useState<unknown>();

  function setOpen(isOpen: boolean): void {
    setTyped('');
    setProblem(undefined);
    setOpenHere(isOpen);
    props.onOpenChange?.(isOpen);
  }

  async function act(): Promise<void> {
    try {
      await onConfirm();
      setOpen(false);
    } catch (error) {
      setProblem(error);
    }
  }

  return (
    <Dialog
      title={title}
      description={description}
      open={props.open ?? isOpenHere}
      onOpenChange={setOpen}
      {...(trigger === undefined ? {} : { trigger })}
      actions={
        <>
          <Button onClick={() => setOpen(false)}>Cancel</Button>
          <Button tone={tone} disabled={name !== undefined && typed !== name} onClick={act}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
      {name !== undefined && (
        <TextField
          label={
            <>
              Type <code className="rounded bg-sunken px-1 py-0.5 break-all select-all">{name}</code> to
              confirm
            </>
          }
          value={typed}
          onChange={setTyped}
          mono
        />
      )}
      <ProblemNotice problem={problem} />
    </Dialog>
  );
}
