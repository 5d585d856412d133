/** Demo data, loaded and removed: applications of their own, whose requests go the way of everybody's. */
import { newId } from '../../base/ids.ts';
import type { demoOperations } from '../../contract/api/demo.ts';
import {
  applicationSchema,
  modelSchema,
  policySchema,
  principalSchema,
  providerSchema,
  type Configuration,
} from '../../contract/configuration.ts';
import { guardrailSchema } from '../../contract/guardrail.ts';
import { DEMO_PREFIX, isDemoApplication } from '../../domain/demo.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Activity } from '../../governance/activity/activity.ts';
import type { ConfigurationRoom } from '../../governance/configuration/configuration.ts';
import type { UsageStore } from '../../modules/metering/store.ts';
import { changeTree } from '../change-tree.ts';
import type { Handlers } from '../handler.ts';
import type { TestCallMeans } from '../models/test-call.ts';
import { DEMO_APPLICATIONS, DEMO_PEOPLE, demoTraffic } from './demo-traffic.ts';

export interface DemoRooms extends Pick<TestCallMeans, 'vouch' | 'askGateway' | 'applications'> {
  readonly configurations: ConfigurationRoom;
  readonly activity: Activity;
  readonly usage: Pick<UsageStore, 'remove'>;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly now: () => number;
}

const MODEL = 'demo/simulator';
const AT_ONCE = 4;
const LIFE_MS = 5 * 60_000;
/** Requests at once may be recorded in another order than they came. */
const AT_ENDS = 50;
/** A change of the tree is in force within a second. */
const IN_FORCE_MS = 3_000;
const LOOK_EVERY_MS = 50;

export function demoHandlers(rooms: DemoRooms): Handlers<typeof demoOperations> {
  const { configurations, activity, usage, append, now } = rooms;

  const record = (actor: string, action: string, after?: string) =>
    append({
      kind: 'administration',
      id: newId('adm', now()),
      at: now(),
      actor,
      action,
      subject: 'demo data',
      ...(after === undefined ? {} : { after }),
    });

  async function state() {
    const { configuration } = await configurations.inForce();
    const applications = Object.keys(configuration.applications).filter(isDemoApplication).toSorted();
    return { isLoaded: applications.length > 0, applications };
  }

  return {
    getDemo: state,
    async loadDemo(_, { actor, signal }) {
      if ((await state()).isLoaded) throw new Refusal('conflict', 'demo data is there already');
      await record(actor, 'demo.load');
      await changeTree(configurations, actor, withDemo);
      await untilInForce(rooms, now);
      return { ...(await state()), ...(await send(rooms, signal)) };
    },
    async removeDemo(_, { actor, reach }) {
      const before = await state();
      if (!before.isLoaded) throw new Refusal('not_found', 'there is no demo data');
      const range = await rangeOf(activity, reach);
      await record(actor, 'demo.remove', range);
      await changeTree(configurations, actor, withoutDemo);
      const requests = await usage.remove(before.applications);
      return { ...(await state()), requests };
    },
  };
}

/** Where demo data begins in the record, and where it ends; empty where there is none. */
async function rangeOf(activity: Activity, reach: Parameters<Activity['list']>[0]['reach']): Promise<string> {
  const filter = { demo: 'true' } as const;
  const ends = await Promise.all(
    ['at', '-at'].map((sort) => activity.list({ filter, reach, sort, limit: AT_ENDS })),
  );
  const indexes = ends.flatMap(({ items }) => items.map(({ index }) => index));
  return indexes.length === 0 ? '' : `${Math.min(...indexes)}-${Math.max(...indexes)}`;
}

function withDemo(tree: Configuration): Configuration {
  const applications = DEMO_APPLICATIONS.map(
    ({ name, purpose }): [string, Configuration['applications'][string]] => [
      name,
      applicationSchema.parse({ purpose, models: [MODEL], capture: 'redacted' }),
    ],
  );
  const people = DEMO_PEOPLE.map((id): [string, Configuration['principals'][string]] => [
    `${DEMO_PREFIX}${id}`,
    principalSchema.parse({ kind: 'person', display_name: id }),
  ]);
  const names = DEMO_APPLICATIONS.map(({ name }) => name);
  const allowed = names.map((name) => `context.application == Application::"${name}"`).join(' || ');
  return {
    ...tree,
    providers: { ...tree.providers, [MODEL]: providerSchema.parse({ kind: 'simulator' }) },
    models: { ...tree.models, [MODEL]: modelSchema.parse({ candidates: [{ provider: MODEL }] }) },
    applications: { ...tree.applications, ...Object.fromEntries(applications) },
    principals: { ...tree.principals, ...Object.fromEntries(people) },
    policies: {
      ...tree.policies,
      [`${DEMO_PREFIX}all`]: policySchema.parse({
        description: 'Demo data: its applications may call its model.',
        cedar: `permit (principal, action, resource) when { ${allowed} };`,
      }),
    },
    guardrails: {
      ...tree.guardrails,
      [`${DEMO_PREFIX}injection`]: guardrailSchema.parse({
        description: 'Demo data: what wants to be obeyed is stopped.',
        scanner: 'prompt-injection',
        action: 'block',
        directions: ['request'],
        applications: names,
      }),
    },
  };
}

function withoutDemo(tree: Configuration): Configuration {
  const kept = <Part>(parts: Readonly<Record<string, Part>>): Record<string, Part> =>
    Object.fromEntries(Object.entries(parts).filter(([name]) => !name.startsWith(DEMO_PREFIX)));
  return {
    ...tree,
    providers: kept(tree.providers),
    models: kept(tree.models),
    applications: kept(tree.applications),
    principals: kept(tree.principals),
    policies: kept(tree.policies),
    guardrails: kept(tree.guardrails),
  };
}

/** @throws Error where this process does not serve by the new tree in time */
async function untilInForce({ applications }: DemoRooms, now: () => number): Promise<void> {
  const end = now() + IN_FORCE_MS;
  while (![...applications()].some(isDemoApplication)) {
    if (now() > end) throw new Error('the demo applications did not come into force in time');
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function send(
  { vouch, askGateway }: DemoRooms,
  signal: AbortSignal,
): Promise<{ readonly sent: number; readonly refused: number }> {
  const waiting = [...demoTraffic()];
  const counts = { sent: 0, refused: 0 };
  async function work(): Promise<void> {
    for (let next = waiting.shift(); next && !signal.aborted; next = waiting.shift()) {
      const { token } = vouch({
        id: 'demo',
        applicationId: next.application,
        principalId: `${DEMO_PREFIX}${next.person}`,
        scopes: ['inference'],
        lifeMs: LIFE_MS,
      });
      const body = { model: MODEL, messages: [{ role: 'user', content: next.content }] };
      const { status } = await askGateway(token, body, signal);
      counts.sent++;
      if (status >= 400) counts.refused++;
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return counts;
}
