/** What a policy was before, and how that differs from what is in force. */
import { useState } from 'react';
import { useAskPages } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { Diff } from '../../kit/diff.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import type { Policy, PolicyValue } from './doors.ts';

export function PolicyVersions({ held }: { readonly held: Policy }) {
  const versions = useAskPages('listPolicyVersions', { path: { name: held.name } });
  const [chosen, setChosen] = useState<number>();
  if (versions.rows === undefined)
    return versions.error === null ? <Skeleton lines={4} /> : <ProblemNotice problem={versions.error} />;
  const shown = versions.rows.find(({ version }) => version === chosen);
  return (
    <Card title="Versions" description="Of the configuration, in which this policy changed.">
      <ul aria-label="Versions of this policy" className="divide-y divide-line">
        {versions.rows.map(({ version, atMs, actor, etag, value }) => (
          <li key={version} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
            <span className="font-medium">Version {version}</span>
            <span className="text-sm text-muted">
              {value === null ? 'removed by ' : 'by '}
              <span className="break-all">{actor}</span>, <TimeText atMs={atMs} />
            </span>
            <span className="ml-auto">
              {etag === held.etag ? (
                <span className="text-sm text-good">In force</span>
              ) : (
                value !== null && (
                  <Button
                    size="small"
                    aria-pressed={version === chosen}
                    onClick={() => setChosen(version === chosen ? undefined : version)}
                  >
                    Compare with now
                  </Button>
                )
              )}
            </span>
          </li>
        ))}
      </ul>
      {versions.hasNextPage && (
        <Button busy={versions.isFetchingNextPage} onClick={() => versions.fetchNextPage()}>
          Load more
        </Button>
      )}
      {shown !== undefined && shown.value !== null && (
        <div className="mt-3 overflow-hidden rounded-md border border-line">
          <Diff
            label={`Version ${shown.version} against what is in force`}
            before={textOf(shown.value)}
            after={textOf(held.value)}
          />
        </div>
      )}
    </Card>
  );
}

function textOf({ description, cedar }: PolicyValue): string {
  return `// ${description.replaceAll('\n', '\n// ')}\n${cedar}`;
}
