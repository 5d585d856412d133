import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createTurnstile } from './turnstile.ts';

const never = new AbortController().signal;

test('so many are inside at once, and all have their turn in order', async () => {
  const turnstile = createTurnstile(2, 10);
  let inside = 0;
  let most = 0;
  const order: number[] = [];
  await Promise.all(
    Array.from({ length: 7 }, (_, index) =>
      turnstile.pass(never, async () => {
        order.push(index);
        most = Math.max(most, ++inside);
        await sleep(2);
        inside--;
      }),
    ),
  );
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6]);
});

test('work that fails gives its place to the next', async () => {
  const turnstile = createTurnstile(1, 10);
  const failed = turnstile.pass(never, () => Promise.reject(new Error('broken')));
  const next = turnstile.pass(never, () => Promise.resolve('done'));
  await expect(failed).rejects.toThrow('broken');
  await expect(next).resolves.toBe('done');
});

test('who waits too long leaves the queue, and who finds it full does not enter it', async () => {
  const turnstile = createTurnstile(1, 1);
  const long = turnstile.pass(never, () => sleep(30));
  const impatient = turnstile.pass(AbortSignal.timeout(5), () => Promise.resolve());
  await expect(turnstile.pass(never, () => Promise.resolve())).rejects.toThrow('too many wait already');
  await expect(impatient).rejects.toThrow();
  const patient = turnstile.pass(never, () => Promise.resolve('in'));
  await long;
  await expect(patient).resolves.toBe('in');
});
