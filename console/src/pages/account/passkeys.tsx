/** Passkeys: by themselves enough to sign in. */
import { Fingerprint, Plus } from 'lucide-react';
import { useState } from 'react';
import { client, useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Form } from '../../kit/form.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { hasPasskeys, makePasskey } from '../../session/passkey.ts';

export function Passkeys() {
  const account = useAsk('getAccount');
  const remove = useChange('removePasskey', ['getAccount']);
  const passkeys = account.data?.passkeys;
  return (
    <Card
      title="Passkeys"
      description="Your fingerprint, face or security key instead of the password. Nobody can phish one."
      actions={<AddPasskey />}
    >
      {passkeys === undefined ? (
        <Skeleton lines={2} />
      ) : passkeys.length === 0 ? (
        <EmptyState icon={Fingerprint} title="No passkey yet" />
      ) : (
        <ul className="divide-y divide-line">
          {passkeys.map(({ id, name, createdAtMs, lastUsedAtMs, isBackedUp }) => (
            <li key={id} className="flex items-center gap-3 py-2">
              <Fingerprint aria-hidden className="size-5 shrink-0 text-muted" />
              <div className="min-w-0 flex-1">
                <p className="font-medium break-words">{name}</p>
                <p className="text-sm text-muted">
                  Since <TimeText atMs={createdAtMs} />
                  {lastUsedAtMs !== null && (
                    <>
                      , last used <TimeText atMs={lastUsedAtMs} form="relative" />
                    </>
                  )}
                  {isBackedUp && ', kept in the cloud of its maker too'}
                </p>
              </div>
              <ConfirmDialog
                title={`Remove “${name}”`}
                description="It opens nothing any more."
                confirm="Remove it"
                trigger={<Button size="small">Remove</Button>}
                onConfirm={async () => {
                  await remove.mutateAsync({ path: { id } });
                  tell('The passkey is removed');
                }}
              />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function AddPasskey() {
  const finish = useChange('finishPasskeyEnrollment', ['getAccount']);
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  if (!hasPasskeys()) return null;
  return (
    <Dialog
      title="Add a passkey"
      description="Your browser asks you to make one. Give it a name to know it by."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" icon={<Plus aria-hidden />}>
          Add
        </Button>
      }
    >
      <Form
        submit="Make the passkey"
        disabled={name.trim() === ''}
        onSubmit={async () => {
          const { pending, options } = await client.call('beginPasskeyEnrollment');
          const response = await makePasskey(options);
          await finish.mutateAsync({ body: { pending, name, response } });
          setOpen(false);
          setName('');
          tell('The passkey is kept');
        }}
      >
        <TextField label="Name" placeholder="Laptop" value={name} onChange={setName} />
      </Form>
    </Dialog>
  );
}
