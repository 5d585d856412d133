/** The authenticator application, and the codes for when it is lost. */
import { useState } from 'react';
import { rememberCsrf, useAsk, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Form } from '../../kit/form.tsx';
import { QrCode } from '../../kit/qr-code.tsx';
import { SecretOnce } from '../../kit/secret-once.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';

interface Enrollment {
  readonly pending: string;
  readonly secret: string;
  readonly uri: string;
}

export function Totp() {
  const account = useAsk('getAccount');
  const begin = useChange('beginTotpEnrollment');
  const renew = useChange('renewRecoveryCodes', ['getAccount']);
  const remove = useChange('removeTotp', ['getAccount']);
  const [enrollment, setEnrollment] = useState<Enrollment>();
  const [codes, setCodes] = useState<readonly string[]>();
  if (account.data === undefined) return <Card title="Authenticator">{<Skeleton lines={3} />}</Card>;
  const { totp, recoveryCodesLeft } = account.data;
  return (
    <Card title="Authenticator" description="A code from your telephone, beside the password.">
      <div className="space-y-4">
        {totp === null ? (
          <>
            <Badge tone="warn">Not set up</Badge>
            <p className="text-muted">
              Whoever learns your password can sign in as you. A second factor keeps them out.
            </p>
            <Button tone="primary" onClick={async () => setEnrollment(await begin.mutateAsync({}))}>
              Set it up
            </Button>
          </>
        ) : (
          <>
            <p className="flex flex-wrap items-center gap-2">
              <Badge tone="good">In use</Badge>
              <span>
                since <TimeText atMs={totp.enrolledAtMs} />
              </span>
            </p>
            <p>
              {recoveryCodesLeft} recovery {recoveryCodesLeft === 1 ? 'code' : 'codes'} left.
            </p>
            <div className="flex flex-wrap gap-2">
              <Button onClick={async () => setCodes((await renew.mutateAsync({})).recoveryCodes)}>
                New recovery codes
              </Button>
              <ConfirmDialog
                title="Remove the authenticator"
                description="No code is asked for any more, and your recovery codes are void."
                confirm="Remove it"
                trigger={<Button>Remove</Button>}
                onConfirm={async () => {
                  await remove.mutateAsync({});
                  tell('The authenticator is removed');
                }}
              />
            </div>
          </>
        )}
      </div>
      {enrollment !== undefined && (
        <Enroll enrollment={enrollment} onClose={() => setEnrollment(undefined)} onDone={setCodes} />
      )}
      {codes !== undefined && <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </Card>
  );
}

interface EnrollProps {
  readonly enrollment: Enrollment;
  readonly onClose: () => void;
  readonly onDone: (recoveryCodes: readonly string[]) => void;
}

function Enroll({ enrollment: { pending, secret, uri }, onClose, onDone }: EnrollProps) {
  const finish = useChange('finishTotpEnrollment', ['getAccount']);
  const [code, setCode] = useState('');
  return (
    <Dialog
      open
      title="Set up the authenticator"
      description="Scan this with the application on your telephone, then type the code that it shows."
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
    >
      <div className="flex flex-wrap items-center gap-4">
        <QrCode text={uri} label="The secret as a QR code" />
        <div className="min-w-0 flex-1 basis-48">
          <p className="text-sm text-muted">Or type this secret into it:</p>
          <p className="flex items-start gap-1">
            <code className="break-words select-all">{secret.replaceAll(/(.{4})/g, '$1 ')}</code>
            <CopyButton text={secret} label="Copy the secret" />
          </p>
        </div>
      </div>
      <Form
        submit="Confirm"
        disabled={code.trim() === ''}
        onSubmit={async () => {
          const { recoveryCodes, csrf } = await finish.mutateAsync({ body: { pending, code } });
          rememberCsrf(csrf);
          onClose();
          onDone(recoveryCodes);
        }}
      >
        <TextField
          label="Code"
          hint="6 digits"
          inputMode="numeric"
          autoComplete="one-time-code"
          mono
          value={code}
          onChange={setCode}
        />
      </Form>
    </Dialog>
  );
}

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onClose: () => void;
}

function RecoveryCodes({ codes, onClose }: RecoveryCodesProps) {
  return (
    <Dialog
      open
      title="Your recovery codes"
      description="Each lets you in once, should the telephone be lost. Earlier ones are void."
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose();
      }}
      actions={
        <Button tone="primary" onClick={onClose}>
          I have kept them
        </Button>
      }
    >
      <SecretOnce label="Recovery codes" secret={codes.join('\n')} />
    </Dialog>
  );
}
