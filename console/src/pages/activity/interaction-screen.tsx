/** One interaction: what happened when, who spoke and why, what it cost, and what proves it. */
import { useState, type ReactNode } from 'react';
import type { z } from 'zod';
import type { interactionDetailSchema } from '@contract/api/interactions.ts';
import { useAsk } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { CopyButton } from '../../kit/copy-button.tsx';
import { Facts } from '../../kit/facts.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { Page } from '../../kit/page.tsx';
import { moneyText } from '../../kit/quantities.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { Badge } from '../../kit/badge.tsx';
import { Unread } from '../../kit/unread.tsx';
import type { ScreenProps } from '../../pages.tsx';
import { useMay, WHOLE_LOG } from '../../session/session.ts';
import { activityLink } from './interaction-query.ts';
import { Attempts, Inquiries } from './provider-calls.tsx';
import { CapturedContent } from './captured-content.tsx';
import { Findings } from './findings.tsx';
import { ReadIdentity } from './read-identity.tsx';
import { Speakers } from './speakers.tsx';
import { Timeline } from './timeline.tsx';
import { Verdict } from './verdict.tsx';

export type Detail = z.infer<typeof interactionDetailSchema>;

const PARENTS = [{ title: 'Activity', to: '/activity' }] as const;

export function InteractionScreen({ params: { id = '' } }: ScreenProps) {
  const asked = useAsk('getInteraction', { path: { id } });
  const { data: detail } = asked;
  // What is still on its way will have ended in a moment.
  useAsk('getInteraction', { path: { id } }, { everyMs: 1_500, enabled: detail?.outcome === 'released' });
  return (
    <Page
      title={id}
      parents={PARENTS}
      {...(detail === undefined ? {} : { description: <InertText text={detail.explanation} /> })}
      actions={<CopyButton text={id} label="Copy the id" />}
    >
      {asked.error !== null && detail === undefined && (
        <Unread problem={asked.error}>
          <Button size="small" onClick={() => asked.refetch()}>
            Try again
          </Button>
        </Unread>
      )}
      {detail === undefined ? asked.isPending && <Skeleton lines={8} /> : <Interaction detail={detail} />}
    </Page>
  );
}

function Interaction({ detail }: { readonly detail: Detail }) {
  const mayRead = useMay('content.read');
  return (
    <>
      <div className="grid gap-5 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="min-w-0 space-y-5">
          <Card title="What happened when" description="Milliseconds from the request’s arrival">
            <Timeline detail={detail} />
          </Card>
          <Speakers detail={detail} />
          <Findings detail={detail} />
          <Attempts attempts={detail.attempts} />
          {detail.inquiries.length > 0 && <Inquiries inquiries={detail.inquiries} />}
        </div>
        <div className="min-w-0 space-y-5">
          <Summary detail={detail} />
          <Usage detail={detail} />
          <Proof detail={detail} />
          {mayRead && <WhoseOnRecord detail={detail} />}
        </div>
      </div>
      {mayRead ? (
        <CapturedContent detail={detail} />
      ) : (
        <Card title="What was said">
          <p className="text-muted">Your roles do not reach captured content: it needs content.read.</p>
        </Card>
      )}
    </>
  );
}

function Summary({ detail }: { readonly detail: Detail }) {
  const metadata = Object.entries(detail.metadata);
  return (
    <Card title="In short">
      <Facts
        facts={[
          ['Verdict', <Verdict key="v" interaction={detail} />],
          ['Arrived', <TimeText key="t" atMs={detail.atMs} form="full" />],
          ['Who', <Whose key="w" detail={detail} />],
          ...(detail.assertedBy === null
            ? []
            : ([['Asserted by', `${detail.assertedBy.kind} ${detail.assertedBy.id}`]] as const)),
          [
            'Application',
            detail.application === null ? (
              '–'
            ) : (
              <Link key="a" to={activityLink({ application: detail.application })}>
                {detail.application}
              </Link>
            ),
          ],
          [
            'Model asked for',
            detail.requestedModel === null ? (
              '–'
            ) : (
              <InertText key="m" text={detail.requestedModel} maxChars={200} />
            ),
          ],
          ['Answered by', answeredBy(detail)],
          ['Endpoint', `${detail.endpoint}${detail.stream ? ', streamed' : ''}`],
          ...(detail.refusal === null
            ? []
            : ([
                [
                  'Refusal',
                  <span key="r">
                    <Link to={activityLink({ refusal: detail.refusal })}>
                      <code>{detail.refusal}</code>
                    </Link>
                    {detail.status !== null && ` (HTTP ${detail.status})`}
                  </span>,
                ],
              ] as const)),
          ...(detail.finish === null ? [] : ([['Finished with', detail.finish]] as const)),
          [
            'Configuration',
            <code key="c" className="break-all">
              {detail.snapshot}
            </code>,
          ],
          ...(detail.credential === null
            ? []
            : ([
                [
                  'Credential',
                  <code key="k" className="break-all">
                    {detail.credential}
                  </code>,
                ],
              ] as const)),
          // Names are the client's own words too.
          ...metadata.map(
            ([name, value]) =>
              [
                `Metadata ${visibleName(name)}`,
                <InertText key={name} text={value} maxChars={300} />,
              ] as const,
          ),
          ...Object.entries(detail.events).map(
            ([name, count]) => [name.replaceAll('_', ' '), `${count} ×`] as const,
          ),
        ]}
      />
    </Card>
  );
}

function answeredBy({ provider, providerModel, responseModel }: Detail): string {
  if (provider === null) return 'nobody';
  return `${provider}${providerModel === null ? '' : `, ${responseModel ?? providerModel}`}`;
}

function Whose({ detail: { principal, isErased, isRestricted, erasedBy } }: { readonly detail: Detail }) {
  if (principal !== null)
    return (
      <Link to={activityLink({ principal: `${principal.kind}:${principal.id}` })}>
        {principal.kind} {principal.id}
      </Link>
    );
  if (isErased)
    return (
      <span>
        <Badge tone="note">Erased</Badge>{' '}
        {erasedBy === null ? (
          'It cannot be known any more.'
        ) : (
          <>
            It cannot be known any more, since <EntryLink index={erasedBy}>entry {erasedBy}</EntryLink>.
          </>
        )}
      </span>
    );
  if (isRestricted)
    return (
      <span>
        <Badge tone="note">Restricted</Badge> It is kept, and may not be read at present.
      </span>
    );
  return 'nobody was identified';
}

function Usage({ detail: { usage, costMicros } }: { readonly detail: Detail }) {
  return (
    <Card title="Usage and cost">
      {usage === null ? (
        <p className="text-muted">No model was called.</p>
      ) : (
        <Facts
          facts={[
            ['Input tokens', usage.inputTokens.toLocaleString()],
            ['Output tokens', usage.outputTokens.toLocaleString()],
            ...(usage.cachedInputTokens > 0
              ? ([['Read from cache', usage.cachedInputTokens.toLocaleString()]] as const)
              : []),
            ...(usage.cacheWriteTokens > 0
              ? ([['Written to cache', usage.cacheWriteTokens.toLocaleString()]] as const)
              : []),
            ...(usage.reasoningTokens > 0
              ? ([['Reasoning', usage.reasoningTokens.toLocaleString()]] as const)
              : []),
            ['Counted', usage.source === 'reported' ? 'as the provider reported' : 'as estimated here'],
            ['Cost', costMicros === null ? '–' : moneyText(costMicros / 1e6)],
          ]}
        />
      )}
    </Card>
  );
}

function WhoseOnRecord({ detail: { id, record, index } }: { readonly detail: Detail }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <Card
      title="Whose it was, on record"
      description="For a case that has to show who looked, and why. The reason is recorded before anything is shown."
    >
      {isOpen ? (
        <ReadIdentity interaction={id} index={record.at(-1)?.index ?? index} />
      ) : (
        <Button onClick={() => setOpen(true)}>Read whose it was…</Button>
      )}
    </Card>
  );
}

function Proof({ detail: { record } }: { readonly detail: Detail }) {
  return (
    <Card title="Proof" description="Its entries in the log, which nobody can change unseen">
      <ul className="space-y-3">
        {record.map(({ kind, index, instance, sequence, atMs, address }) => (
          <li key={index}>
            <EntryLink index={index}>
              Entry {index.toLocaleString()}:{' '}
              {kind === 'interaction_end' ? 'the end of the answer' : 'the interaction'}
            </EntryLink>
            <div className="text-sm text-muted">
              <TimeText atMs={atMs} form="full" /> · {instance} no. {sequence}
            </div>
            <div className="flex items-center gap-1">
              <code className="min-w-0 text-sm break-all">{address}</code>
              <CopyButton text={address} label="Copy the address of the entry" />
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Where the entry is verified, for whoever may. */
function EntryLink({ index, children }: { readonly index: number; readonly children: ReactNode }) {
  return useMay(WHOLE_LOG) ? <Link to={`/audit?entry=${index}`}>{children}</Link> : <span>{children}</span>;
}

function visibleName(name: string): string {
  return name.slice(0, 60).replace(/[^\p{L}\p{N} ._:-]/gu, '\ufffd');
}
