/** All that is configured, as one text: look, change, see what would change, put it in force. */
import { Download, RotateCcw } from 'lucide-react';
import { useState } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import { client, useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { CodeEditor, type Diagnostic } from '../../kit/code-editor.tsx';
import { Diff } from '../../kit/diff.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { tell } from '../../kit/toast.tsx';
import { useMay } from '../../session/session.ts';
import { Changes, type Change } from './changes.tsx';

export function ConfigurationText() {
  const configuration = useAsk('getConfiguration');
  if (configuration.data === undefined)
    return configuration.error === null ? (
      <Skeleton lines={12} />
    ) : (
      <ProblemNotice problem={configuration.error} />
    );
  return <Editing current={configuration.data} />;
}

interface EditingProps {
  readonly current: { readonly yaml: string; readonly etag: string; readonly version: number };
}

interface Plan {
  readonly yaml: string;
  readonly changes: readonly Change[];
}

function Editing({ current }: EditingProps) {
  const mayWrite = useMay('settings.write');
  const apply = useChange('applyConfiguration', ['getConfiguration', 'listConfigurationVersions']);
  const [base, setBase] = useState(current);
  const [text, setText] = useState(current.yaml);
  const [plan, setPlan] = useState<Plan>();
  const [problem, setProblem] = useState<unknown>();
  const isChanged = text !== base.yaml;
  const isBehind = current.etag !== base.etag;

  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work();
      setProblem(undefined);
    } catch (error) {
      setProblem(error);
    }
  }

  const look = (): Promise<void> =>
    attempt(async () => {
      setPlan({ yaml: text, ...(await client.call('planConfiguration', { body: { yaml: text } })) });
    });
  const putInForce = (): Promise<void> =>
    attempt(async () => {
      const { version } = await apply.mutateAsync({ body: { yaml: text }, ifMatch: base.etag });
      const next = await client.call('getConfiguration');
      setBase(next);
      setText(next.yaml);
      setPlan(undefined);
      tell('In force', `Version ${version} of the configuration.`);
    });
  const readAgain = (): void => {
    setBase(current);
    setText(current.yaml);
    setPlan(undefined);
    setProblem(undefined);
  };

  return (
    <div className="space-y-5">
      <Card
        title={`Version ${base.version}`}
        description="Credentials in it are references: no secret stands here."
        actions={
          <>
            <Button
              size="small"
              icon={<Download aria-hidden />}
              onClick={() => saveText(base.yaml, base.version)}
            >
              Export
            </Button>
            {isChanged && (
              <Button size="small" icon={<RotateCcw aria-hidden />} onClick={readAgain}>
                Discard
              </Button>
            )}
          </>
        }
      >
        <div className="space-y-3">
          {isBehind && (
            <p role="status" className="rounded-md bg-warn-soft p-3 text-warn">
              Somebody put version {current.version} in force meanwhile. What you have typed is still here,
              but can only be applied to that version: copy it, discard, and put it in again.
            </p>
          )}
          <ProblemNotice problem={problem} shownElsewhere={pointersWithin(problem)} />
          <CodeEditor
            label="Configuration as YAML"
            language="yaml"
            height="28rem"
            readOnly={!mayWrite}
            value={text}
            onChange={(next) => {
              setText(next);
              setPlan(undefined);
            }}
            diagnostics={diagnosticsOf(problem)}
          />
          {mayWrite && (
            <div className="flex flex-wrap gap-2">
              <Button tone={plan === undefined ? 'primary' : 'plain'} disabled={!isChanged} onClick={look}>
                See what would change
              </Button>
              {plan !== undefined && plan.yaml === text && plan.changes.length > 0 && (
                <Button tone="primary" onClick={putInForce}>
                  Put in force
                </Button>
              )}
            </div>
          )}
        </div>
      </Card>
      {plan !== undefined && (
        <Card
          title="What would change"
          description={`${plan.changes.length} in the tree; below, line by line.`}
        >
          {plan.changes.length === 0 ? (
            <EmptyState title="Nothing would change" />
          ) : (
            <div className="space-y-4">
              <Changes changes={plan.changes} />
              <Diff label="What would change, line by line" before={base.yaml} after={plan.yaml} />
            </div>
          )}
        </Card>
      )}
    </div>
  );
}

/** What is wrong, where the server says in which line. */
function diagnosticsOf(problem: unknown): readonly Diagnostic[] {
  if (!(problem instanceof ApiProblem)) return NONE;
  return (problem.problem.errors ?? []).flatMap(({ message, line, column }) =>
    line === undefined ? [] : [{ message, line, ...(column === undefined ? {} : { column }) }],
  );
}
const NONE: readonly Diagnostic[] = [];

/** What is marked in the text. */
function pointersWithin(problem: unknown): readonly string[] {
  if (!(problem instanceof ApiProblem)) return [];
  return (problem.problem.errors ?? []).flatMap(({ pointer, line }) => (line === undefined ? [] : [pointer]));
}

function saveText(yaml: string, version: number): void {
  const url = URL.createObjectURL(new Blob([yaml], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = `bartizan-configuration-${version}.yaml`;
  link.click();
  URL.revokeObjectURL(url);
}
