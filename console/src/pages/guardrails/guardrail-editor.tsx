/** A draft, all around: its rollout, its settings beside the test bench, its replay and, once it is there, its versions. */
import { useState, type ReactNode } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { useAsk } from '../../api.ts';
import { Card } from '../../kit/card.tsx';
import { errorAt, ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { Tabs } from '../../kit/tabs.tsx';
import { PublishBar } from '../../part-editing/publish-bar.tsx';
import { FileBench, useFileTrial } from './file-bench.tsx';
import { GuardrailForm } from './guardrail-form.tsx';
import { shareText, type GuardrailValue, type Rollout } from './guardrail-value.ts';
import { ReplayPanel, useReplay } from './replay.tsx';
import { RolloutSteps } from './rollout-steps.tsx';
import { NO_TEXT, NoBench, TextBench, useTextTrial } from './text-bench.tsx';

interface GuardrailEditorProps {
  readonly name: string;
  readonly value: GuardrailValue;
  readonly onChange: (value: GuardrailValue) => void;
  /** How far it is rolled out now, where it is there. */
  readonly inForce: Rollout | undefined;
  readonly problem: unknown;
  readonly mayWrite: boolean;
  readonly isChanged: boolean;
  readonly hindrance: string | undefined;
  readonly onPublish: () => Promise<void>;
  readonly onDiscard?: () => void;
  readonly nameField?: ReactNode;
  readonly versions?: ReactNode;
}

export function GuardrailEditor(props: GuardrailEditorProps) {
  const { name, value, onChange, problem, versions, mayWrite } = props;
  const scanners = useAsk('listScanners');
  const [place, setPlace] = useState(NO_TEXT);
  const draft = { name: name === '' ? 'draft' : name, value: enforced(value) };
  const trial = useTextTrial(draft, place, mayWrite);
  const fileTrial = useFileTrial(draft);
  const replay = useReplay(draft);
  const scanner = scanners.data?.items.find(({ id }) => id === value.scanner);
  const wrongAt = (pointer: string): string | undefined =>
    errorAt(problem, `/value${pointer}`) ?? errorAt(trial.error, `/draft/value${pointer}`);

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
    ...(versions === undefined ? [] : [{ id: 'versions', title: 'Versions', content: versions }]),
  ];
  return (
    <>
      <RolloutSteps
        value={value.rollout}
        inForce={props.inForce}
        onChange={(rollout) => onChange({ ...value, rollout })}
        disabled={!mayWrite}
      />
      <Tabs label="Parts of this guardrail" tabs={tabs} />
      {mayWrite && (
        <PublishBar
          isChanged={props.isChanged}
          publish={publishText(value.rollout)}
          onPublish={props.onPublish}
          {...(props.onDiscard === undefined ? {} : { onDiscard: props.onDiscard })}
          problem={problem}
          shownElsewhere={shownAtFields(problem)}
          hindrance={props.hindrance}
          settled="In force as it stands here."
        />
      )}
    </>
  );
}

/** What it does where it acts: a shadow does nothing. */
function enforced(value: GuardrailValue): GuardrailValue {
  return { ...value, rollout: { mode: 'enforce' } };
}

function publishText(rollout: Rollout): string {
  switch (rollout.mode) {
    case 'shadow':
      return 'Publish in shadow';
    case 'canary':
      return `Publish for ${shareText(rollout.share)}`;
    case 'enforce':
      return 'Publish and enforce';
  }
}

/** What the fields show themselves; what lies deeper is said in the notice too, for it may have no field. */
const FIELDS = /^\/(?:name|value\/(?:description|action|min_confidence|directions|timeout_ms|config\/\w+))$/;

function shownAtFields(problem: unknown): readonly string[] {
  if (!(problem instanceof ApiProblem)) return [];
  return (problem.problem.errors ?? []).map(({ pointer }) => pointer).filter((each) => FIELDS.test(each));
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
