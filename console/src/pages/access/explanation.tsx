/** Who can use what, and why: asked of the rooms that decide it on live traffic. */
import { CircleHelp } from 'lucide-react';
import type { OperationOf } from '@contract/api/client.ts';
import type { AnswerOf } from '@contract/api/operation.ts';
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { useSearchParams } from '../../kit/search-params.ts';
import { Select } from '../../kit/select.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TextField } from '../../kit/text-field.tsx';
import { useApplications, useModels } from '../../part-editing/choices.ts';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { OpenLink } from '../../session/open-link.tsx';
import type { Need } from '../../session/session.ts';
import { AccessFrame } from './access-frame.tsx';
import { PRINCIPAL_KINDS } from './principals.tsx';

type Answer = AnswerOf<OperationOf<'explainAccess'>>;

const ALL = { query: { limit: 200 } };

export function Explanation() {
  const [search, change] = useSearchParams();
  const { principal = '', application = '', model = '' } = search;
  const kind = PRINCIPAL_KINDS.find(({ value }) => value === search['kind'])?.value ?? 'person';
  const isWhole = principal !== '' && application !== '' && model !== '';
  const answer = useAsk(
    'explainAccess',
    { body: { principal: { kind, id: principal }, application, model } },
    { enabled: isWhole, keepPrevious: true },
  );
  return (
    <AccessFrame>
      <Card
        title="Who can use what, and why"
        description="Decided by the same policies, gates and limits as a request would be at this moment. Nothing is sent to anybody."
      >
        <Question kind={kind} principal={principal} application={application} model={model} change={change} />
      </Card>
      {!isWhole ? (
        <EmptyState icon={CircleHelp} title="Say who, through which application, and which model">
          The answer comes as soon as all three are there.
        </EmptyState>
      ) : answer.error !== null ? (
        <ProblemNotice problem={answer.error} />
      ) : answer.data === undefined ? (
        <Skeleton lines={5} />
      ) : (
        <Decision answer={answer.data} />
      )}
    </AccessFrame>
  );
}

interface QuestionProps {
  readonly kind: 'person' | 'service' | 'agent';
  readonly principal: string;
  readonly application: string;
  readonly model: string;
  readonly change: (patch: Readonly<Record<string, string | undefined>>) => void;
}

function Question({ kind, principal, application, model, change }: QuestionProps) {
  const principals = useAsk('listPrincipals', ALL).data?.items ?? [];
  const applications = useApplications();
  const models = useModels();
  return (
    <div className="grid items-start gap-4 md:grid-cols-2 xl:grid-cols-3">
      <Combobox
        label="Somebody who is configured"
        placeholder="Choose, or type one beside"
        options={principals.map(({ name, value }) => ({
          value: name,
          label: name,
          hint: [value.kind, value.display_name ?? ''].filter((word) => word !== '').join(', '),
        }))}
        value={principal}
        onChange={(name) => {
          const found = principals.find((each) => each.name === name);
          change({
            principal: name ?? undefined,
            ...(found === undefined ? {} : { kind: found.value.kind }),
          });
        }}
      />
      <Select
        label="Kind"
        options={PRINCIPAL_KINDS}
        value={kind}
        onChange={(next) => change({ kind: next })}
      />
      <TextField
        label="Who"
        mono
        placeholder="ada@example.com"
        value={principal}
        onChange={(next) => change({ principal: next })}
      />
      <Combobox
        label="Through which application"
        options={applications}
        value={application}
        onChange={(next) => change({ application: next ?? undefined })}
      />
      <Combobox
        label="Which model"
        options={models}
        value={model}
        onChange={(next) => change({ model: next ?? undefined })}
      />
    </div>
  );
}

const DECISIONS = {
  permitted: { tone: 'good', text: 'Permitted' },
  forbidden: { tone: 'bad', text: 'Forbidden' },
  not_permitted: { tone: 'bad', text: 'Not permitted' },
  undecidable: { tone: 'warn', text: 'Could not be decided' },
} as const;

function Decision({ answer }: { readonly answer: Answer }) {
  const { permitted, reason, routes, mayReidentify, gates, limits, guardrails } = answer;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <section
        aria-label="Decision"
        role="status"
        className={`rounded-lg p-4 lg:col-span-2 ${permitted ? 'bg-good-soft' : 'bg-bad-soft'}`}
      >
        <p className={`text-lg font-semibold ${permitted ? 'text-good' : 'text-bad'}`}>
          {permitted ? 'Yes' : 'No'}
        </p>
        <p className="break-words">{reason}.</p>
        {permitted && (
          <p className="mt-1 text-sm">
            {mayReidentify
              ? 'Answers show what stood in for personal data in clear.'
              : 'Answers show stand-ins where personal data was replaced.'}
          </p>
        )}
      </section>
      <Card title="Routes" description="Who would answer, in the order in which they are tried.">
        {routes.length === 0 ? (
          <p className="text-muted">None.</p>
        ) : (
          <ul className="space-y-3">
            {routes.map(({ provider, providerModel, decision, policies }) => (
              <li key={`${provider} ${providerModel}`} className="space-y-1">
                <p className="flex flex-wrap items-center gap-2">
                  <Badge tone={DECISIONS[decision].tone}>{DECISIONS[decision].text}</Badge>
                  <span className="break-all">
                    {providerModel} <span className="text-muted">of {provider}</span>
                  </span>
                </p>
                <Names title="By" names={policies} to="/access/policies" none="By no policy." />
              </li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="Gates and limits">
        <div className="space-y-3">
          {gates.length === 0 ? (
            <p className="text-muted">The application asks for no gate.</p>
          ) : (
            <ul className="space-y-1">
              {gates.map(({ gate, passed, until }) => (
                <li key={gate} className="flex flex-wrap items-center gap-2">
                  <Badge tone={passed ? 'good' : 'bad'}>{passed ? 'Passed' : 'Not passed'}</Badge>
                  <span className="break-all">{gate}</span>
                  {until !== null && (
                    <span className="text-sm text-muted">
                      {passed ? 'until' : 'ran out on'} {until}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          )}
          <Names
            title="Limits"
            names={limits}
            to="/limits/limit"
            needs="usage.read"
            none="No limit is charged."
          />
        </div>
      </Card>
      <Card title="Guardrails" className="lg:col-span-2">
        <div className="grid gap-3 md:grid-cols-2">
          <Names
            title="Requests"
            names={guardrails.request}
            to="/guardrails"
            none="Nothing looks at requests."
          />
          <Names
            title="Answers"
            names={guardrails.response}
            to="/guardrails"
            none="Nothing looks at answers."
          />
        </div>
      </Card>
    </div>
  );
}

interface NamesProps {
  readonly title: string;
  readonly names: readonly string[];
  /** Each is below it. */
  readonly to: string;
  readonly needs?: Need;
  readonly none: string;
}

function Names({ title, names, to, needs = 'configuration.read', none }: NamesProps) {
  if (names.length === 0) return <p className="text-muted">{none}</p>;
  return (
    <p className="flex flex-wrap gap-x-2 gap-y-1">
      <span className="text-muted">{title}:</span>
      {names.map((name) => (
        <OpenLink key={name} needs={needs} to={`${to}/${nameInPath(name)}`} className="break-all">
          {name}
        </OpenLink>
      ))}
    </p>
  );
}
