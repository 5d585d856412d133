/** Who is told when something happens: each alert, a try of it, and what became of the last messages. */
import { BellRing, Plus } from 'lucide-react';
import { useState, type ReactElement } from 'react';
import { z } from 'zod';
import { alertSchema } from '@contract/alerts.ts';
import { useAsk, useAskPages, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import type { JsonObject, Schema } from '../../kit/json-schema.ts';
import { errorAt } from '../../kit/problem-notice.tsx';
import { SchemaForm } from '../../kit/schema-form.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell, tellProblem } from '../../kit/toast.tsx';
import { useMay } from '../../session/session.ts';

type Value = z.infer<typeof alertSchema>;

interface Held {
  readonly name: string;
  readonly etag: string;
  readonly value: Value;
}

interface Delivery {
  readonly id: string;
  readonly alert: string;
  readonly to: string;
  readonly atMs: number;
  readonly outcome: 'delivered' | 'failed';
  readonly attempts: number;
  readonly reason: string | null;
  readonly isTest: boolean;
}

const LOOK_MS = 5_000;

const EVENTS: Readonly<Record<Value['on']['event'], string>> = {
  refusals: 'Many refusals',
  guardrail_hits: 'Guardrails act often',
  provider_errors: 'A provider fails',
  limit_reached: 'A limit or budget is nearly used up',
  stopped: 'A model or provider is stopped',
  objection_opened: 'Somebody objects to a refusal',
  witnesses_missing: 'The log goes without its witnesses',
  administrators_changed: 'Administrators change',
};
const KINDS: Readonly<Record<Value['to']['kind'], string>> = {
  webhook: 'Webhook',
  slack: 'Slack',
  email: 'E-mail',
};

/** Drawn from the contract: what the API takes is what the form asks. */
const SCHEMA = z.toJSONSchema(alertSchema, { io: 'input', unrepresentable: 'any' }) as Schema;

const BEGINNING: JsonObject = {
  on: { event: 'refusals' },
  to: { kind: 'webhook', url: '' },
};

const COLUMNS: readonly Column<Held>[] = [
  { id: 'name', title: 'Name', cell: ({ name }) => <InertText text={name} /> },
  { id: 'on', title: 'When', cell: ({ value }) => EVENTS[value.on.event] },
  { id: 'to', title: 'Told by', cell: ({ value }) => KINDS[value.to.kind] },
  {
    id: 'cool-down',
    title: 'At most every',
    hideBelow: 'md',
    cell: ({ value }) => `${value.cool_down_minutes} min`,
  },
];

const DELIVERIES: readonly Column<Delivery>[] = [
  { id: 'at', title: 'When', cell: ({ atMs }) => <TimeText atMs={atMs} form="relative" /> },
  {
    id: 'alert',
    title: 'Alert',
    cell: ({ alert, isTest }) => (
      <span className="inline-flex flex-wrap items-center gap-2">
        <InertText text={alert} />
        {isTest && <Badge>Test</Badge>}
      </span>
    ),
  },
  {
    id: 'outcome',
    title: 'Outcome',
    cell: ({ outcome, reason }) =>
      outcome === 'delivered' ? (
        <Badge tone="good">Delivered</Badge>
      ) : (
        <span className="inline-flex flex-wrap items-center gap-2">
          <Badge tone="bad">Failed</Badge>
          <code>{reason}</code>
        </span>
      ),
  },
  { id: 'attempts', title: 'Attempts', hideBelow: 'md', align: 'end', cell: ({ attempts }) => attempts },
];

export function Alerts() {
  const mayWrite = useMay('settings.write');
  const alerts = useAskPages('listAlerts');
  const deliveries = useAsk('listAlertDeliveries', {}, { everyMs: LOOK_MS });
  return (
    <div className="space-y-5">
      <Card
        flush
        title="Alerts"
        description="Messages hold counts and names of what is configured: never what was said, nor whom it was about."
        actions={mayWrite && <NewAlert />}
      >
        <DataTable
          label="Alerts"
          columns={COLUMNS}
          rows={alerts.rows}
          rowKey={({ name }) => name}
          problem={alerts.error}
          onRetry={() => alerts.refetch()}
          more={alerts}
          hasFixedColumns
          {...(mayWrite ? { rowActions: (held: Held) => <Acts held={held} /> } : {})}
          empty={
            <EmptyState icon={BellRing} title="Nobody is told yet">
              An alert watches for one thing, such as many refusals or a budget that is nearly used up, and
              tells it by webhook, Slack or e-mail.
            </EmptyState>
          }
        />
      </Card>
      <Card
        flush
        title="Last messages"
        description="Of the instance that answers this page, since it was started."
      >
        <DataTable
          label="Last messages"
          columns={DELIVERIES}
          rows={deliveries.data?.items}
          rowKey={({ id }) => id}
          problem={deliveries.error}
          hasFixedColumns
          empty={<EmptyState title="Nothing was sent yet">Try an alert by its button “Test”.</EmptyState>}
        />
      </Card>
    </div>
  );
}

function NewAlert() {
  const create = useChange('createAlert', ['listAlerts']);
  const [name, setName] = useState('');
  return (
    <Editor
      title="New alert"
      trigger={
        <Button tone="primary" icon={<Plus aria-hidden />}>
          New alert
        </Button>
      }
      submit="Create"
      initial={BEGINNING}
      isReady={name !== ''}
      onSave={async (value) => {
        await create.mutateAsync({ body: { name, value } });
        setName('');
      }}
    >
      {(problem) => (
        <TextField
          label="Name"
          required
          mono
          hint="Letters, digits and . _ : / @ -"
          value={name}
          onChange={setName}
          error={errorAt(problem, '/name')}
        />
      )}
    </Editor>
  );
}

function Acts({ held }: { readonly held: Held }) {
  const { name, etag, value } = held;
  const change = useChange('changeAlert', ['listAlerts']);
  const remove = useChange('removeAlert', ['listAlerts']);
  const test = useChange('testAlert', ['listAlertDeliveries']);
  const path = { name };

  async function tryIt(): Promise<void> {
    try {
      const { outcome, reason } = await test.mutateAsync({ path });
      if (outcome === 'delivered') tell('Delivered', `The test of ${name} was taken.`);
      else tell('Not delivered', `The test of ${name} failed: ${reason ?? 'failed'}.`, 'bad');
    } catch (error) {
      tellProblem(error);
    }
  }

  return (
    <div className="flex justify-end gap-2 max-sm:flex-wrap">
      <Button size="small" busy={test.isPending} onClick={() => void tryIt()}>
        Test
      </Button>
      <Editor
        title={name}
        trigger={<Button size="small">Edit</Button>}
        submit="Save"
        initial={value as unknown as JsonObject}
        onSave={(next) => change.mutateAsync({ path, body: { value: next }, ifMatch: etag })}
      />
      <ConfirmDialog
        title="Remove the alert"
        description="From now on nobody is told by it."
        confirm="Remove"
        name={name}
        onConfirm={() => remove.mutateAsync({ path, ifMatch: etag })}
        trigger={<Button size="small">Remove</Button>}
      />
    </div>
  );
}

interface EditorProps {
  readonly title: string;
  readonly trigger: ReactElement;
  readonly submit: string;
  readonly initial: JsonObject;
  readonly isReady?: boolean;
  readonly onSave: (value: Value) => Promise<unknown>;
  readonly children?: (problem: unknown) => ReactElement;
}

function Editor({ title, trigger, submit, initial, isReady = true, onSave, children }: EditorProps) {
  const [isOpen, setOpen] = useState(false);
  const [value, setValue] = useState(initial);
  const [problem, setProblem] = useState<unknown>();
  return (
    <Dialog
      wide
      title={title}
      trigger={trigger}
      open={isOpen}
      onOpenChange={(next) => {
        if (next) setValue(initial);
        setProblem(undefined);
        setOpen(next);
      }}
    >
      <Form
        submit={submit}
        disabled={!isReady}
        onProblem={setProblem}
        onSubmit={async () => {
          // The API says what is wrong with it, and where.
          await onSave(value as unknown as Value);
          setOpen(false);
        }}
      >
        {children?.(problem)}
        <SchemaForm
          schema={SCHEMA}
          value={value}
          onChange={setValue}
          errorAt={(pointer) => errorAt(problem, `/value${pointer}`)}
        />
      </Form>
    </Dialog>
  );
}
