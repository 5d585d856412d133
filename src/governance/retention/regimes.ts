/** What the law and the house say of retention: floors and ceilings, from a dated pack with its sources. */
import { z } from 'zod';
import {
  DURATION,
  formatDuration,
  isAtLeast,
  parseDuration,
  RECORD_CLASSES,
  type RecordClass,
} from '../../domain/retention.ts';

const durations = z.partialRecord(z.enum(RECORD_CLASSES), z.string().regex(DURATION)).default({});

const source = z.strictObject({
  name: z.string(),
  url: z.url(),
  /** Whether the provision's own words were read when the pack was made, at `read` where that is another place. */
  confirmed: z.boolean(),
  read: z.url().optional(),
  note: z.string().max(500),
});

const packSchema = z.strictObject({
  version: z.literal(1),
  date: z.iso.date(),
  regimes: z.record(
    z.string().regex(/^[a-z][a-z0-9-]{1,63}$/),
    z.strictObject({
      title: z.string().min(1).max(200),
      floors: durations,
      ceilings: durations,
      /** Classes for which some period has to be set. */
      stated: z.array(z.enum(RECORD_CLASSES)).default([]),
      sources: z.array(source).min(1),
    }),
  ),
});

export type RetentionPack = z.output<typeof packSchema>;

/** @throws ZodError */
export function loadRetentionPack(value: unknown): RetentionPack {
  return packSchema.parse(value);
}

/** What regimes are asked of: durations as they are written, and which application is labelled how. */
export interface RetentionTree {
  readonly retention: Readonly<Partial<Record<RecordClass, string | undefined>>>;
  readonly applications: Readonly<Record<string, { readonly regimes: readonly string[] }>>;
}

interface Problem {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

export function retentionProblems(tree: RetentionTree, { regimes }: RetentionPack): readonly Problem[] {
  const labelled = Object.entries(tree.applications).flatMap(([application, labels]) =>
    labels.regimes.flatMap((id, index) => {
      const path = ['applications', application, 'regimes', index];
      const regime = Object.hasOwn(regimes, id) ? regimes[id] : undefined;
      if (!regime)
        return [{ path, message: `there is no such regime; there are ${Object.keys(regimes).join(', ')}` }];
      return regimeProblems(tree, regime, `${id} of application ${application}`, path);
    }),
  );
  return [...labelled, ...orderProblems(tree)];
}

type Regime = RetentionPack['regimes'][string];

function regimeProblems(
  { retention }: RetentionTree,
  { floors, ceilings, stated, sources }: Regime,
  whose: string,
  path: readonly (string | number)[],
): readonly Problem[] {
  const source = sources
    .map(({ name, confirmed }) => (confirmed ? name : `${name}, not confirmed`))
    .join('; ');
  return RECORD_CLASSES.flatMap((what) => {
    const [kept, floor, ceiling] = [retention[what], floors[what], ceilings[what]];
    const problems: Problem[] = [];
    if (kept !== undefined && floor !== undefined && !isAtLeast(parseDuration(kept), parseDuration(floor)))
      problems.push({
        path: ['retention', what],
        message: `${kept} are less than the ${floor} that ${whose} asks for at least (${source})`,
      });
    if (kept === undefined && stated.includes(what))
      problems.push({
        path,
        message: `it asks that some period is set for ${what}, and retention.${what} sets none (${source})`,
      });
    if (ceiling === undefined) return problems;
    if (kept === undefined)
      problems.push({
        path,
        message: `it allows ${what} for ${ceiling} at most, and retention.${what} sets no end (${source})`,
      });
    else if (!isAtLeast(parseDuration(ceiling), parseDuration(kept)))
      problems.push({
        path: ['retention', what],
        message: `${kept} are more than the ${formatDuration(parseDuration(ceiling))} that ${whose} allows at most (${source})`,
      });
    return problems;
  });
}

/** What lies beside an entry goes with it at the latest. */
function orderProblems({ retention }: RetentionTree): readonly Problem[] {
  const { interactions } = retention;
  if (interactions === undefined) return [];
  return (['identities', 'content'] as const).flatMap((what) => {
    const kept = retention[what];
    return kept === undefined || isAtLeast(parseDuration(interactions), parseDuration(kept))
      ? []
      : [
          {
            path: ['retention', what],
            message: `${kept} are longer than the entries themselves are kept (${interactions})`,
          },
        ];
  });
}
