/** Asks before a person's keys are destroyed: the reason in law, and her identifier again, exactly. */
import { useState } from 'react';
import { useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Select, type Option } from '../../kit/select.tsx';
import { tell } from '../../kit/toast.tsx';

const BASES = [
  { value: 'art17-1-a', label: '(a) No longer needed for its purpose' },
  { value: 'art17-1-b', label: '(b) She withdraws her consent' },
  { value: 'art17-1-c', label: '(c) She objects' },
  { value: 'art17-1-d', label: '(d) It was processed unlawfully' },
  { value: 'art17-1-e', label: '(e) A law demands it' },
  { value: 'art17-1-f', label: '(f) It was collected from a child' },
] as const satisfies readonly Option[];
type Basis = (typeof BASES)[number]['value'];

interface EraseDialogProps {
  readonly subject: string;
  readonly reason: string;
  readonly entries: number;
  readonly onErased: () => void;
}

export function EraseDialog({ subject, reason, entries, onErased }: EraseDialogProps) {
  const erase = useChange('eraseSubject', ['getSealedData']);
  const [basis, setBasis] = useState<Basis>('art17-1-b');
  return (
    <ConfirmDialog
      title="Erase this person"
      description={`Her keys are destroyed: who she was in ${entries.toLocaleString()} entries, and what was said there, cannot be read again. The entries stay, and still verify. A backup of the keys from before still opens it, until it has expired.`}
      confirm="Erase"
      name={subject}
      trigger={<Button tone="danger">Erase…</Button>}
      onConfirm={async () => {
        const { entries: erased, entry } = await erase.mutateAsync({
          body: { subject, basis, confirmation: subject },
          reason,
        });
        onErased();
        tell('Erased', `${erased} entries; entry ${entry} of the log says so.`);
      }}
    >
      <Select
        label="Reason in law"
        hint="As GDPR Art. 17(1) counts them. It stands in the record."
        value={basis}
        onChange={setBasis}
        options={BASES}
      />
    </ConfirmDialog>
  );
}
