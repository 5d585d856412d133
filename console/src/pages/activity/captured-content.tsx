/** What was said: opened for a stated reason, with a second person's approval where the house asks for it. */
import { Eye, Hourglass, Lock } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { client, useAsk, useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { capturedIn, highlightsIn, type CapturedText } from './captured-texts.ts';
import type { Detail } from './interaction-screen.tsx';
import type { PlacedFinding } from './findings.tsx';

export function CapturedContent({ detail }: { readonly detail: Detail }) {
  if (!detail.hasContent)
    return (
      <Card title="What was said">
        <p className="flex items-start gap-2 text-muted">
          <Lock aria-hidden className="mt-0.5 size-4 shrink-0" />
          {detail.isErased
            ? 'It cannot be read any more: it was erased, or its time was over.'
            : 'Nothing was kept of it: its application captures no content, or it was refused before anything was passed on.'}
        </p>
      </Card>
    );
  return <Closed detail={detail} />;
}

/** As the API answers: a text here and there is anybody's. */
interface Opened {
  readonly content: unknown;
  readonly atMs: number;
}

function Closed({ detail }: { readonly detail: Detail }) {
  const [reason, setReason] = useState('');
  const [opened, setOpened] = useState<Opened>();
  const [needsApproval, setNeedsApproval] = useState(false);
  // The last entry has all of it.
  const index = detail.record.at(-1)?.index ?? detail.index;

  async function open(): Promise<void> {
    try {
      const { content } = await client.call('readContent', { path: { index }, reason });
      setOpened({ content, atMs: Date.now() });
      setNeedsApproval(false);
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.problem.code !== 'approval_needed') throw error;
      setNeedsApproval(true);
    }
  }

  if (opened !== undefined)
    return (
      <Shown
        opened={opened}
        detail={detail}
        index={index}
        reason={reason}
        onClose={() => setOpened(undefined)}
      />
    );
  return (
    <Card
      title="What was said"
      description="It lies sealed. Say why you read it: the reason is recorded before anything is shown."
    >
      <div className="max-w-2xl space-y-4">
        <Form submit="Read what was said" onSubmit={open} disabled={reason.trim() === ''}>
          <TextField
            label="Reason"
            value={reason}
            onChange={setReason}
            lines={2}
            maxLength={2_000}
            hint="A case, a complaint, an incident: what somebody who audits this will want to know."
            required
          />
        </Form>
        {needsApproval && <SecondPerson detail={detail} index={index} reason={reason} onApproved={open} />}
      </div>
    </Card>
  );
}

interface SecondPersonProps {
  readonly detail: Detail;
  readonly index: number;
  readonly reason: string;
  readonly onApproved: () => Promise<void>;
}

function SecondPerson({ detail, index, reason, onApproved }: SecondPersonProps) {
  const mine = useAsk('listApprovals', { query: { of: 'mine', limit: 100 } }, { everyMs: 3_000 });
  const request = useChange('requestApproval', ['listApprovals']);
  const latest = mine.data?.items.find(({ interaction }) => interaction === detail.id);
  const state = latest?.state;
  return (
    <div role="status" className="space-y-2 rounded-md border border-warn bg-warn-soft p-3">
      <p className="flex items-center gap-2 font-medium text-warn">
        <Hourglass aria-hidden className="size-4" />
        This house wants a second person’s approval
      </p>
      {state === 'pending' && latest !== undefined && (
        <p>
          Asked for. Somebody else has until <TimeText atMs={latest.expiresAtMs} /> to approve it, under
          Activity, Requests to read.
        </p>
      )}
      {state === 'approved' && latest !== undefined && (
        <p>
          {latest.decidedBy} approved it until <TimeText atMs={latest.expiresAtMs} />.{' '}
          <Button size="small" tone="primary" onClick={onApproved}>
            Read it now
          </Button>
        </p>
      )}
      {state === 'declined' && latest !== undefined && (
        <p>
          {latest.decidedBy} declined it
          {latest.decisionReason === null ? '.' : ': '}
          {latest.decisionReason !== null && <InertText text={latest.decisionReason} />}
        </p>
      )}
      {state !== 'pending' && state !== 'approved' && (
        <Button
          onClick={() => request.mutateAsync({ body: { index, reason } })}
          disabled={reason.trim() === ''}
        >
          Ask for approval
        </Button>
      )}
    </div>
  );
}

interface ShownProps {
  readonly opened: Opened;
  readonly detail: Detail;
  readonly index: number;
  readonly reason: string;
  readonly onClose: () => void;
}

function Shown({ opened, detail, index, reason, onClose }: ShownProps) {
  const { texts, isTruncated } = capturedIn(opened.content);
  return (
    <Card
      title="What was said"
      description="Your reading is recorded, with the reason you gave. What was found is marked."
      actions={
        <Button size="small" onClick={onClose}>
          Close
        </Button>
      }
    >
      <div className="space-y-4">
        {texts.length === 0 && <EmptyState icon={Eye} title="It holds no text" />}
        {texts.map((text) => (
          <Said key={`${text.direction} ${text.pointer}`} text={text} findings={detail.placedFindings} />
        ))}
        {isTruncated && <Badge tone="warn">The answer was longer: its rest was not captured</Badge>}
        <StandIns index={index} reason={reason} />
      </div>
    </Card>
  );
}

function Said({
  text,
  findings,
}: {
  readonly text: CapturedText;
  readonly findings: readonly PlacedFinding[];
}) {
  const who = text.direction === 'response' ? 'Answer' : (ROLES[text.role ?? ''] ?? 'Request');
  return (
    <section aria-label={`${who}, ${text.pointer}`} className="rounded-md border border-line">
      <h3 className="flex flex-wrap items-baseline gap-2 border-b border-line bg-sunken px-3 py-1.5 text-sm font-medium">
        {who}
        <code className="min-w-0 font-normal break-all text-muted">
          <InertText text={text.pointer} maxChars={200} />
        </code>
      </h3>
      <div
        className="max-h-[32rem] overflow-auto px-3 py-2"
        tabIndex={0}
        role="region"
        aria-label={`Text of ${text.pointer}`}
      >
        <InertText text={text.text} highlights={highlightsIn(text, findings)} />
      </div>
    </section>
  );
}

const ROLES: Readonly<Record<string, string>> = {
  user: 'User',
  system: 'System',
  developer: 'Developer',
  assistant: 'Assistant',
  tool: 'Tool',
  model: 'Model',
};

type Pseudonym = Awaited<ReturnType<typeof client.call<'readPseudonyms'>>>['pseudonyms'][number];

/** Apart from the text: it is another reading, and recorded as such. */
function StandIns({ index, reason }: { readonly index: number; readonly reason: string }) {
  const [pseudonyms, setPseudonyms] = useState<readonly Pseudonym[]>();
  if (pseudonyms === undefined)
    return (
      <Button
        size="small"
        onClick={async () => {
          const answer = await client.call('readPseudonyms', { path: { index }, reason });
          setPseudonyms(answer.pseudonyms);
        }}
      >
        Show what stood for what
      </Button>
    );
  if (pseudonyms.length === 0) return <p className="text-muted">Nothing stood for anything.</p>;
  return (
    <dl className="grid grid-cols-[minmax(0,auto)_minmax(0,1fr)] gap-x-4 gap-y-1">
      {pseudonyms.map(({ standIn, value, identifier }) => (
        <div key={identifier} className="contents">
          <dt className="min-w-0 text-muted">
            <InertText text={standIn ?? 'in the clear'} />
          </dt>
          <dd className="min-w-0">
            <InertText text={value} maxChars={300} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
