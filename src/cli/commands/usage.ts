/** `bartizan usage`: tokens and cost by principal, application and model. */
import { Command } from 'commander';
import { print } from '../print.ts';
import { withOffice } from '../with-office.ts';

const DAY_MS = 86_400_000;

export function usageCommand(): Command {
  return new Command('usage')
    .description('tokens and cost by application, principal and model')
    .option('-d, --days <count>', 'how far back', Number, 30)
    .action(async ({ days }: { days: number }) => {
      await withOffice(async ({ stores, clock }) => {
        const rows = await stores.usage.read({
          fromMs: clock.now() - days * DAY_MS,
          toMs: clock.now() + DAY_MS,
        });
        const sums = new Map<
          string,
          { requests: number; refused: number; inputTokens: number; outputTokens: number; costMicros: number }
        >();
        for (const row of rows) {
          const key = `${row.application}  ${row.principal}  ${row.model}  ${row.provider}`;
          const sum = sums.get(key) ?? {
            requests: 0,
            refused: 0,
            inputTokens: 0,
            outputTokens: 0,
            costMicros: 0,
          };
          sums.set(key, {
            requests: sum.requests + row.requests,
            refused: sum.refused + row.refused,
            inputTokens: sum.inputTokens + row.inputTokens,
            outputTokens: sum.outputTokens + row.outputTokens,
            costMicros: sum.costMicros + row.costMicros,
          });
        }
        if (sums.size === 0) return print('no usage in this time');
        print(
          'application  principal  model  provider: requests, of them refused, input tokens, output tokens, US dollars',
        );
        for (const [key, sum] of [...sums].toSorted(([a], [b]) => a.localeCompare(b)))
          print(
            `${key}: ${sum.requests}, ${sum.refused}, ${sum.inputTokens}, ${sum.outputTokens}, ${(sum.costMicros / 1_000_000).toFixed(6)}`,
          );
      });
    });
}
