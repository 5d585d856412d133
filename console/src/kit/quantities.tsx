/** Amounts, as people read them: money, bytes, lengths of time, counts. */

interface MoneyProps {
  readonly amount: number;
  /** ISO 4217. */
  readonly currency?: string;
}

/** By currency; a format takes a hundred times as long to make as to use. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

/** Cents matter from a cent on; below, what is left of them. */
export function moneyText(amount: number, currency = 'USD'): string {
  const isTiny = amount !== 0 && Math.abs(amount) < 0.01;
  return moneyFormat(currency, isTiny).format(amount);
}

function moneyFormat(currency: string, isTiny: boolean): Intl.NumberFormat {
  const key = `${currency}${isTiny ? ' tiny' : ''}`;
  const known = moneyFormats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.NumberFormat(undefined, {
    style: 'currency',
    currency,
    ...(isTiny ? { maximumSignificantDigits: 2 } : {}),
  });
  moneyFormats.set(key, made);
  return made;
}

export function Money({ amount, currency = 'USD' }: MoneyProps) {
  return <span className="tabular-nums">{moneyText(amount, currency)}</span>;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

export function bytesText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(BYTE_UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : 1;
  return `${value.toFixed(digits)} ${BYTE_UNITS[power]}`;
}

export function Bytes({ bytes }: { readonly bytes: number }) {
  return <span className="whitespace-nowrap tabular-nums">{bytesText(bytes)}</span>;
}

const DAY_MS = 86_400_000;

export function durationText(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  if (ms < 3_600_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
  if (ms < DAY_MS) return `${Math.floor(ms / 3_600_000)} h ${Math.round((ms % 3_600_000) / 60_000)} min`;
  return `${Math.floor(ms / DAY_MS)} d ${Math.round((ms % DAY_MS) / 3_600_000)} h`;
}

export function Duration({ ms }: { readonly ms: number }) {
  return <span className="whitespace-nowrap tabular-nums">{durationText(ms)}</span>;
}

const counts = new Intl.NumberFormat();
const roundCounts = new Intl.NumberFormat(undefined, { notation: 'compact', maximumFractionDigits: 1 });

interface CountProps {
  readonly value: number;
  /** 1.2K instead of 1,234. */
  readonly round?: boolean;
}

export function Count({ value, round = false }: CountProps) {
  return <span className="tabular-nums">{(round ? roundCounts : counts).format(value)}</span>;
}
