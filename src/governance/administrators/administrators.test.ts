import { generate } from 'otplib';
import { describe, expect, test, vi } from 'vitest';
import { Refusal } from '../../domain/refusal.ts';
import type { Visitor } from './administrators.ts';
import { networkOf } from './brake.ts';
import { createPasswords, weaknessOf } from './password.ts';
import type { AdministratorStore } from './store.ts';
import { createAuthenticator, type Flaw } from './testdata/authenticator.ts';
import {
  arrive,
  MINUTE_MS,
  openRoom,
  ORIGIN,
  OWNER,
  signIn,
  VISITOR,
  withOwner,
  type Room,
} from './testdata/room.ts';

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Refusal ? error.code : `fault: ${String(error)}`;
  }
  return 'none';
}

const authenticate = ({ administrators }: Room, cookie: string) =>
  administrators.authenticate({ cookie, bearer: undefined });
const wrong = { id: OWNER.id, password: 'wrong' };
const from = (address: string, device?: string): Visitor => ({ ...VISITOR, address, device });

async function enrollTotp(room: Room): Promise<{ secret: string; codes: readonly string[] }> {
  const { signedIn } = await signIn(room);
  const { factors } = room.administrators;
  const { pending, secret } = await factors.beginTotp(signedIn);
  const { recoveryCodes } = await factors.finishTotp(signedIn, { pending, code: await codeAt(room, secret) });
  room.clock.ms += MINUTE_MS;
  return { secret, codes: recoveryCodes };
}

const codeAt = ({ clock }: Room, secret: string, ms = clock.ms) =>
  generate({ secret, epoch: Math.floor(ms / 1_000) });

async function half(room: Room, visitor = VISITOR): Promise<string> {
  const step = await room.administrators.signIn.withPassword(OWNER, visitor);
  if (step.kind !== 'second-factor') throw new Error('a second factor was to be asked for');
  return step.pending;
}

describe('a session', () => {
  test('ends when nothing was asked for so long, and in any case after so many hours', async () => {
    const room = openRoom();
    const { cookie } = await withOwner(room);
    for (let minutes = 0; minutes < 11 * 60 + 50; minutes += 29) {
      room.clock.ms += 29 * MINUTE_MS;
      if (minutes + 29 >= 12 * 60) break;
      await authenticate(room, cookie);
    }
    expect(await codeOf(authenticate(room, cookie))).toBe('expired_credential');
    const { cookie: idle } = await signIn(room);
    room.clock.ms += 30 * MINUTE_MS;
    expect(await codeOf(authenticate(room, idle))).toBe('expired_credential');
  });

  test('writes into the store once a minute at most', async () => {
    let touches = 0;
    const room = openRoom((store) => ({
      ...store,
      sessions: { ...store.sessions, touch: (...given) => (touches++, store.sessions.touch(...given)) },
    }));
    const { cookie } = await withOwner(room);
    for (let calls = 0; calls < 50; calls++) await authenticate(room, cookie);
    expect(touches).toBe(0);
    room.clock.ms += MINUTE_MS;
    await Promise.all(Array.from({ length: 20 }, () => authenticate(room, cookie)));
    expect(touches).toBe(1);
    touches = 0;
    for (let calls = 0; calls < 50; calls++) await authenticate(room, cookie);
    expect(touches).toBe(0);
  });

  test('is one for all replicas: what ends on one ends on every other within half a second', async () => {
    const one = openRoom();
    const { cookie, signedIn } = await withOwner(one);
    const two = openRoom(() => one.store);
    two.clock.ms = one.clock.ms;
    expect((await authenticate(two, cookie)).administrator.id).toBe(OWNER.id);
    await one.administrators.end(signedIn);
    expect(await codeOf(authenticate(one, cookie)), 'at once').toBe('expired_credential');
    two.clock.ms += 500;
    expect(await codeOf(authenticate(two, cookie))).toBe('expired_credential');
  });

  test('is recognized by its hash alone: what is stored opens nothing', async () => {
    const room = openRoom();
    const { cookie } = await withOwner(room);
    const [stored] = await room.store.sessions.list(OWNER.id);
    expect(JSON.stringify(stored)).not.toContain(cookie);
    expect(await codeOf(authenticate(room, stored?.hash ?? ''))).toBe('expired_credential');
    expect(await codeOf(authenticate(room, ''))).toBe('missing_credential');
    const both = room.administrators.authenticate({ cookie, bearer: 'bza_x' });
    expect(await codeOf(both)).toBe('ambiguous_credential');
  });

  test('of a disabled account ends, and so does each of its tokens', async () => {
    const room = openRoom();
    const { signedIn, cookie } = await withOwner(room);
    const { token } = await room.administrators.account.createToken(signedIn, {
      name: 'nightly',
      expiresAtMs: room.clock.ms + 1_000 * MINUTE_MS,
      permissions: undefined,
    });
    const bearer = () => room.administrators.authenticate({ cookie: undefined, bearer: token });
    await bearer();
    await room.administrators.administration.invite('cli', {
      id: 'bob',
      displayName: 'Bob',
      assignments: [{ role: 'owner', scope: { kind: 'organization' } }],
    });
    expect(
      await codeOf(room.administrators.administration.update('cli', OWNER.id, { disabled: true })),
      'an invited owner is none yet',
    ).toBe('conflict');
    const stored = await room.store.accounts.find(OWNER.id);
    await room.store.accounts.edit(OWNER.id, () => ({ ...stored!, disabledAtMs: 1 }));
    room.clock.ms += 501;
    expect(await codeOf(authenticate(room, cookie))).toBe('expired_credential');
    expect(await codeOf(bearer())).toBe('expired_credential');
    expect(await codeOf(room.administrators.signIn.withPassword(OWNER, VISITOR))).toBe('sign_in_failed');
  });

  test('makes no lasting way in once the sign-in is a quarter of an hour old, until they show again that it is them', async () => {
    const room = openRoom();
    const { signedIn } = await withOwner(room);
    const { account, factors } = room.administrators;
    const wish = { name: 'x', expiresAtMs: room.clock.ms * 2, permissions: undefined };
    room.clock.ms += 15 * MINUTE_MS;
    expect(await codeOf(account.createToken(signedIn, wish))).toBe('fresh_sign_in_needed');
    expect(await codeOf(factors.beginTotp(signedIn))).toBe('fresh_sign_in_needed');
    expect(await codeOf(factors.beginPasskey(signedIn, VISITOR))).toBe('fresh_sign_in_needed');
    expect(await codeOf(account.confirm(signedIn, 'wrong', VISITOR))).toBe('sign_in_failed');
    const { cookie } = await account.confirm(signedIn, OWNER.password, VISITOR);
    await account.createToken(await authenticate(room, cookie), wish);
  });
});

describe('the brake', () => {
  test('delays an account from one network longer and longer, and forgets it when the owner gets in', async () => {
    const room = openRoom();
    await withOwner(room);
    const tryIt = () => codeOf(room.administrators.signIn.withPassword(wrong, VISITOR));
    for (let tries = 0; tries < 5; tries++) expect(await tryIt()).toBe('sign_in_failed');
    expect(await tryIt()).toBe('sign_in_delayed');
    room.clock.ms += 1_001;
    expect(await tryIt()).toBe('sign_in_failed');
    room.clock.ms += 1_001;
    expect(await tryIt()).toBe('sign_in_delayed');
    room.clock.ms += 1_000;
    await signIn(room);
    for (let tries = 0; tries < 5; tries++) expect(await tryIt()).toBe('sign_in_failed');
  });

  test('says how long to wait, and that is never longer than a quarter of an hour', async () => {
    const room = openRoom();
    await withOwner(room);
    let longest = 0;
    for (let tries = 0; tries < 40; tries++)
      try {
        await room.administrators.signIn.withPassword(wrong, VISITOR);
      } catch (error) {
        if (!(error instanceof Refusal) || error.code !== 'sign_in_delayed') continue;
        longest = Math.max(longest, error.details.retryAfterMs ?? Infinity);
        room.clock.ms += error.details.retryAfterMs ?? 0;
      }
    expect(longest).toBe(15 * MINUTE_MS);
  });

  test('counts those who try at once', async () => {
    const room = openRoom();
    await withOwner(room);
    const tries = await Promise.all(
      Array.from({ length: 30 }, () => codeOf(room.administrators.signIn.withPassword(wrong, VISITOR))),
    );
    expect(tries.filter((code) => code === 'sign_in_failed')).toHaveLength(5);
  });

  test('is no way to lock somebody out: neither from here, nor from everywhere', async () => {
    const room = openRoom();
    await withOwner(room);
    const { device } = await signIn(room);
    for (let network = 0; network < 300; network++)
      await codeOf(room.administrators.signIn.withPassword(wrong, from(`203.0.${network % 250}.${network}`)));
    expect(
      await codeOf(room.administrators.signIn.withPassword(OWNER, from('198.51.100.9'))),
      'a strange browser',
    ).toBe('sign_in_delayed');
    expect(await codeOf(room.administrators.signIn.withPassword(OWNER, from('198.51.100.9', device)))).toBe(
      'none',
    );
    room.clock.ms += MINUTE_MS;
    expect(
      await codeOf(room.administrators.signIn.withPassword(OWNER, from('198.51.100.9'))),
      'after a minute',
    ).toBe('none');
  });

  test('slows down a browser that was in before as well, where it guesses', async () => {
    const room = openRoom();
    const { device } = await withOwner(room);
    const codes = [];
    for (let tries = 0; tries < 7; tries++)
      codes.push(await codeOf(room.administrators.signIn.withPassword(wrong, from('192.0.2.9', device))));
    expect(codes.at(-1)).toBe('sign_in_delayed');
  });

  test.each(['', 'x', 'x.y', 'AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'])(
    'takes the device %j for no device',
    async (device) => {
      const room = openRoom();
      await withOwner(room);
      for (let tries = 0; tries < 6; tries++)
        await codeOf(room.administrators.signIn.withPassword(wrong, VISITOR));
      const sneaking = room.administrators.signIn.withPassword(OWNER, { ...VISITOR, device });
      expect(await codeOf(sneaking)).toBe('sign_in_delayed');
    },
  );

  test('treats an account that is not there as one that is', async () => {
    const room = openRoom();
    await withOwner(room);
    const codes = async (id: string, address: string) => {
      const found = [];
      for (let tries = 0; tries < 7; tries++)
        found.push(
          await codeOf(room.administrators.signIn.withPassword({ id, password: 'wrong' }, from(address))),
        );
      return found;
    };
    expect(await codes('nobody', '192.0.2.50')).toEqual(await codes(OWNER.id, '192.0.2.60'));
  });

  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('takes %s for the network %s', (address, network) => expect(networkOf(address)).toBe(network));
});

describe('a second factor', () => {
  test('is asked for once it is enrolled, and a code opens once', async () => {
    const room = openRoom();
    await withOwner(room);
    const { secret } = await enrollTotp(room);
    const code = await codeAt(room, secret);
    const signedIn = await room.administrators.signIn.withTotp({ pending: await half(room), code }, VISITOR);
    expect((await arrive(room, signedIn)).signedIn.methods).toEqual(['password', 'totp']);
    const again = room.administrators.signIn.withTotp({ pending: await half(room), code }, VISITOR);
    expect(await codeOf(again)).toBe('sign_in_failed');
    const stored = await room.store.accounts.find(OWNER.id);
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  test('of two who show one code at once, one gets in', async () => {
    const room = openRoom();
    await withOwner(room);
    const { secret } = await enrollTotp(room);
    const code = await codeAt(room, secret);
    const steps = await Promise.all([half(room), half(room)]);
    const codes = await Promise.all(
      steps.map((pending) => codeOf(room.administrators.signIn.withTotp({ pending, code }, VISITOR))),
    );
    expect(codes.toSorted()).toEqual(['none', 'sign_in_failed']);
  });

  test.each([-90_000, -61_000, 61_000, 90_000])('of %i ms away is none', async (awayMs) => {
    const room = openRoom();
    await withOwner(room);
    const { secret } = await enrollTotp(room);
    const code = await codeAt(room, secret, room.clock.ms + awayMs);
    const pending = await half(room);
    expect(await codeOf(room.administrators.signIn.withTotp({ pending, code }, VISITOR))).toBe(
      'sign_in_failed',
    );
  });

  test.each(['', '12345', '1234567', 'abcdef', '٠١٢٣٤٥', '123456\u0000', '-12345'])(
    'is not %j',
    async (code) => {
      const room = openRoom();
      await withOwner(room);
      await enrollTotp(room);
      const pending = await half(room);
      expect(await codeOf(room.administrators.signIn.withTotp({ pending, code }, VISITOR))).toBe(
        'sign_in_failed',
      );
    },
  );

  test('is guessed five times for one password, and then more and more slowly', async () => {
    const room = openRoom();
    await withOwner(room);
    const { secret } = await enrollTotp(room);
    const pending = await half(room);
    const guess = (given: string) =>
      codeOf(room.administrators.signIn.withTotp({ pending: given, code: '000000' }, VISITOR));
    for (let guesses = 0; guesses < 5; guesses++) expect(await guess(pending)).toBe('sign_in_failed');
    const code = await codeAt(room, secret);
    const tooLate = room.administrators.signIn.withTotp({ pending, code }, VISITOR);
    expect(await codeOf(tooLate)).toBe('sign_in_failed');
    expect(await guess(await half(room))).toBe('sign_in_delayed');
  });

  test('waits five minutes for its code', async () => {
    const room = openRoom();
    await withOwner(room);
    const { secret } = await enrollTotp(room);
    const pending = await half(room);
    room.clock.ms += 5 * MINUTE_MS;
    const code = await codeAt(room, secret);
    expect(await codeOf(room.administrators.signIn.withTotp({ pending, code }, VISITOR))).toBe(
      'sign_in_failed',
    );
  });

  test('that is lost is stood in for by each recovery code once', async () => {
    const room = openRoom();
    await withOwner(room);
    const { codes } = await enrollTotp(room);
    expect(new Set(codes).size).toBe(10);
    const use = async (code: string) =>
      codeOf(room.administrators.signIn.withRecoveryCode({ pending: await half(room), code }, VISITOR));
    const [first = '', second = ''] = codes;
    expect(await use(first.toLowerCase().replaceAll('-', ' '))).toBe('none');
    expect(await use(first)).toBe('sign_in_failed');
    expect(await use(second)).toBe('none');
    expect(await use('')).toBe('sign_in_failed');
  });

  test('is forgotten when an owner resets it, and sessions end', async () => {
    const room = openRoom();
    const { cookie } = await withOwner(room);
    await enrollTotp(room);
    await room.administrators.administration.resetFactors('cli', OWNER.id);
    room.clock.ms += 501;
    expect(await codeOf(authenticate(room, cookie))).toBe('expired_credential');
    await signIn(room);
    expect(room.entries.map(({ action }) => action)).toContain('administrator.reset_factors');
  });
});

describe('a passkey', () => {
  async function withPasskey(room: Room) {
    const { signedIn } = await withOwner(room);
    const authenticator = createAuthenticator(ORIGIN, 'console.example.com');
    const { pending, options } = await room.administrators.factors.beginPasskey(signedIn, VISITOR);
    expect(options).toMatchObject({
      authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    });
    await room.administrators.factors.finishPasskey(
      signedIn,
      { pending, name: 'laptop', response: { ...authenticator.create(options) } },
      VISITOR,
    );
    return { authenticator, signedIn };
  }

  const use = async (room: Room, authenticator: ReturnType<typeof createAuthenticator>, flaw: Flaw = {}) => {
    const { passkey } = room.administrators.signIn;
    const { pending, options } = await passkey.begin(undefined, VISITOR);
    return passkey.finish({ pending, response: { ...authenticator.get(options, flaw) } }, VISITOR);
  };

  test('is enough by itself', async () => {
    const room = openRoom();
    const { authenticator } = await withPasskey(room);
    const { signedIn } = await arrive(room, await use(room, authenticator));
    expect(signedIn).toMatchObject({ administrator: { id: OWNER.id }, methods: ['passkey'] });
  });

  test('is the second step after a password', async () => {
    const room = openRoom();
    const { authenticator } = await withPasskey(room);
    const { passkey } = room.administrators.signIn;
    const { pending, options } = await passkey.begin(await half(room), VISITOR);
    const step = await passkey.finish({ pending, response: { ...authenticator.get(options) } }, VISITOR);
    expect((await arrive(room, step)).signedIn.methods).toEqual(['password', 'passkey']);
  });

  test.each<[string, Flaw]>([
    ['from another page', { origin: 'https://console.example.com.evil.test' }],
    ['for another challenge', { challenge: Buffer.from('another').toString('base64url') }],
    ['while nobody was there', { unverified: true }],
    ['of somebody else', { userHandle: Buffer.from('adr_else').toString('base64url') }],
    ['signed by another key', { otherKey: true }],
    ['whose counter stands still', { standsStill: true }],
  ])('used %s opens nothing', async (_, flaw) => {
    const room = openRoom();
    const { authenticator } = await withPasskey(room);
    await use(room, authenticator);
    expect(await codeOf(use(room, authenticator, flaw))).toBe('sign_in_failed');
  });

  test('answers one challenge once, and in five minutes', async () => {
    const room = openRoom();
    const { authenticator } = await withPasskey(room);
    const { passkey } = room.administrators.signIn;
    const { pending, options } = await passkey.begin(undefined, VISITOR);
    const first = { ...authenticator.get(options) };
    const second = { ...authenticator.get(options) };
    await passkey.finish({ pending, response: first }, VISITOR);
    expect(await codeOf(passkey.finish({ pending, response: first }, VISITOR))).toBe('sign_in_failed');
    expect(await codeOf(passkey.finish({ pending, response: second }, VISITOR))).toBe('sign_in_failed');
    const late = await passkey.begin(undefined, VISITOR);
    room.clock.ms += 5 * MINUTE_MS;
    const response = { ...authenticator.get(late.options) };
    expect(await codeOf(passkey.finish({ pending: late.pending, response }, VISITOR))).toBe('sign_in_failed');
  });

  test.each([{}, { id: 'x', type: 'public-key' }, { id: 'x', type: 'public-key', response: {} }, { id: 5 }])(
    'is not %j',
    async (response) => {
      const room = openRoom();
      await withPasskey(room);
      const { passkey } = room.administrators.signIn;
      const { pending } = await passkey.begin(undefined, VISITOR);
      expect(await codeOf(passkey.finish({ pending, response }, VISITOR))).toBe('sign_in_failed');
      expect(await codeOf(passkey.finish({ pending: 'made up', response }, VISITOR))).toBe('sign_in_failed');
    },
  );

  test('is not made for a page without TLS, unless it is this machine', async () => {
    const room = openRoom();
    const { signedIn } = await withOwner(room);
    const begin = (origin: string) =>
      codeOf(room.administrators.factors.beginPasskey(signedIn, { ...VISITOR, origin }));
    expect(await begin('http://console.example.com')).toBe('unacceptable');
    expect(await begin('http://127.0.0.1:4411')).toBe('unacceptable');
    expect(await begin('http://localhost:4411')).toBe('none');
  });

  test('is made once, for the challenge given, by whom it was given to', async () => {
    const room = openRoom();
    const { authenticator, signedIn } = await withPasskey(room);
    const { factors } = room.administrators;
    const { pending, options } = await factors.beginPasskey(signedIn, VISITOR);
    const response = { ...authenticator.create(options) };
    expect(await codeOf(factors.finishPasskey(signedIn, { pending, name: 'again', response }, VISITOR))).toBe(
      'conflict',
    );
    for (const flaw of [{ unverified: true }, { origin: 'https://evil.test' }, { challenge: 'AAAA' }]) {
      const next = await factors.beginPasskey(signedIn, VISITOR);
      const made = { ...createAuthenticator(ORIGIN, 'console.example.com').create(next.options, flaw) };
      const given = { pending: next.pending, name: 'x', response: made };
      expect(await codeOf(factors.finishPasskey(signedIn, given, VISITOR))).toBe('unacceptable');
    }
    const [passkey] = (await room.administrators.account.show(signedIn)).passkeys;
    await factors.removePasskey(signedIn, passkey?.id ?? '');
    expect(await codeOf(use(room, authenticator))).toBe('sign_in_failed');
  });
});

describe('the last owner', () => {
  const owner = { role: 'owner', scope: { kind: 'organization' } } as const;
  const auditor = { role: 'auditor', scope: { kind: 'organization' } } as const;

  test('cannot be demoted, disabled or removed, by nobody', async () => {
    const room = openRoom();
    const { signedIn } = await withOwner(room);
    const { administration } = room.administrators;
    for (const by of [signedIn, 'cli']) {
      expect(await codeOf(administration.update(by, OWNER.id, { assignments: [auditor] }))).toBe('conflict');
      expect(await codeOf(administration.update(by, OWNER.id, { disabled: true }))).toBe('conflict');
      expect(await codeOf(administration.remove(by, OWNER.id))).toBe('conflict');
    }
    expect(room.entries.map(({ action }) => action)).toContain('administrator.update.failed');
    expect((await administration.get(OWNER.id)).account.assignments).toEqual([owner]);
  });

  test('is one of two who leave at once', async () => {
    const room = openRoom();
    await withOwner(room);
    const { administration, links } = room.administrators;
    const { link } = await administration.invite('cli', {
      id: 'bob',
      displayName: 'Bob',
      assignments: [owner],
    });
    await links.accept(
      { token: link.token, id: undefined, displayName: 'Bob', password: OWNER.password },
      VISITOR,
    );
    const left = await Promise.all([
      codeOf(administration.remove('cli', OWNER.id)),
      codeOf(administration.update('cli', 'bob', { assignments: [] })),
    ]);
    expect(left.toSorted()).toEqual(['conflict', 'none']);
  });

  test('and every other is looked after by owners alone', async () => {
    const room = openRoom();
    const { signedIn } = await withOwner(room);
    const { administration } = room.administrators;
    const clerk = {
      ...signedIn,
      administrator: { ...signedIn.administrator, id: 'clerk', assignments: [auditor] },
    };
    expect(await codeOf(administration.update(clerk, OWNER.id, { displayName: 'x' }))).toBe(
      'permission_denied',
    );
    expect(await codeOf(administration.resetFactors(clerk, OWNER.id))).toBe('permission_denied');
    expect(await codeOf(administration.renewLink(clerk, OWNER.id))).toBe('permission_denied');
    expect(await codeOf(administration.remove(clerk, OWNER.id))).toBe('permission_denied');
    const wish = { id: 'eve', displayName: 'Eve', assignments: [owner] };
    expect(await codeOf(administration.invite(clerk, wish))).toBe('permission_denied');
    expect(await codeOf(administration.invite(clerk, { ...wish, assignments: [auditor] }))).toBe('none');
  });
});

describe('a link', () => {
  test('opens once, for a week, and not after a newer one', async () => {
    const room = openRoom();
    await withOwner(room);
    const { administration, links } = room.administrators;
    const { link } = await administration.invite('cli', { id: 'bob', displayName: 'Bob', assignments: [] });
    expect(await links.show(link.token)).toMatchObject({ id: 'bob', displayName: 'Bob' });
    const newer = await administration.renewLink('cli', 'bob');
    expect(await codeOf(links.show(link.token))).toBe('sign_in_failed');
    const answer = { id: 'eve', displayName: 'Bob', password: OWNER.password };
    const uses = await Promise.all(
      [1, 2].map(() => codeOf(links.accept({ token: newer.token, ...answer }, VISITOR))),
    );
    expect(uses.toSorted()).toEqual(['none', 'sign_in_failed']);
    expect(await room.store.accounts.find('eve')).toBeUndefined();
    const last = await administration.renewLink('cli', 'bob');
    room.clock.ms += 7 * 24 * 60 * MINUTE_MS;
    expect(await codeOf(links.show(last.token))).toBe('sign_in_failed');
  });

  test('of the first start opens nothing once there is an owner', async () => {
    const room = openRoom();
    const { links } = room.administrators;
    const [one, two] = [await links.first(), await links.first()];
    const accept = (token = '', id = 'x') =>
      codeOf(links.accept({ token, id, displayName: 'X', password: OWNER.password }, VISITOR));
    const uses = await Promise.all([accept(one?.token, 'eve'), accept(two?.token, 'mallory')]);
    expect(uses.toSorted()).toEqual(['none', 'sign_in_failed']);
    expect(await links.first()).toBeUndefined();
  });

  test('does not pass over a second factor', async () => {
    const room = openRoom();
    await withOwner(room);
    await enrollTotp(room);
    const { token } = await room.administrators.administration.renewLink('cli', OWNER.id);
    const step = await room.administrators.links.accept(
      { token, id: undefined, displayName: 'Ada', password: 'ten green lanterns' },
      VISITOR,
    );
    expect(step.kind).toBe('second-factor');
  });
});

describe('a password', () => {
  test('is hashed with its parameters, and renewed when they grow', async () => {
    const cheap = createPasswords({ memory: 1_024, passes: 1 });
    const dear = createPasswords({ memory: 2_048, passes: 1 });
    const hash = await cheap.hash('nine blue lanterns');
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=1024,t=1,p=1\$/);
    expect(await dear.verify('nine blue lanterns', hash)).toBe(true);
    expect(await dear.verify('nine blue lantern', hash)).toBe(false);
    expect([cheap.isOutdated(hash), dear.isOutdated(hash)]).toEqual([false, true]);
    expect(await cheap.hash('nine blue lanterns')).not.toBe(hash);
  });

  test.each([
    '',
    'plain',
    '$argon2id$v=19$m=1,t=1,p=1$AAAA$AAAA',
    '$2b$10$abcdefghijklmnopqrstuv',
    '$argon2i$',
  ])('is not opened by the hash %j', async (hash) => {
    const passwords = createPasswords({ memory: 1_024, passes: 1 });
    expect(await passwords.verify('', hash)).toBe(false);
    expect(await passwords.verify('plain', hash)).toBe(false);
  });

  test('takes as long to try where there is nobody', async () => {
    const passwords = createPasswords({ memory: 16_384, passes: 2 });
    const hash = await passwords.hash('nine blue lanterns');
    const timeOf = async (given: string | undefined) => {
      const times = [];
      for (let tries = 0; tries < 9; tries++) {
        const startedAt = performance.now();
        await passwords.verify('wrong', given);
        times.push(performance.now() - startedAt);
      }
      return times.toSorted((a, b) => a - b)[2] ?? 0;
    };
    const [known, unknown] = [await timeOf(hash), await timeOf(undefined)];
    expect(unknown / known).toBeGreaterThan(0.4);
    expect(unknown / known).toBeLessThan(2.5);
  });

  test.each([
    'aaaaaaaaaaaa',
    'abababababab',
    'passwordpassword',
    'Password1234!',
    'qwertyuiopas',
    '987654321098',
    'ada@example.com',
    'bartizan2026!',
  ])('%j is refused', (password) => expect(weaknessOf(password, ['ada@example.com', 'Ada'])).toBeDefined());

  test.each(['nine blue lanterns', 'correct horse battery staple', 'Zx9$kPq2!mNv', 'пароль длинный'])(
    '%j is taken',
    (password) => expect(weaknessOf(password, ['ada@example.com', 'Ada'])).toBeUndefined(),
  );
});

/** A store of which one part does what it should not. */
type Misbehavior = (store: AdministratorStore) => AdministratorStore;
const hangs = () => new Promise<never>(() => {});
const throws = () => Promise.reject(new Error('the store is gone'));

describe('a store that', () => {
  const breakSessions =
    (how: () => Promise<never>): Misbehavior =>
    (store) => ({ ...store, sessions: { ...store.sessions, byHash: how } });

  test('throws lets nobody in', async () => {
    const room = openRoom(breakSessions(throws));
    expect(await codeOf(authenticate(room, 'x'.repeat(43)))).toBe('fault: Error: the store is gone');
    const bearer = `bza_${'x'.repeat(43)}`;
    const tokens = openRoom((store) => ({ ...store, tokens: { ...store.tokens, byHash: throws } }));
    const given = tokens.administrators.authenticate({ cookie: undefined, bearer });
    expect(await codeOf(given)).toBe('fault: Error: the store is gone');
  });

  test('hangs lets nobody in, after five seconds', async () => {
    vi.useFakeTimers();
    try {
      const room = openRoom(breakSessions(hangs));
      const waiting = codeOf(authenticate(room, 'x'.repeat(43)));
      await vi.advanceTimersByTimeAsync(5_000);
      expect(await waiting).toMatch(/did not end within 5000 ms/);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each<[string, Misbehavior]>([
    [
      'another session',
      (store) => ({
        ...store,
        sessions: {
          ...store.sessions,
          byHash: async () => ({
            ...(await store.sessions.list(OWNER.id))[0]!,
            hash: 'another',
          }),
        },
      }),
    ],
    [
      'another account',
      (store) => ({
        ...store,
        accounts: {
          ...store.accounts,
          find: async () => ({ ...(await store.accounts.find(OWNER.id))!, id: 'eve' }),
        },
      }),
    ],
    [
      'no times',
      (store) => ({
        ...store,
        sessions: {
          ...store.sessions,
          byHash: async (hash) => ({
            ...(await store.sessions.byHash(hash))!,
            expiresAtMs: NaN,
          }),
        },
      }),
    ],
  ])('gives %s lets nobody in', async (_, misbehave) => {
    const good = openRoom();
    const { cookie } = await withOwner(good);
    const room = openRoom(() => misbehave(good.store));
    room.clock.ms = good.clock.ms;
    expect(await codeOf(authenticate(room, cookie))).toBe('expired_credential');
  });

  test('says yes to every edit and does none has nothing said to have been done', async () => {
    const room = openRoom((store) => ({ ...store, accounts: { ...store.accounts, edit: async () => {} } }));
    expect(await codeOf(withOwner(room))).toMatch(/^fault/);
    expect(room.entries.at(-1)?.action).toBe('administrator.first.failed');
  });

  test('does not answer the brake with a yes lets nobody try', async () => {
    const room = openRoom((store) => ({
      ...store,
      brake: { ...store.brake, attempt: async () => 'maybe' as unknown as boolean },
    }));
    await withOwner(room);
    expect(await codeOf(signIn(room))).toBe('sign_in_delayed');
  });
});

describe('the record', () => {
  test('stands before what it tells of: where it cannot be written, nothing is done', async () => {
    const room = openRoom();
    const { signedIn, cookie } = await withOwner(room);
    const { account, administration, factors } = room.administrators;
    room.record.fails = true;
    const before = JSON.stringify([
      await room.store.accounts.list({ limit: 10 }),
      await account.tokens(signedIn),
    ]);
    const changes = [
      () => signIn(room),
      () => account.rename(signedIn, 'Eve'),
      () =>
        account.changePassword(signedIn, { current: OWNER.password, next: 'ten green lanterns' }, VISITOR),
      () => account.createToken(signedIn, { name: 'x', expiresAtMs: 9e15, permissions: undefined }),
      () => administration.invite(signedIn, { id: 'bob', displayName: 'Bob', assignments: [] }),
      () => administration.update(signedIn, OWNER.id, { displayName: 'Eve' }),
      () => administration.resetFactors(signedIn, OWNER.id),
      () => administration.endSessions(signedIn, OWNER.id),
      () => factors.removePasskey(signedIn, 'x'),
    ];
    for (const change of changes) expect(await codeOf(change())).not.toBe('none');
    const after = JSON.stringify([
      await room.store.accounts.list({ limit: 10 }),
      await account.tokens(signedIn),
    ]);
    expect(after).toBe(before);
    await authenticate(room, cookie);
  });

  test('tells before and after, and of nobody by name in what everybody may read', async () => {
    const room = openRoom();
    const { signedIn } = await withOwner(room);
    const { administration } = room.administrators;
    await administration.invite(signedIn, { id: 'bob', displayName: 'Bob', assignments: [] });
    await administration.update(signedIn, 'bob', {
      assignments: [{ role: 'auditor', scope: { kind: 'application', id: 'desk' } }],
    });
    expect(room.entries.at(-1)).toMatchObject({
      actor: OWNER.id,
      action: 'administrator.update',
      before: 'enabled',
      after: 'enabled auditor@application:desk',
    });
    for (const { subject, before, after } of room.entries)
      expect(JSON.stringify([subject, before, after])).not.toMatch(/ada@|bob/i);
  });

  test('has the failed sign-ins of accounts that are there', async () => {
    const room = openRoom();
    await withOwner(room);
    await codeOf(room.administrators.signIn.withPassword(wrong, VISITOR));
    await codeOf(room.administrators.signIn.withPassword({ id: 'my password', password: 'x' }, VISITOR));
    const refused = room.entries.filter(({ action }) => action === 'sign_in.refused');
    expect(refused).toHaveLength(1);
    expect(JSON.stringify(room.entries)).not.toContain('my password');
  });
});
