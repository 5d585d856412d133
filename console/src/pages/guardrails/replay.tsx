/** What the draft would have done with what was recorded: before it is published, and without showing what was said. */
import { History } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { guardrailOperations } from '@contract/api/guardrails.ts';
import type { EventOf } from '@contract/api/operation.ts';
import { client } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { NumberField } from '../../kit/number-field.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Progress } from '../../kit/progress.tsx';
import { useApplications } from '../../part-editing/choices.ts';
import { textOf } from '../../part-editing/part-draft.ts';
import type { GuardrailDraft } from './guardrail-value.ts';
import { ReplayResult } from './replay-result.tsx';

type Event = EventOf<typeof guardrailOperations.replayGuardrail>;
type Going = Extract<Event, { kind: 'progress' }>;
export type Replayed = Extract<Event, { kind: 'done' }>;

interface Replay {
  readonly going: Going | 'begun' | undefined;
  readonly done: Replayed | undefined;
  readonly doneWith: GuardrailDraft | undefined;
  readonly wasCancelled: boolean;
  readonly problem: unknown;
  start(order: { readonly last: number; readonly application: string | null }): Promise<void>;
  cancel(): void;
}

export function useReplay(draft: GuardrailDraft): Replay {
  const [going, setGoing] = useState<Going | 'begun'>();
  const [done, setDone] = useState<Replayed>();
  const [doneWith, setDoneWith] = useState<GuardrailDraft>();
  const [wasCancelled, setCancelled] = useState(false);
  const [problem, setProblem] = useState<unknown>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  async function follow(events: AsyncGenerator<Event>): Promise<void> {
    let isOver = false;
    for await (const event of events) {
      if (event.kind === 'progress') setGoing(event);
      else {
        setDone(event);
        setDoneWith(draft);
        isOver = true;
      }
    }
    if (!isOver) throw new Error('The connection ended before the replay did: start it again.');
  }

  return {
    going,
    done,
    doneWith,
    wasCancelled,
    problem,
    async start({ last, application }) {
      running.current?.abort();
      const { signal } = (running.current = new AbortController());
      setGoing('begun');
      setDone(undefined);
      setCancelled(false);
      setProblem(undefined);
      const body = { draft, last, ...(application === null ? {} : { application }) };
      try {
        await follow(client.events('replayGuardrail', { body, signal }));
      } catch (error) {
        if (!signal.aborted) setProblem(error);
      }
      if (running.current.signal === signal) setGoing(undefined);
    },
    cancel() {
      running.current?.abort();
      setGoing(undefined);
      setCancelled(true);
    },
  };
}

interface ReplayPanelProps {
  readonly replay: Replay;
  readonly draft: GuardrailDraft;
}

export function ReplayPanel({ replay, draft }: ReplayPanelProps) {
  const applications = useApplications();
  const [last, setLast] = useState<number | null>(500);
  const [application, setApplication] = useState<string | null>(null);
  const { going, done, doneWith, wasCancelled, problem } = replay;
  return (
    <div className="space-y-5">
      <Card
        title="Replay the draft"
        description="Over the last recorded interactions whose content was captured. Nothing that was said is shown, and nothing is changed."
      >
        <div className="space-y-4">
          <div className="grid items-end gap-4 sm:grid-cols-[12rem_minmax(0,18rem)_auto]">
            <NumberField
              label="Last interactions"
              min={1}
              max={10_000}
              step={100}
              value={last}
              onChange={setLast}
            />
            <Combobox
              label="Of the application"
              placeholder="All applications"
              options={applications}
              value={application}
              onChange={setApplication}
            />
            <Button
              tone="primary"
              icon={<History aria-hidden />}
              disabled={last === null || going !== undefined}
              className="justify-self-start"
              onClick={() => {
                void replay.start({ last: last ?? 500, application });
              }}
            >
              Replay
            </Button>
          </div>
          {going !== undefined && <GoingOn going={going} onCancel={() => replay.cancel()} />}
          {wasCancelled && <p role="status">Cancelled: nothing was changed.</p>}
          <ProblemNotice problem={problem} />
        </div>
      </Card>
      {done === undefined ? (
        going === undefined && (
          <EmptyState icon={History} title="What would it have done?">
            Whether a guardrail stops too much is seen before it stops anybody. Content is kept where an
            application’s <code>capture</code> says so.
          </EmptyState>
        )
      ) : (
        <ReplayResult done={done} isOutdated={textOf(doneWith) !== textOf(draft)} />
      )}
    </div>
  );
}

function GoingOn({ going, onCancel }: { readonly going: Going | 'begun'; readonly onCancel: () => void }) {
  if (going === 'begun') return <Progress label="Replaying" value={null} onCancel={onCancel} />;
  const { looked, of, replayed, withoutContent } = going;
  return (
    <Progress
      label="Replaying"
      value={looked / of}
      detail={`${looked.toLocaleString()} looked at, ${replayed.toLocaleString()} replayed, ${withoutContent.toLocaleString()} without content`}
      onCancel={onCancel}
    />
  );
}
