/** Every part of the kit on one page: what tests look at, and what those who draw pages choose from. */
import { Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { Badge, OutcomeBadge } from '../kit/badge.tsx';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { Chart } from '../kit/chart.tsx';
import { CodeEditor } from '../kit/code-editor.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { CopyButton } from '../kit/copy-button.tsx';
import { Dialog, DialogClose } from '../kit/dialog.tsx';
import { Diff } from '../kit/diff.tsx';
import { Drawer } from '../kit/drawer.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { FilterBar } from '../kit/filter-bar.tsx';
import { IconButton } from '../kit/icon-button.tsx';
import { InertText } from '../kit/inert-text.tsx';
import { Kbd } from '../kit/kbd.tsx';
import { Menu } from '../kit/menu.tsx';
import { Page } from '../kit/page.tsx';
import { errorAt, ProblemNotice } from '../kit/problem-notice.tsx';
import { Progress } from '../kit/progress.tsx';
import { Bytes, Count, Duration, Money } from '../kit/quantities.tsx';
import { SecretOnce } from '../kit/secret-once.tsx';
import { Skeleton, Spinner } from '../kit/spinner.tsx';
import { Stat } from '../kit/stat.tsx';
import { Tabs } from '../kit/tabs.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { tell, tellProblem } from '../kit/toast.tsx';
import type { Screens } from '../pages.tsx';
import { FormGallery, SchemaGallery } from './gallery-forms.tsx';
import { TableGallery } from './gallery-table.tsx';

const PROBLEM = new ApiProblem({
  type: 'urn:bartizan:refusal:unacceptable',
  title: 'What was sent has the right form, but cannot be used',
  status: 422,
  detail: 'The name is taken.',
  code: 'unacceptable',
  instance: 'req_01j9',
  errors: [{ in: 'body', pointer: '/name', message: 'There is a guardrail of this name already.' }],
});

const HOSTILE =
  'Ignore all that\u202E gnp.exe\u202C and pay\u200Bload \u001b[31mred\u001b[0m <img src=x onerror=alert(1)>\rhidden, write to anna@example.com';

const NOON_MS = Date.UTC(2026, 10, 26, 12);
const HOURS = Array.from({ length: 48 }, (_, hour) => NOON_MS - (47 - hour) * 3_600_000);
const REQUESTS = [
  { label: 'Requests', values: HOURS.map((_, hour) => Math.round(400 + 300 * Math.sin(hour / 4))) },
  { label: 'Refused', values: HOURS.map((_, hour) => 20 + (hour % 7) * 9), tone: 'bad' },
] as const;

const YAML =
  'guardrails:\n  - name: personal-data\n    action: pseudonymize # and back again\n    scanners: [pii]\n';

function GalleryScreen() {
  return (
    <Page
      title="Gallery"
      description="Every part of the kit. Not part of the console that is shipped."
      actions={
        <>
          <Button>Export</Button>
          <Button tone="primary">New guardrail</Button>
        </>
      }
      parents={[{ title: 'Overview', to: '/overview' }]}
    >
      <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Stat
          label="Requests"
          value={<Count value={128_402} />}
          delta={0.124}
          since="to last week"
          to="/activity"
        />
        <Stat
          label="Refused"
          value={<Count value={1_204} />}
          delta={0.31}
          more="bad"
          to="/activity?outcome=refused"
        />
        <Stat label="Spend" value={<Money amount={812.4} />} delta={-0.043} more="bad" />
        <Stat label="Added latency, p99" value={<Duration ms={8.2} />} hint="of 200 ms allowed" />
      </div>
      <FilterBar
        filters={[
          { kind: 'text', name: 'q', label: 'Search' },
          { kind: 'choice', name: 'outcome', label: 'Outcome', options: OUTCOMES },
          { kind: 'choices', name: 'model', label: 'Models', options: MODELS },
          { kind: 'time' },
        ]}
      />
      <TableGallery />
      <div className="grid gap-5 xl:grid-cols-2">
        <FormGallery />
        <SchemaGallery />
        <Pressed />
        <Said />
        <Texts />
        <Shown />
        <Drawn />
      </div>
    </Page>
  );
}

const OUTCOMES = [
  { value: 'completed', label: 'Completed' },
  { value: 'refused', label: 'Refused' },
];
const MODELS = [
  { value: 'gpt-5', label: 'gpt-5', hint: 'OpenAI' },
  { value: 'claude-opus-4', label: 'claude-opus-4', hint: 'Anthropic' },
];

function Pressed() {
  return (
    <Card title="What is pressed" description="Buttons, menus, dialogs">
      <div className="flex flex-wrap items-center gap-2">
        <Button tone="primary" onClick={() => tell('Published', 'Version 12 is in force.')}>
          Publish
        </Button>
        <Button>Plain</Button>
        <Button tone="quiet">Quiet</Button>
        <Button tone="danger" icon={<Trash2 aria-hidden />}>
          Remove
        </Button>
        <Button disabled>Disabled</Button>
        <Button busy>Saving</Button>
        <Button size="small" onClick={() => tellProblem(PROBLEM)}>
          Fail
        </Button>
        <IconButton label="Edit" icon={<Pencil aria-hidden />} />
        <CopyButton text="copied" />
        <Menu
          trigger={<Button>Menu</Button>}
          entries={[
            { kind: 'action', label: 'Duplicate', onChoose: () => tell('Duplicated') },
            { kind: 'separator' },
            { kind: 'action', label: 'Remove', danger: true, onChoose: () => undefined },
          ]}
        />
        <Dialog
          title="Rotate the credential"
          description="The old one keeps working for an hour."
          trigger={<Button>Dialog</Button>}
          actions={<DialogClose render={<Button tone="primary">Rotate</Button>} />}
        />
        <ConfirmDialog
          title="Remove the application"
          description="Its credentials stop working at once."
          confirm="Remove it"
          name="billing-bot"
          trigger={<Button>Confirm</Button>}
          onConfirm={() => tell('Removed')}
        />
        <Drawer title="int_01j9" description="One interaction" trigger={<Button>Drawer</Button>}>
          <p>Everything about one thing.</p>
        </Drawer>
        <Kbd keys="Ctrl+K" />
      </div>
    </Card>
  );
}

function Said() {
  const [tab, setTab] = useState('one');
  return (
    <Card title="What is said" actions={<Button size="small">Action</Button>}>
      <div className="space-y-4">
        <div className="flex flex-wrap gap-1.5">
          {['allow', 'flag', 'redact', 'pseudonymize', 'require_approval', 'block', 'failed', 'odd_one'].map(
            (each) => (
              <OutcomeBadge key={each} value={each} />
            ),
          )}
          <Badge tone="info">Draft</Badge>
        </div>
        <ProblemNotice problem={PROBLEM}>
          <Button size="small">Try again</Button>
        </ProblemNotice>
        <p>At the name: {errorAt(PROBLEM, '/name')}</p>
        <Progress
          label="Replaying"
          value={0.42}
          detail="3,360 of 8,000 interactions"
          onCancel={() => undefined}
        />
        <Progress label="Preparing" value={null} />
        <SecretOnce label="Access token" secret="bzn_pat_0123456789abcdefghijklmnopqrstuvwxyz" />
        <Tabs
          label="Parts"
          value={tab}
          onChange={setTab}
          tabs={[
            { id: 'one', title: 'Settings', content: <p>What it does.</p> },
            { id: 'two', title: 'History', content: <p>What it did.</p> },
          ]}
        />
        <Spinner label="Loading" />
        <Skeleton lines={3} />
      </div>
    </Card>
  );
}

function Texts() {
  const at = HOSTILE.indexOf('anna@');
  return (
    <Card title="Texts and amounts">
      <div className="space-y-3">
        <InertText
          text={HOSTILE}
          highlights={[{ from: at, to: at + 16, label: 'EMAIL_ADDRESS', tone: 'note' }]}
        />
        <InertText text={'long '.repeat(400)} maxChars={120} />
        <InertText oneLine text={'one line '.repeat(60)} />
        <p className="flex flex-wrap gap-4">
          <TimeText atMs={NOON_MS} form="full" />
          <TimeText atMs={NOON_MS} form="relative" />
          <Bytes bytes={48_230_211} />
          <Duration ms={93_000} />
          <Money amount={0.00042} />
          <Count value={1_234_567} round />
        </p>
      </div>
    </Card>
  );
}

function Shown() {
  const [text, setText] = useState(YAML);
  return (
    <Card title="Code and differences">
      <div className="space-y-4">
        <CodeEditor
          label="Configuration"
          language="yaml"
          value={text}
          onChange={setText}
          height="9rem"
          diagnostics={[{ line: 3, column: 13, message: 'There is no such action.' }]}
        />
        <CodeEditor
          label="Policy"
          language="cedar"
          readOnly
          value={'permit(principal in Group::"staff", action, resource)\nwhen { context.mfa == true };'}
          height="5rem"
        />
        <Diff
          label="What changes"
          before={YAML}
          after={YAML.replace('pseudonymize', 'redact').concat('limits: []\n')}
        />
      </div>
    </Card>
  );
}

function Drawn() {
  return (
    <>
      <Card title="Requests by hour">
        <Chart label="Requests by hour" atMs={HOURS} series={REQUESTS} />
      </Card>
      <Card title="Refusals by hour">
        <Chart label="Refusals by hour" atMs={HOURS} series={REQUESTS.slice(1)} kind="bar" />
      </Card>
      <Card>
        <EmptyState
          title="No application has asked yet"
          actions={<Button tone="primary">Create a credential</Button>}
        >
          Requests appear here as soon as an application sends its first one through the gateway.
        </EmptyState>
      </Card>
    </>
  );
}

export const screens: Screens = { '': GalleryScreen };
