/** A draft, all around: its rollout, its settings beside the test bench, its replay and, once it is there, its versions. */
import { useState } from 'react';
import { useAsk } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { errorAt as problemAt, ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import type { FormOf } from '../../part-editing/part-kind.ts';
import { FileBench, useFileTrial } from './file-bench.tsx';
import { GuardrailForm } from './guardrail-form.tsx';
import type { GuardrailValue } from './guardrail-value.ts';
import { GuardrailVersions } from './guardrail-versions.tsx';
import { ReplayPanel, useReplay } from './replay.tsx';
import { RolloutSteps } from './rollout-steps.tsx';
import { NO_TEXT, NoBench, TextBench, useTextTrial } from './text-bench.tsx';

export function GuardrailEditor(props: FormOf<GuardrailValue>) {
  const { name, value, onChange, errorAt, held, onGoBack } = props;
  const mayWrite = !props.disabled;
  const scanners = useAsk('listScanners');
  const [place, setPlace] = useState(NO_TEXT);
  const draft = { name: name === '' ? 'draft' : name, value: enforced(value) };
  const trial = useTextTrial(draft, place, mayWrite);
  const fileTrial = useFileTrial(draft);
  const replay = useReplay(draft);
  const scanner = scanners.data?.items.find(({ id }) => id === value.scanner);
  const wrongAt = (pointer: string): string | undefined =>
    errorAt(pointer) ?? problemAt(trial.error, `/draft/value${pointer}`);

  const settings =
    scanner === undefined ? (
      <Unknown isLoading={scanners.isPending} problem={scanners.error} scanner={value.scanner} />
    ) : (
      <GuardrailForm
        scanner={scanner}
        value={value}
        onChange={onChange}
        errorAt={wrongAt}
        disabled={!mayWrite}
      >
        {props.nameField}
      </GuardrailForm>
    );
  const bench = mayWrite ? (
    <Card title="Test bench" description="The draft, as if it were in force alone.">
      <Tabs
        label="Test bench"
        tabs={[
          {
            id: 'text',
            title: 'A text',
            content: <TextBench place={place} onChange={setPlace} trial={trial} />,
          },
          { id: 'file', title: 'A file', content: <FileBench trial={fileTrial} draft={draft} /> },
        ]}
      />
    </Card>
  ) : (
    <Card title="Test bench">
      <NoBench />
    </Card>
  );
  const tabs = [
    {
      id: 'draft',
      title: 'Settings and test bench',
      content: (
        <div className="grid items-start gap-5 lg:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
          {settings}
          <div className="min-w-0 lg:sticky lg:top-4 lg:max-h-[calc(100dvh-7rem)] lg:overflow-y-auto">
            {bench}
          </div>
        </div>
      ),
    },
    ...(mayWrite
      ? [{ id: 'replay', title: 'Replay', content: <ReplayPanel replay={replay} draft={draft} /> }]
      : []),
    ...(held === undefined
      ? []
      : [
          {
            id: 'versions',
            title: 'Versions',
            content: <GuardrailVersions held={held} onGoBack={onGoBack} />,
          },
        ]),
  ];
  return (
    <>
      <RolloutSteps
        value={value.rollout}
        inForce={held?.value.rollout}
        onChange={(rollout) => onChange({ ...value, rollout })}
        disabled={!mayWrite}
      />
      <Tabs label="Parts of this guardrail" tabs={tabs} />
    </>
  );
}

/** What it does where it acts: a shadow does nothing. */
function enforced(value: GuardrailValue): GuardrailValue {
  return { ...value, rollout: { mode: 'enforce' } };
}

interface UnknownProps {
  readonly isLoading: boolean;
  readonly problem: unknown;
  readonly scanner: string;
}

function Unknown({ isLoading, problem, scanner }: UnknownProps) {
  if (isLoading) return <Skeleton lines={10} />;
  return <ProblemNotice problem={problem ?? new Error(`This house has no scanner ${scanner}.`)} />;
}
