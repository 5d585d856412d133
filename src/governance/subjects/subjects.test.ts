import { beforeEach, describe, expect, test } from 'vitest';
import { openMemoryStores } from '../../adapters/memory/memory.ts';
import { htmlOf } from './subjects.ts';
import { ACT, interaction, openRooms, record, type Rooms } from './testdata/recorded.ts';

let rooms: Rooms;
beforeEach(async () => {
  rooms = await openRooms(openMemoryStores({ instance: 'one' }));
  await record(rooms);
});

describe('a disclosure', () => {
  test('gives the principal what was said, with everybody else masked', async () => {
    const { entries, identifiers, isComplete } = await rooms.subjects.disclose('person:ada', ACT);
    expect({ identifiers, isComplete }).toEqual({ identifiers: ['person:ada'], isComplete: true });
    expect(entries.map(({ role, content }) => [role, content])).toEqual([
      ['principal', { request: 'hello from ada' }],
      ['principal', { request: 'write to [another person] or [another person]' }],
      ['principal', { request: '[another person] is in the clear' }],
    ]);
    expect(entries[0]).toMatchObject({ id: 'req_1', credential: 'key_7', at: '1970-01-01T00:00:01.000Z' });
    expect(JSON.stringify(entries)).not.toContain('bob');
  });

  test('gives one who was mentioned the places that name her, and not who asked', async () => {
    const { entries } = await rooms.subjects.disclose('bob@example.com', ACT);
    expect(entries.map(({ role, excerpts, content }) => [role, excerpts, content])).toEqual([
      ['mentioned', ['write to Bob@example.com or [another person]'], undefined],
      ['mentioned', ['bob@example.com is in the clear'], undefined],
    ]);
    expect(entries[0]?.pseudonyms).toEqual([
      { standIn: '<EMAIL_ADDRESS_aaaaaaaaaa>', value: 'Bob@example.com' },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/ada|key_7|1234567/);
  });

  test("gives an application's user what she said", async () => {
    const { entries } = await rooms.subjects.disclose('desk/user:42', ACT);
    expect(entries).toMatchObject([{ role: 'end_user', content: { request: 'a user of the desk' } }]);
    expect(entries[0]).not.toHaveProperty('credential');
  });

  test('is on record, without a name', async () => {
    await rooms.subjects.disclose('bob@example.com', ACT);
    const { entries } = await rooms.audit.read({ limit: 1, descending: true });
    expect(entries[0]?.entry).toMatchObject({ action: 'subject.export', ...ACT });
    expect(JSON.stringify(entries)).not.toContain('bob');
  });

  test('is readable as a page in which nothing of it is markup', async () => {
    await rooms.audit.append(interaction('req_6', { content: '{"request":"<script>&\\"\'</script>"}' }));
    const page = htmlOf(await rooms.subjects.disclose('person:ada', ACT));
    expect(page).toContain('&#60;script&#62;&#38;&#34;&#39;&#60;/script&#62;');
    expect(page).not.toContain('<script');
    expect(page).toContain('hello from ada');
  });

  test('of somebody whom nobody knows is refused', async () => {
    await expect(rooms.subjects.disclose('nobody@example.com', ACT)).rejects.toThrow(
      /^nothing in the record/,
    );
    await expect(rooms.subjects.restrict('person:nobody', true, ACT)).rejects.toThrow(
      /^nothing in the record/,
    );
  });
});

test('an erasure needs a reason that the law has', async () => {
  await expect(rooms.subjects.erase('person:ada', 'art6', ACT)).rejects.toThrow(
    /^the basis is one of art17-1-a/,
  );
});
