/** The state of things at a glance. */
import type { overviewOperations } from '../../contract/api/overview.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Activity } from '../../governance/activity/activity.ts';
import type { Handlers } from '../handler.ts';

interface Times {
  readonly fromMs?: number | undefined;
  readonly toMs?: number | undefined;
}

const LONGEST_MS = 400 * 24 * 3_600_000;

export function overviewHandlers(activity: Activity): Handlers<typeof overviewOperations> {
  return {
    async getOverview({ query }, { reach }) {
      return plain(await activity.overview({ ...requireTimes(query), reach }));
    },
    async watchOverview({ query }, { reach, signal }) {
      const wish = { ...requireTimes(query), reach };
      // The first is made before anything is answered, so that it can be refused.
      await activity.overview(wish);
      return eachPlain(activity.watchOverview(wish, signal));
    },
  };
}

function requireTimes<Given extends Times>(query: Given): Given {
  const { fromMs, toMs } = query;
  if ((fromMs === undefined) !== (toMs === undefined))
    throw new Refusal('invalid_request', 'fromMs and toMs belong together');
  if (fromMs !== undefined && toMs !== undefined && (toMs <= fromMs || toMs - fromMs > LONGEST_MS))
    throw new Refusal('invalid_request', 'toMs must be later than fromMs, by at most 400 days');
  return query;
}

type Overview = Awaited<ReturnType<Activity['overview']>>;

async function* eachPlain(overviews: AsyncIterable<Overview>) {
  for await (const overview of overviews) yield plain(overview);
}

/** Lists that may be changed, as the schema's types have them. */
function plain(overview: Overview): Plain<Overview> {
  return structuredClone(overview) as Plain<Overview>;
}

type Plain<Value> = Value extends readonly (infer Item)[]
  ? Plain<Item>[]
  : Value extends object
    ? { -readonly [Key in keyof Value]: Plain<Value[Key]> }
    : Value;
