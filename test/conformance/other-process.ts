/** Another process on the same SQLite files, for tests of what two processes or a killed one leave behind. */
import { writeSync } from 'node:fs';
import { openSqliteStores } from '../../src/adapters/sqlite/sqlite.ts';
import { systemClock } from '../../src/base/clock.ts';
import { interaction } from './records.ts';

const [mode = '', directory = '', instance = '', count = '0'] = process.argv.slice(2);
const stores = await openSqliteStores({ directory, instance, clock: systemClock });

/** Written at once: what this process has said, it has said, however it ends. */
function say(line: string): void {
  for (;;) {
    try {
      writeSync(1, `${line}\n`);
      return;
    } catch (error) {
      // The pipe is full until the other side has read.
      if (!(error instanceof Error && 'code' in error && error.code === 'EAGAIN')) throw error;
    }
  }
}

/** Appends many at a time until it is killed, and says each entry that it was told is durable. */
async function appendForever(): Promise<never> {
  for (let round = 0; ; round++) {
    await Promise.all(
      Array.from({ length: 16 }, async (_, index) => {
        const id = `${process.pid}-${round}-${index}`;
        const receipt = await stores.audit.append(interaction(id, 'released'));
        say(`${receipt.sequence} ${id}`);
      }),
    );
  }
}

async function append(): Promise<void> {
  await Promise.all(
    Array.from({ length: Number(count) }, (_, index) =>
      stores.audit.append(interaction(`${instance}-${index}`)),
    ),
  );
}

/** Reserves as often as told, a few at a time, and says how many were admitted. */
async function reserve(): Promise<void> {
  let admitted = 0;
  const charge = {
    key: 'burst',
    windowStartMs: 0,
    windowEndMs: Date.now() + 3_600_000,
    amount: 1,
    capacity: 100,
    kind: 'window',
  } as const;
  for (let index = 0; index < Number(count); index += 5) {
    const reservations = await Promise.all(
      [0, 1, 2, 3, 4].map((offset) =>
        stores.limits.reserve(`${instance}-${index + offset}`, [charge], Date.now()),
      ),
    );
    admitted += reservations.filter((reservation) => reservation.admitted).length;
  }
  say(String(admitted));
}

if (mode === 'append-forever') await appendForever();
if (mode === 'append') await append();
if (mode === 'reserve') await reserve();
await stores.close();
