/** What a part was before, how that differs from what is in force, and the way back. */
import { useState } from 'react';
import { Badge } from '../kit/badge.tsx';
import { Button } from '../kit/button.tsx';
import { Card } from '../kit/card.tsx';
import { ConfirmDialog } from '../kit/confirm-dialog.tsx';
import { Diff } from '../kit/diff.tsx';
import { EmptyState } from '../kit/empty-state.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';
import { Skeleton } from '../kit/spinner.tsx';
import { TimeText } from '../kit/time-text.tsx';
import { tell } from '../kit/toast.tsx';
import { textOf, type Held } from './part-draft.ts';
import type { Asked } from './part-kind.ts';

interface PartVersion<Value> {
  readonly version: number;
  readonly atMs: number;
  readonly actor: string;
  readonly etag: string | null;
  /** Null where it was not there. */
  readonly value: Value | null;
}

interface PartVersionsProps<Value> {
  readonly asked: Asked<PartVersion<Value>>;
  readonly held: Held<Value>;
  /** `guardrail` */
  readonly noun: string;
  /** Absent for those who may not change it. */
  readonly onGoBack: ((value: Value) => Promise<void>) | undefined;
  /** What is said of each in the list. */
  readonly caption?: (value: Value) => string;
  /** As it is compared; JSON unless told. */
  readonly text?: (value: Value) => string;
}

export function PartVersions<Value>(props: PartVersionsProps<Value>) {
  const { asked, held, noun, caption } = props;
  const [chosen, setChosen] = useState<number>();
  if (asked.rows === undefined)
    return asked.error === null ? <Skeleton lines={6} /> : <ProblemNotice problem={asked.error} />;
  const shown = asked.rows.find(({ version }) => version === chosen) ?? asked.rows[1] ?? asked.rows[0];
  return (
    <div className="grid items-start gap-5 lg:grid-cols-[18rem_minmax(0,1fr)]">
      <Card title="Versions" description="Of the configuration, in which it changed." flush>
        <ul aria-label={`Versions of this ${noun}`} className="divide-y divide-line border-t border-line">
          {asked.rows.map(({ version, atMs, actor, etag, value }) => (
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
                  {value !== null && caption !== undefined && `${caption(value)} · `}
                  {new Date(atMs).toLocaleString()}
                </span>
              </button>
            </li>
          ))}
        </ul>
        {asked.hasNextPage && (
          <div className="border-t border-line p-3">
            <Button busy={asked.isFetchingNextPage} onClick={() => asked.fetchNextPage()}>
              Load more
            </Button>
          </div>
        )}
      </Card>
      {shown !== undefined && <OneVersion {...props} shown={shown} />}
    </div>
  );
}

interface OneVersionProps<Value> extends PartVersionsProps<Value> {
  readonly shown: PartVersion<Value>;
}

function OneVersion<Value>({ shown, held, onGoBack, text = textOf }: OneVersionProps<Value>) {
  const { version, atMs, etag, value } = shown;
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
          before={text(held.value)}
          after={text(value)}
        />
      )}
    </Card>
  );
}
