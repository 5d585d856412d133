/** One word asked of a model, the way that every request goes: whether it answers, how fast, and what the record says. */
import { PlugZap } from 'lucide-react';
import { useState } from 'react';
import { useChange } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Button } from '../../kit/button.tsx';
import { Combobox } from '../../kit/combobox.tsx';
import { Dialog } from '../../kit/dialog.tsx';
import { Facts } from '../../kit/facts.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { durationText } from '../../kit/quantities.tsx';
import { useApplications } from '../../part-editing/choices.ts';
import { useMay } from '../../session/session.ts';

interface TestCallProps {
  readonly model: string;
  readonly size?: 'small' | 'medium';
}

export function TestCall({ model, size = 'medium' }: TestCallProps) {
  const mayCall = useMay('models.write');
  const applications = useApplications();
  const [chosen, setChosen] = useState<string | null>(null);
  const call = useChange('testModel', ['listModelStates']);
  const application = chosen ?? applications[0]?.value ?? null;
  if (!mayCall) return null;
  return (
    <Dialog
      title={`Try ${model}`}
      description="Asks for one word through the gateway, as you: policies, limits and guardrails hold for it, and it is recorded."
      trigger={
        <Button size={size} icon={<PlugZap aria-hidden />} aria-label={`Try ${model}`}>
          Try
        </Button>
      }
      onOpenChange={() => call.reset()}
      actions={
        <Button
          tone="primary"
          busy={call.isPending}
          disabled={application === null}
          onClick={() => {
            if (application !== null) call.mutate({ path: { name: model }, body: { application } });
          }}
        >
          Make the call
        </Button>
      }
    >
      <Combobox
        label="For the application"
        options={applications}
        value={application}
        onChange={setChosen}
        emptyText="There is no application yet: make one under Access."
      />
      <ProblemNotice problem={call.error} />
      {call.data !== undefined && <Result told={call.data} />}
    </Dialog>
  );
}

type Told = NonNullable<ReturnType<typeof useChange<'testModel'>>['data']>;

function Result({ told }: { readonly told: Told }) {
  const { answered, refusal, milliseconds, provider, providerModel, inputTokens, outputTokens, requestId } =
    told;
  return (
    <section aria-label="Result of the call" className="space-y-3 rounded-md border border-line p-3">
      <p role="status">
        {answered ? <Badge tone="good">It answered</Badge> : <Badge tone="bad">It did not answer</Badge>}
      </p>
      {refusal !== null && (
        <div>
          <code>{refusal.code}</code>
          <InertText text={refusal.detail} className="text-muted" />
        </div>
      )}
      <Facts
        facts={[
          ['Took', durationText(milliseconds)],
          ['Provider', provider === null ? 'None was called' : `${provider} as ${providerModel ?? '?'}`],
          ['Tokens', inputTokens === null ? '–' : `${inputTokens} in, ${outputTokens ?? 0} out`],
          [
            'Record',
            <Link key="record" to={`/activity/${encodeURIComponent(requestId)}`} className="break-all">
              {requestId}
            </Link>,
          ],
        ]}
      />
    </section>
  );
}
