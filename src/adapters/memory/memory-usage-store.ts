/** Hourly sums of usage in memory. */
import {
  ERASED_PRINCIPAL,
  type UsageAmounts,
  type UsageKey,
  type UsageStore,
} from '../../modules/metering/store.ts';

export function createMemoryUsageStore(): UsageStore {
  const sums = new Map<string, UsageKey & UsageAmounts>();
  const batches = new Set<string>();
  function addRow(row: UsageKey & UsageAmounts): void {
    const { hourMs, principal, application, model, provider, providerModel } = row;
    const key = JSON.stringify([hourMs, principal, application, model, provider, providerModel]);
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? row : { ...row, ...addAmounts(sum, row) });
  }
  return {
    async add(rows, batchId) {
      if (batches.has(batchId)) return;
      batches.add(batchId);
      for (const row of rows) addRow(row);
    },
    async disown(principals) {
      for (const [key, row] of sums)
        if (principals.includes(row.principal)) {
          sums.delete(key);
          addRow({ ...row, principal: ERASED_PRINCIPAL });
        }
    },
    async remove(applications) {
      const gone = [...sums].filter(([, { application }]) => applications.includes(application));
      for (const [key] of gone) sums.delete(key);
      return gone.reduce((requests, [, row]) => requests + row.requests, 0);
    },
    async read({ fromMs, toMs }) {
      return [...sums.values()].filter((row) => row.hourMs >= fromMs && row.hourMs < toMs);
    },
  };
}

function addAmounts(a: UsageAmounts, b: UsageAmounts): UsageAmounts {
  return {
    requests: a.requests + b.requests,
    refused: a.refused + b.refused,
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    costMicros: a.costMicros + b.costMicros,
  };
}
