/** One version: what it changed, how it differs from what is in force, and the way back to it. */
import { useState } from 'react';
import { useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Diff } from '../../kit/diff.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Page } from '../../kit/page.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { Unread } from '../../kit/unread.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { useMay } from '../../session/session.ts';
import { Changes } from './changes.tsx';

const PARENTS = [
  { title: 'Settings', to: '/settings' },
  { title: 'Versions', to: '/settings/versions' },
];

export function VersionScreen({ params }: ScreenProps) {
  const number = Number(params['version']);
  const asked = useAsk('getConfigurationVersion', { path: { version: number } });
  const current = useAsk('getConfiguration');
  const mayWrite = useMay('settings.write');
  const isEarlier = current.data !== undefined && current.data.version !== number;
  return (
    <Page
      title={`Version ${params['version'] ?? ''}`}
      parents={PARENTS}
      actions={
        isEarlier &&
        mayWrite &&
        asked.data !== undefined && <Rollback version={number} etag={current.data.etag} />
      }
    >
      {asked.error !== null && <Unread problem={asked.error} />}
      {asked.data === undefined ? (
        asked.error === null && <Skeleton lines={8} />
      ) : (
        <div className="space-y-5">
          <Card>
            <Facts
              facts={[
                ['In force since', <TimeText key="at" atMs={asked.data.atMs} form="full" />],
                ['By', asked.data.actor],
                ['Digest', <code key="digest">{asked.data.digest}</code>],
              ]}
            />
          </Card>
          <Card title="What it changed">
            {asked.data.changes.length === 0 ? (
              <EmptyState title="Nothing, against the version before" />
            ) : (
              <Changes changes={asked.data.changes} />
            )}
          </Card>
          {isEarlier && (
            <Card
              title="Against what is in force now"
              description="What going back would change, line by line."
            >
              <Diff label="Against what is in force now" before={current.data.yaml} after={asked.data.yaml} />
            </Card>
          )}
        </div>
      )}
    </Page>
  );
}

function Rollback({ version, etag }: { readonly version: number; readonly etag: string }) {
  const [isOpen, setOpen] = useState(false);
  const rollback = useChange('rollbackConfiguration', ['getConfiguration', 'listConfigurationVersions']);
  return (
    <ConfirmDialog
      title={`Go back to version ${version}`}
      description="It is put in force again at once, as a new version. Nothing is lost: one can go forth again."
      confirm="Go back to it"
      tone="primary"
      open={isOpen}
      onOpenChange={setOpen}
      trigger={<Button tone="primary">Go back to this version</Button>}
      onConfirm={async () => {
        const applied = await rollback.mutateAsync({ path: { version }, ifMatch: etag });
        tell('In force', `Version ${applied.version}, as version ${version} was.`);
      }}
    />
  );
}
