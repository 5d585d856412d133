/** New keys for a subject: what the old ones wrap is wrapped anew, text and salts stay, and then the old ones are destroyed. */
import type { Keyring, SubjectKey } from './keyring.ts';
import { rewrapText } from './sealed-text.ts';
import type { WrappedKey, WrappedKeyStore } from './store.ts';

const PER_STEP = 200;

export interface RenewSettings {
  readonly keyring: Keyring;
  readonly store: WrappedKeyStore;
  /** Resolves once no process uses a key any more that is not the one found first. */
  readonly settled: () => Promise<void>;
}

/**
 * May be repeated after it was cut off: until the end both keys are there, and each row says which one wraps it.
 * Resolves to how many keys of records were wrapped anew.
 */
export async function renewKeys(
  { keyring, store, settled }: RenewSettings,
  identifier: string,
): Promise<number> {
  const old = await keyring.find(identifier);
  const renewed = await Promise.all(old.map(async ({ id }) => ({ from: id, to: await keyring.renew(id) })));
  if (renewed.length > 0) await settled();
  let count = 0;
  for (const { from, to } of renewed) count += await move(keyring, store, from, to);
  await keyring.destroy(old.map(({ id }) => id));
  return count;
}

async function move(keyring: Keyring, store: WrappedKeyStore, from: string, to: string): Promise<number> {
  let count = 0;
  for (;;) {
    const rows = await store.wrapped(from, PER_STEP);
    const keys = await keyring.open([to, ...rows.flatMap(({ subjects }) => subjects)]);
    await store.rewrap(
      from,
      to,
      rows.map((row) => rewrapped(row, keys, from, to)),
    );
    count += rows.length;
    if (rows.length < PER_STEP) return count;
  }
}

/** @throws Error for what does not open: it stays as it is, and so does its key */
function rewrapped(
  row: WrappedKey,
  keys: ReadonlyMap<string, SubjectKey>,
  from: string,
  to: string,
): WrappedKey {
  const subjects = row.subjects.map((id) => (id === from ? to : id));
  const [before, now] = [row.subjects, subjects].map((ids) => ids.flatMap((id) => keys.get(id) ?? []));
  const isWhole = before?.length === row.subjects.length && now?.length === subjects.length;
  const wrappedKey = isWhole ? rewrapText(row.name, row.wrappedKey, before, now) : undefined;
  if (!wrappedKey) throw new Error(`the key of the ${row.part} ${row.place} does not open`);
  return { ...row, subjects, wrappedKey };
}
