/** Legal holds: what must be kept, whatever else asks for its end. */
import { Gavel, Plus } from 'lucide-react';
import { useState } from 'react';
import { useAskPages, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { useMay } from '../../session/session.ts';

interface Hold {
  readonly id: string;
  readonly createdAtMs: number;
  readonly application: string | null;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  readonly subjectCount: number;
  readonly subjects: readonly string[] | null;
  readonly matter: string | null;
}

const COLUMNS: readonly Column<Hold>[] = [
  {
    id: 'matter',
    title: 'Matter',
    cell: ({ matter, id }) =>
      matter === null ? <code>{id}</code> : <InertText text={matter} maxChars={200} />,
  },
  { id: 'covers', title: 'Covers', cell: (hold) => <Covered hold={hold} /> },
  { id: 'since', title: 'Since', cell: ({ createdAtMs }) => <TimeText atMs={createdAtMs} /> },
];

function Covered({ hold: { application, fromMs, toMs, subjects, subjectCount } }: { readonly hold: Hold }) {
  return (
    <span>
      {subjectCount === 0 ? (
        'everybody'
      ) : subjects === null ? (
        'somebody'
      ) : (
        <span className="break-all">{subjects[0]}</span>
      )}
      {subjects !== null &&
        subjectCount > 1 &&
        ` (or ${subjectCount - 1} other ${subjectCount === 2 ? 'form' : 'forms'} of it)`}
      {application !== null && `, in ${application}`}
      {fromMs !== null && (
        <>
          , from <TimeText atMs={fromMs} />
        </>
      )}
      {toMs !== null && (
        <>
          , to <TimeText atMs={toMs} />
        </>
      )}
    </span>
  );
}

export function Holds() {
  const holds = useAskPages('listHolds');
  const mayWrite = useMay('holds.write');
  return (
    <Card
      title="Legal holds"
      description={
        mayWrite
          ? 'They win over erasure and retention, and end by nothing but their release.'
          : 'They win over erasure and retention. Whom and what they are about is shown to those who may place them.'
      }
      flush
      actions={mayWrite && <PlaceHold />}
    >
      <DataTable
        label="Legal holds"
        columns={COLUMNS}
        rows={holds.rows}
        rowKey={({ id }) => id}
        problem={holds.error}
        onRetry={() => holds.refetch()}
        more={holds}
        hasFixedColumns
        empty={
          <EmptyState icon={Gavel} title="Nothing is held">
            Where a court or an authority may ask for something, place a hold before retention takes it.
          </EmptyState>
        }
        {...(mayWrite ? { rowActions: (hold: Hold) => <ReleaseHold hold={hold} /> } : {})}
      />
    </Card>
  );
}

function ReleaseHold({ hold: { id, matter } }: { readonly hold: Hold }) {
  const release = useChange('releaseHold', ['listHolds']);
  const [reason, setReason] = useState('');
  return (
    <ConfirmDialog
      title="Release this hold"
      description={`${matter ?? id}: what it covers is subject to erasure and retention again, at once.`}
      confirm="Release it"
      name={id}
      trigger={<Button size="small">Release</Button>}
      onConfirm={async () => {
        await release.mutateAsync({ path: { id }, reason });
        tell('The hold is released');
      }}
    >
      <TextField
        label="Why"
        hint="It stands in the record."
        value={reason}
        onChange={setReason}
        maxLength={500}
      />
    </ConfirmDialog>
  );
}

const EMPTY = { matter: '', reason: '', subject: '', application: '', from: '', to: '' };

function PlaceHold() {
  const place = useChange('placeHold', ['listHolds']);
  const [isOpen, setOpen] = useState(false);
  const [given, setGiven] = useState(EMPTY);
  const [problem, setProblem] = useState<unknown>();
  const field = (name: keyof typeof EMPTY) => ({
    value: given[name],
    onChange: (value: string) => setGiven({ ...given, [name]: value }),
    error: errorAt(problem, `/${name}`),
  });
  return (
    <Dialog
      title="Place a legal hold"
      description="What fits all that is filled in here is kept from now on."
      open={isOpen}
      onOpenChange={setOpen}
      trigger={
        <Button size="small" tone="primary" icon={<Plus aria-hidden />}>
          Place a hold
        </Button>
      }
    >
      <Form
        submit="Place the hold"
        disabled={given.matter.trim() === '' || given.reason.trim() === ''}
        shownElsewhere={['/matter', '/subject', '/application']}
        onProblem={setProblem}
        onSubmit={async () => {
          await place.mutateAsync({ body: bodyOf(given), reason: given.reason.trim() });
          setOpen(false);
          setGiven(EMPTY);
          tell('The hold is in force');
        }}
      >
        <TextField
          label="Matter"
          hint="The proceedings it serves"
          {...field('matter')}
          maxLength={500}
          required
        />
        <TextField
          label="Why"
          hint="It stands in the record."
          {...field('reason')}
          maxLength={500}
          required
        />
        <TextField label="About whom" hint="An identifier as under Persons" {...field('subject')} mono />
        <TextField label="Application" {...field('application')} mono />
        <TextField label="From" type="datetime-local" {...field('from')} />
        <TextField label="To" type="datetime-local" {...field('to')} />
      </Form>
    </Dialog>
  );
}

function bodyOf({ matter, subject, application, from, to }: typeof EMPTY) {
  return {
    matter: matter.trim(),
    ...(subject.trim() === '' ? {} : { subject: subject.trim() }),
    ...(application.trim() === '' ? {} : { application: application.trim() }),
    ...(from === '' ? {} : { fromMs: Date.parse(from) }),
    ...(to === '' ? {} : { toMs: Date.parse(to) }),
  };
}
