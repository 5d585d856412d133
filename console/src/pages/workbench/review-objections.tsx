/** What people object to, for those who look after the rules: read one, look at the request, answer it. */
import { MessageSquareWarning } from 'lucide-react';
import { useState } from 'react';
import { useAskPages, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { Drawer } from '../../kit/drawer.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Facts } from '../../kit/facts.tsx';
import { FilterBar } from '../../kit/filter-bar.tsx';
import { Form } from '../../kit/form.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { errorAt } from '../../kit/problem-notice.tsx';
import { RadioGroup } from '../../kit/radio-group.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { TextField } from '../../kit/text-field.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { tell } from '../../kit/toast.tsx';
import { useMay, useSession } from '../../session/session.ts';
import { CONTEST_STATES, ContestBadge, subjectOf, type Contest } from './contest-facts.tsx';

const STATES = ['open', 'upheld', 'granted'] as const;

export function ReviewObjections() {
  const mayRead = useMay('contests.read');
  const [search] = useSearchParams();
  const state = STATES.find((each) => each === search['state']);
  const contests = useAskPages(
    'listContests',
    { query: state === undefined ? {} : { state } },
    { keepPrevious: true, enabled: mayRead },
  );
  const [openId, setOpenId] = useState<string>();
  const open = contests.rows?.find(({ id }) => id === openId);
  if (!mayRead) return <EmptyState title="Your roles do not reach this" />;
  return (
    <>
      <FilterBar filters={[{ kind: 'choice', name: 'state', label: 'State', options: CONTEST_STATES }]} />
      <Card flush>
        <DataTable
          label="Objections"
          columns={COLUMNS}
          rows={contests.rows}
          rowKey={({ id }) => id}
          problem={contests.error}
          onRetry={() => contests.refetch()}
          isStale={contests.isPlaceholderData}
          more={contests}
          hasFixedColumns
          rowActions={(contest) => (
            <Button
              size="small"
              aria-label={`Open the objection of ${contest.principal}`}
              onClick={() => setOpenId(contest.id)}
            >
              Open
            </Button>
          )}
          empty={
            <EmptyState icon={MessageSquareWarning} title="Nobody objects">
              Members object in the workbench, beside what was refused or rewritten. What they say comes here.
            </EmptyState>
          }
        />
      </Card>
      <Drawer
        title="Objection"
        open={open !== undefined}
        onOpenChange={(isOpen) => {
          if (!isOpen) setOpenId(undefined);
        }}
      >
        {open !== undefined && <Detail contest={open} />}
      </Drawer>
    </>
  );
}

const COLUMNS: readonly Column<Contest>[] = [
  { id: 'state', title: 'State', cell: ({ state }) => <ContestBadge state={state} /> },
  { id: 'what', title: 'What', cell: subjectOf, hideBelow: 'md' },
  {
    id: 'message',
    title: 'Says',
    cell: ({ message }) => <InertText text={message} oneLine maxChars={120} />,
    hideBelow: 'lg',
  },
  {
    id: 'principal',
    title: 'Who',
    cell: ({ principal }) => <InertText text={principal} oneLine maxChars={60} />,
  },
  {
    id: 'at',
    title: 'When',
    cell: ({ atMs }) => <TimeText atMs={atMs} form="relative" />,
    hideBelow: 'md',
  },
];

function Detail({ contest }: { readonly contest: Contest }) {
  const maySeeRecords = useMay('interactions.read');
  const mayDecide = useMay('contests.decide');
  const { administrator } = useSession();
  const { interaction, application, by, principal, message, atMs, state, answer, decidedBy } = contest;
  return (
    <div className="space-y-4">
      <Facts
        facts={[
          ['State', <ContestBadge key="state" state={state} />],
          ['What', subjectOf(contest)],
          ['Who', principal],
          ['When', <TimeText key="at" atMs={atMs} form="full" />],
          ['Application', application ?? '–'],
          ['Rules', by.length === 0 ? '–' : by.join(', ')],
          [
            'Request',
            maySeeRecords ? (
              <Link key="request" to={`/activity/${encodeURIComponent(interaction)}`}>
                {interaction}
              </Link>
            ) : (
              interaction
            ),
          ],
        ]}
      />
      <section className="space-y-1">
        <h3 className="text-sm font-medium">What they say</h3>
        <InertText text={message} className="rounded-md bg-sunken p-3" />
      </section>
      {answer !== null ? (
        <section className="space-y-1">
          <h3 className="text-sm font-medium">What {decidedBy} answered</h3>
          <InertText text={answer} className="rounded-md bg-sunken p-3" />
        </section>
      ) : !mayDecide ? null : principal === administrator.id ? (
        <p className="text-muted">This is your own objection: somebody else answers it.</p>
      ) : (
        <Answer contest={contest} />
      )}
    </div>
  );
}

function Answer({ contest: { id } }: { readonly contest: Contest }) {
  const decide = useChange('decideContest', ['listContests', 'listOwnContests']);
  const [decision, setDecision] = useState<'upheld' | 'granted' | null>(null);
  const [answer, setAnswer] = useState('');
  const [problem, setProblem] = useState<unknown>();
  return (
    <Form
      submit="Answer"
      disabled={decision === null || answer.trim() === ''}
      shownElsewhere={['/answer']}
      onProblem={setProblem}
      onSubmit={async () => {
        if (decision === null) return;
        await decide.mutateAsync({ path: { id }, body: { decision, answer } });
        tell('Answered', 'They see it under My objections.');
      }}
    >
      <RadioGroup
        label="Decision"
        options={[
          { value: 'upheld', label: 'The rule was right', hint: 'It stays as it is.' },
          {
            value: 'granted',
            label: 'The objection is right',
            hint: 'It says so; the rule itself is changed under Guardrails or Policies.',
          },
        ]}
        value={decision}
        onChange={setDecision}
      />
      <TextField
        label="Your answer"
        required
        lines={5}
        maxLength={4_000}
        value={answer}
        onChange={setAnswer}
        error={errorAt(problem, '/answer')}
      />
    </Form>
  );
}
