/** How long the record keeps what, through the API; and purges, one at a time. */
import type { z } from 'zod';
import type {
  privacyOperations,
  purgedSchema,
  regimeSchema,
  retentionClassSchema,
} from '../../contract/api/privacy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { cutOff, parseDuration, RECORD_CLASSES, type RecordClass } from '../../domain/retention.ts';
import type { Purge, Purged, RetentionPack, RetentionTree } from '../../governance/retention/retention.ts';
import type { Handlers } from '../handler.ts';

export interface RetentionMeans {
  readonly purge: Purge;
  readonly pack: () => RetentionPack;
  readonly tree: () => RetentionTree;
  readonly now: () => number;
}

type RetentionOperations = Pick<typeof privacyOperations, 'getRetention' | 'planPurge' | 'runPurge'>;

export function retentionHandlers({ purge, pack, tree, now }: RetentionMeans): Handlers<RetentionOperations> {
  let isPurging = false;

  async function run(actor: string, isDry: boolean): Promise<{ items: z.input<typeof purgedSchema>[] }> {
    if (isPurging) throw new Refusal('conflict', 'a purge is under way: wait for it to end');
    isPurging = true;
    try {
      return { items: (await purge.run(actor, isDry)).flatMap(shownPurge) };
    } finally {
      isPurging = false;
    }
  }

  return {
    getRetention() {
      const { date, regimes } = pack();
      const inForce = tree();
      return {
        classes: RECORD_CLASSES.map((what) => shownClass(what, inForce, regimes, now())),
        packDate: date,
        regimes: Object.entries(regimes).map(([id, regime]) => shownRegime(id, regime, inForce)),
      };
    },
    planPurge: (_, { actor }) => run(actor, true),
    runPurge: (_, { actor }) => run(actor, false),
  };
}

function shownPurge({ class: what, cutOffMs, entries, ranges }: Purged): z.input<typeof purgedSchema>[] {
  const [first, last] = [ranges[0]?.[0], ranges.at(-1)?.[1]];
  if (first === undefined || last === undefined) return [];
  return [{ class: what, cutOffMs, entries, firstIndex: first, lastIndex: last }];
}

function shownClass(
  what: RecordClass,
  { retention, applications }: RetentionTree,
  regimes: RetentionPack['regimes'],
  nowMs: number,
): z.input<typeof retentionClassSchema> {
  const duration = retention[what] ?? null;
  const provisions = (side: 'floors' | 'ceilings') =>
    Object.entries(applications).flatMap(([application, labels]) =>
      labels.regimes.flatMap((regime) => {
        const own = Object.hasOwn(regimes, regime) ? regimes[regime]?.[side][what] : undefined;
        return own === undefined ? [] : [{ regime, application, duration: own }];
      }),
    );
  return {
    class: what,
    duration,
    cutOffMs: duration === null ? null : Math.max(0, cutOff(Math.round(nowMs), parseDuration(duration))),
    floors: provisions('floors'),
    ceilings: provisions('ceilings'),
  };
}

function shownRegime(
  id: string,
  { title, floors, ceilings, sources }: RetentionPack['regimes'][string],
  { applications }: RetentionTree,
): z.input<typeof regimeSchema> {
  return {
    id,
    title,
    floors: { ...floors },
    ceilings: { ...ceilings },
    applications: Object.entries(applications).flatMap(([application, labels]) =>
      labels.regimes.includes(id) ? [application] : [],
    ),
    sources: sources.map(({ name, url, confirmed, note }) => ({ name, url, confirmed, note })),
  };
}
