/** Removes a part of the configuration, once its name is typed. */
import { useNavigate } from '@tanstack/react-router';
import { Trash2 } from 'lucide-react';
import { useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { forgetUnseen, readAgain } from '../api.ts';
import { Button } from '../kit/button.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { consolePath } from '../kit/link.tsx';
import { tell } from '../kit/toast.tsx';
import type { Held, PartDoor } from './part-draft.ts';

interface RemovePartProps<Value> {
  readonly door: PartDoor<Value>;
  readonly held: Held<Value>;
  /** `guardrail` */
  readonly noun: string;
  /** What follows from it. */
  readonly description: ReactNode;
  /** Where one is afterwards, below `/console`. */
  readonly to: string;
}

export function RemovePart<Value>({ door, held, noun, description, to }: RemovePartProps<Value>) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return (
    <ConfirmDialog
      title={`Remove the ${noun} ${held.name}`}
      description={description}
      confirm="Remove"
      name={held.name}
      trigger={<Button icon={<Trash2 aria-hidden />}>Remove</Button>}
      onConfirm={async () => {
        await door.remove(held.name, held.etag);
        tell('Removed', `The ${noun} ${held.name} is not in force any more.`);
        forgetUnseen(cache, door.rereads);
        await navigate({ to: consolePath(to), ignoreBlocker: true });
        cache.removeQueries({ queryKey: [door.get, { path: { name: held.name } }] });
        await readAgain(cache, door.rereads);
      }}
    />
  );
}
