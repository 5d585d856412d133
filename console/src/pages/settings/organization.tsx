/** What the house is called, how administrators sign in, and where its record goes: as it is configured. */
import { z } from 'zod';
import { useAsk } from '../../api.ts';
import { Badge } from '../../kit/badge.tsx';
import { Card } from '../../kit/card.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Facts } from '../../kit/facts.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { Skeleton } from '../../kit/spinner.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { DemoData } from './demo-data.tsx';

/** What is read of the tree here; whatever else stands there is others' affair. */
const treeSchema = z.looseObject({
  organization: z.string().optional(),
  sign_in: z
    .looseObject({
      public_url: z.string().optional(),
      passwords: z.boolean().default(true),
      passkeys: z.boolean().default(true),
      idle_minutes: z.number().default(30),
      absolute_hours: z.number().default(12),
    })
    .prefault({}),
  siem: z.record(z.string(), z.looseObject({ to: z.string() })).default({}),
});

export function Organization() {
  const configuration = useAsk('getConfiguration');
  const version = useAsk('getVersion');
  if (configuration.data === undefined)
    return configuration.error === null ? (
      <Skeleton lines={8} />
    ) : (
      <ProblemNotice problem={configuration.error} />
    );
  const parsed = treeSchema.safeParse(configuration.data.tree);
  if (!parsed.success) return <ProblemNotice problem={parsed.error} />;
  const { organization = 'Not named', sign_in: signIn, siem } = parsed.data;
  return (
    <div className="grid items-start gap-5 lg:grid-cols-2">
      <Card title="Organization">
        <Facts
          facts={[
            ['Name', <InertText key="name" text={organization === '' ? 'Not named' : organization} />],
            ['Bartizan', version.data?.version ?? '…'],
            ['Instance', <code key="instance">{version.data?.instance ?? '…'}</code>],
            [
              'Configuration',
              <span key="version">
                <Link to={`/settings/versions/${configuration.data.version}`}>
                  Version {configuration.data.version}
                </Link>
                , by {configuration.data.actor}, <TimeText atMs={configuration.data.atMs} form="relative" />
              </span>,
            ],
          ]}
        />
      </Card>
      <Card title="Sign-in" description="For those who administer the house.">
        <Facts
          facts={[
            ['Address', signIn.public_url ?? 'As the browser says'],
            ['Passwords', <OnOff key="passwords" isOn={signIn.passwords} />],
            ['Passkeys', <OnOff key="passkeys" isOn={signIn.passkeys} />],
            [
              'A session ends',
              `after ${signIn.idle_minutes} minutes without a request, and after ${signIn.absolute_hours} hours in any case`,
            ],
          ]}
        />
      </Card>
      <Card title="Exports" description="Where entries of the record go besides.">
        {Object.keys(siem).length === 0 ? (
          <EmptyState title="No export">
            Syslog, Kafka, NATS, Splunk, Elasticsearch and files are configured under <code>siem</code> in the{' '}
            <Link to="/settings/configuration">configuration</Link>.
          </EmptyState>
        ) : (
          <Facts facts={Object.entries(siem).map(([name, { to }]) => [name, to])} />
        )}
      </Card>
      <DemoData />
    </div>
  );
}

function OnOff({ isOn }: { readonly isOn: boolean }) {
  return isOn ? <Badge tone="good">On</Badge> : <Badge>Off</Badge>;
}
