/** What was said: opened for a stated reason, with a second person's approval where the house asks for it. */
import { Eye, Lock } from 'lucide-react';
import { useState } from 'react';
import { client } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { capturedIn, foundIn, type CapturedText } from './captured-texts.ts';
import type { Detail } from './interaction-screen.tsx';
import { ReadingForm } from './reading-form.tsx';

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
  /** Why it was read. */
  readonly reason: string;
}

function Closed({ detail }: { readonly detail: Detail }) {
  const [opened, setOpened] = useState<Opened>();
  // The last entry has all of it.
  const index = detail.record.at(-1)?.index ?? detail.index;
  if (opened !== undefined)
    return <Shown opened={opened} detail={detail} index={index} onClose={() => setOpened(undefined)} />;
  return (
    <Card
      title="What was said"
      description="It lies sealed. Say why you read it: the reason is recorded before anything is shown."
    >
      <ReadingForm
        interaction={detail.id}
        index={index}
        submit="Read what was said"
        onRead={async (reason) => {
          const { content } = await client.call('readContent', { path: { index }, reason });
          setOpened({ content, reason });
        }}
      />
    </Card>
  );
}

interface ShownProps {
  readonly opened: Opened;
  readonly detail: Detail;
  readonly index: number;
  readonly onClose: () => void;
}

function Shown({ opened, detail, index, onClose }: ShownProps) {
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
          <Said key={`${text.direction} ${text.window ?? text.pointer}`} text={text} detail={detail} />
        ))}
        {isTruncated && <Badge tone="warn">The answer was longer: its rest was not captured</Badge>}
        <StandIns index={index} reason={opened.reason} />
      </div>
    </Card>
  );
}

function Said({ text, detail }: { readonly text: CapturedText; readonly detail: Detail }) {
  const { highlights, unplaced } = foundIn(text, detail);
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
        <InertText text={text.text} highlights={highlights} />
      </div>
      {unplaced > 0 && (
        <p className="border-t border-line px-3 py-1.5 text-sm text-muted">
          {unplaced === 1 ? 'One finding is' : `${unplaced.toLocaleString()} findings are`} not marked: what
          was found is not in what was released, or other words were put in its place.
        </p>
      )}
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
