/** How much of what a limit counts, in words. */
import { moneyText } from '../../kit/quantities.tsx';

export function amountText(measure: string, amount: number): string {
  return measure === 'cost_usd'
    ? moneyText(amount)
    : amount.toLocaleString(undefined, { maximumFractionDigits: amount < 10 ? 1 : 0 });
}
