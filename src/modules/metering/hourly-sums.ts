/** Usage summed by hour and key until it is written: bounded, and exact in its totals even where it is full. */
import type { UsageAmounts, UsageKey } from './store.ts';

export interface HourlySums {
  add(key: UsageKey, amounts: UsageAmounts): void;
  /** What was summed so far; what comes later begins anew. */
  take(): readonly (UsageKey & UsageAmounts)[];
  readonly size: number;
}

/** Stands for the keys that there was no room for. */
export const OTHERS = '(others)';

type Sum = UsageKey & { -readonly [Name in keyof UsageAmounts]: UsageAmounts[Name] };

export function createHourlySums(maxKeys: number): HourlySums {
  let sums = new Map<string, Sum>();

  function sumOf(key: UsageKey): Sum {
    const id = idOf(key);
    const found = sums.get(id);
    if (found) return found;
    if (sums.size >= maxKeys && key.principal !== OTHERS) return sumOf(crowded(key));
    const sum = {
      ...key,
      requests: 0,
      refused: 0,
      inputTokens: 0,
      outputTokens: 0,
      cachedInputTokens: 0,
      costMicros: 0,
    };
    sums.set(id, sum);
    return sum;
  }

  return {
    add(key, amounts) {
      const sum = sumOf(key);
      sum.requests += amounts.requests;
      sum.refused += amounts.refused;
      sum.inputTokens += amounts.inputTokens;
      sum.outputTokens += amounts.outputTokens;
      sum.cachedInputTokens += amounts.cachedInputTokens;
      sum.costMicros += amounts.costMicros;
    },
    take() {
      const taken = [...sums.values()];
      sums = new Map();
      return taken;
    },
    get size() {
      return sums.size;
    },
  };
}

/** No name holds a line feed, so that two keys never make one id. */
function idOf({ hourMs, principal, application, model, provider, providerModel }: UsageKey): string {
  return `${hourMs}\n${principal}\n${application}\n${model}\n${provider}\n${providerModel}`;
}

/** One key for each hour: the totals stay right when names run over. */
function crowded({ hourMs }: UsageKey): UsageKey {
  return {
    hourMs,
    principal: OTHERS,
    application: OTHERS,
    model: OTHERS,
    provider: OTHERS,
    providerModel: OTHERS,
  };
}
