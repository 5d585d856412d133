import { expect, test, vi } from 'vitest';
import { shareInFlight } from './in-flight.ts';

test('work under way for a key is shared, and done again once it has ended, well or not', async () => {
  const work = vi.fn((key: string) =>
    key === 'bad' ? Promise.reject(new Error('broken')) : Promise.resolve(key),
  );
  const shared = shareInFlight(work);
  expect(await Promise.all([shared('a'), shared('a'), shared('b')])).toEqual(['a', 'a', 'b']);
  expect(work).toHaveBeenCalledTimes(2);
  await shared('a');
  expect(work).toHaveBeenCalledTimes(3);
  const both = await Promise.allSettled([shared('bad'), shared('bad')]);
  expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(shared('bad')).rejects.toThrow('broken');
  expect(work).toHaveBeenCalledTimes(5);
});
