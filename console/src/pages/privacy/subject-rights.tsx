/** What a person may ask for: to see what is hers, to have it erased, to have it left alone. Each with a reason, on the record. */
import { UserSearch } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { subjectSummarySchema } from '@contract/api/privacy.ts';
import { client, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Facts } from '../../kit/facts.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { useMay } from '../../session/session.ts';
import { saveAs } from '../audit/save-as.ts';
import { EraseDialog } from './erase-dialog.tsx';

type Summary = z.infer<typeof subjectSummarySchema>;

interface Found {
  readonly subject: string;
  readonly reason: string;
  readonly summary: Summary;
}

export function SubjectRights() {
  const [subject, setSubject] = useState('');
  const [reason, setReason] = useState('');
  const [found, setFound] = useState<Found>();

  async function find(): Promise<void> {
    const asked = { subject: subject.trim(), reason: reason.trim() };
    setFound(undefined);
    setFound({ ...asked, summary: await look(asked) });
  }

  return (
    <div className="grid gap-5 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
      <Card
        title="Find somebody"
        description="How much the record holds about her, never what. That you asked is recorded, with your reason."
      >
        <Form submit="Find" onSubmit={find} disabled={subject.trim() === '' || reason.trim() === ''}>
          <TextField
            label="Who"
            hint="An e-mail address or a number, person:ada, or an application’s user as desk/user:42"
            value={subject}
            onChange={setSubject}
            maxLength={512}
            mono
          />
          <TextField
            label="Why"
            hint="A ticket, a request of hers. It is kept: do not name her."
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
        </Form>
      </Card>
      {found === undefined ? (
        <Card>
          <EmptyState icon={UserSearch} title="Nobody is shown">
            Who asks to see what is recorded about her, or to have it erased, is found here by the identifier
            that she gives.
          </EmptyState>
        </Card>
      ) : (
        <About
          found={found}
          onChanged={async () => setFound({ ...found, summary: await look(found) })}
          onErased={() => setFound(undefined)}
        />
      )}
    </div>
  );
}

function look({ subject, reason }: Pick<Found, 'subject' | 'reason'>): Promise<Summary> {
  return client.call('findSubject', { body: { subject }, reason });
}

interface AboutProps {
  readonly found: Found;
  readonly onChanged: () => Promise<void>;
  readonly onErased: () => void;
}

function About({ found, onChanged, onErased }: AboutProps) {
  const { subject, reason, summary } = found;
  const mayErase = useMay('subjects.erase');
  const restrict = useChange('restrictSubject');
  const { isRestricted, holds } = summary;
  return (
    <Card
      title={<InertText text={subject} oneLine />}
      description={`For: ${reason}`}
      actions={isRestricted && <Badge tone="warn">Restricted: not read</Badge>}
    >
      <div className="space-y-4">
        <Facts facts={factsOf(summary)} />
        {holds.length > 0 && (
          <p className="rounded-md bg-warn-soft p-3 text-warn">
            {holds.length === 1 ? 'A legal hold names her' : `${holds.length} legal holds name her`}: nothing
            is erased until {holds.length === 1 ? 'it is' : 'they are'} released.
          </p>
        )}
        <div className="flex flex-wrap gap-2">
          <Button
            disabled={isRestricted}
            onClick={async () =>
              saveAs(await client.download('exportSubjectPage', { body: { subject }, reason }), 'record.html')
            }
          >
            Export as a page
          </Button>
          <Button
            disabled={isRestricted}
            onClick={async () =>
              saveAs(await client.download('exportSubject', { body: { subject }, reason }), 'record.json')
            }
          >
            Export as JSON
          </Button>
          {mayErase && (
            <>
              <Button
                onClick={async () => {
                  await restrict.mutateAsync({ body: { subject, restricted: !isRestricted }, reason });
                  await onChanged();
                  tell(isRestricted ? 'It is read again' : 'It is kept, and not read');
                }}
              >
                {isRestricted ? 'Lift the restriction' : 'Restrict'}
              </Button>
              <EraseDialog subject={subject} reason={reason} entries={summary.entries} onErased={onErased} />
            </>
          )}
        </div>
      </div>
    </Card>
  );
}

function factsOf({ entries, withContent, firstAtMs, lastAtMs, identifiers }: Summary) {
  return [
    ['Entries', `${entries.toLocaleString()}, ${withContent.toLocaleString()} of them with content`],
    [
      'Known by',
      identifiers
        .map(({ kind, count }) => `${count} × ${kind.replaceAll('_', ' ').toLowerCase()}`)
        .join(', '),
    ],
    ['First', firstAtMs === null ? 'none' : <TimeText key="first" atMs={firstAtMs} form="full" />],
    ['Last', lastAtMs === null ? 'none' : <TimeText key="last" atMs={lastAtMs} form="full" />],
  ] as const;
}
