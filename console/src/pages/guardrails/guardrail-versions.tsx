/** What a guardrail was before, how that differs from what is in force, and the way back. */
import { useState } from 'react';
import { useAskPages } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ConfirmDialog } from '../../kit/confirm-dialog.tsx';
import { Diff } from '../../kit/diff.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { textOf, type Held } from '../../part-editing/part-draft.ts';
import { rolloutText, type GuardrailValue } from './guardrail-value.ts';

interface GuardrailVersionsProps {
  readonly held: Held<GuardrailValue>;
  /** Absent for those who may not change it. */
  readonly onGoBack: ((value: GuardrailValue) => Promise<void>) | undefined;
}

export function GuardrailVersions({ held, onGoBack }: GuardrailVersionsProps) {
  const versions = useAskPages('listGuardrailVersions', { path: { name: held.name } });
  const [chosen, setChosen] = useState<number>();
  if (versions.rows === undefined)
    return versions.error === null ? <Skeleton lines={6} /> : <ProblemNotice problem={versions.error} />;
  const shown =
    versions.rows.find(({ version }) => version === chosen) ?? versions.rows[1] ?? versions.rows[0];
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <Card title="Versions" description="Of the configuration, in which it changed." flush>
        <ul aria-label="Versions of this guardrail" className="divide-y divide-line border-t border-line">
          {versions.rows.map(({ version, atMs, actor, etag, value }) => (
            <li key={version}>
              <button
                type="button"
                aria-pressed={version === shown?.version}
                onClick={() => setChosen(version)}
                className="block w-full space-y-0.5 px-4 py-2.5 text-left hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-accent-soft"
              >
                <span className="flex items-center justify-between gap-2">
                  <span className="font-medium">Version {version}</span>
                  {etag === held.etag && <Badge tone="good">In force</Badge>}
                  {value === null && <Badge>Removed</Badge>}
                </span>
                <span className="block text-sm break-all text-muted">{actor}</span>
                <span className="block text-sm text-muted">
                  {value !== null && `${rolloutText(value.rollout)} · `}
                  {new Date(atMs).toLocaleString()}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {versions.hasNextPage && (
          <div className="border-t border-line p-3">
            <Button busy={versions.isFetchingNextPage} onClick={() => versions.fetchNextPage()}>
              Load more
            </Button>
          </div>
        )}
      </Card>
      {shown !== undefined && <OneVersion version={shown} held={held} onGoBack={onGoBack} />}
    </div>
  );
}

interface OneVersionProps extends GuardrailVersionsProps {
  readonly version: {
    readonly version: number;
    readonly atMs: number;
    readonly actor: string;
    readonly etag: string | null;
    readonly value: GuardrailValue | null;
  };
}

function OneVersion({ version: { version, atMs, etag, value }, held, onGoBack }: OneVersionProps) {
  const isInForce = etag === held.etag;
  return (
    <Card
      title={`Version ${version}`}
      description={
        <>
          <TimeText atMs={atMs} form="full" />. Below: what going back to it would change, line by line.
        </>
      }
      actions={
        onGoBack !== undefined &&
        value !== null &&
        !isInForce && (
          <ConfirmDialog
            title={`Go back to version ${version}`}
            description="It is in force again at once, for the next request. Nothing is lost: one can go forth again."
            confirm="Go back to it"
            tone="primary"
            trigger={<Button size="small">Go back to it</Button>}
            onConfirm={async () => {
              await onGoBack(value);
              tell('In force', `${held.name}, as version ${version} was.`);
            }}
          />
        )
      }
    >
      {value === null ? (
        <EmptyState title="It was not there" />
      ) : isInForce ? (
        <EmptyState title="This is what is in force" />
      ) : (
        <Diff
          label={`Version ${version} against what is in force`}
          before={textOf(held.value)}
          after={textOf(value)}
        />
      )}
    </Card>
  );
}
