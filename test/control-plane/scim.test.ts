/** SCIM 2.0 against a gateway that runs: the examples of RFC 7644, and what becomes of accounts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startGateway, type RunningGateway } from '../e2e/gateway.ts';
import { openBrowser, type Browser } from './browser.ts';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';
const YAML = `version: 1
applications: {desk: {}, shop: {}}
roles:
  on-call: {title: On call, permissions: [models.stop, overview.read]}
provisioning:
  provider: okta
  roles:
    - {group: Security, role: security-analyst}
    - {group: Desk owners, role: application-owner, scope: {application: desk}}
    - {group: On call, role: on-call}
`;

type Resource = Record<string, unknown> & { readonly id: string };
interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Resource;
}

let gateway: RunningGateway;
let owner: Browser;
let token: string;
let number = 0;

beforeAll(async () => {
  gateway = await startGateway(YAML);
  owner = openBrowser(gateway.url);
  await owner.client.call('acceptInvitation', {
    body: {
      token: gateway.welcome ?? '',
      id: 'owner@example.com',
      displayName: 'Owner',
      password: 'nine blue lanterns',
    },
  });
  await owner.arrive();
  const body = { name: 'directory', expiresInDays: 1, permissions: ['administrators.write' as const] };
  ({ token } = await owner.client.call('createToken', { body }));
});
afterAll(() => gateway.stop());
beforeEach(() => void number++);

async function ask(
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${gateway.url}/scim/v2${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? {} : JSON.parse(text)) as Resource,
  };
}

const makeUser = async (more: object = {}) => {
  const body = { schemas: [USER], userName: `user${number}-${Math.random()}@example.com`, ...more };
  const answer = await ask('POST', '/Users', body);
  expect(answer.status).toBe(201);
  return answer.body;
};
const makeGroup = async (displayName: string, members: readonly Resource[] = []) => {
  const body = { schemas: [GROUP], displayName, members: members.map(({ id }) => ({ value: id })) };
  const answer = await ask('POST', '/Groups', body);
  expect(answer.status).toBe(201);
  return answer.body;
};
const patch = (path: string, ...Operations: readonly object[]) =>
  ask('PATCH', path, { schemas: [PATCH], Operations });
const find = async (filter: string, more = '') =>
  (await ask('GET', `/Users?filter=${encodeURIComponent(filter)}${more}`)).body;
const account = async (id: unknown) => {
  const found = await gateway.gateway.office.stores.administrators.accounts.find(String(id));
  return found && { ...found, isEnabled: found.disabledAtMs === null };
};

describe('who may', () => {
  test.each([
    ['without a credential', {}, 401],
    ['with nonsense', { authorization: 'Bearer nonsense' }, 401],
    ['with a key of an application', () => ({ authorization: `Bearer ${gateway.key}` }), 401],
    ['with a cookie', () => ({ cookie: [...owner.cookies].map((each) => each.join('=')).join('; ') }), 401],
  ])('%s nobody', async (_, headers, status) => {
    const given = typeof headers === 'function' ? headers() : headers;
    for (const path of ['/Users', '/Groups', '/ServiceProviderConfig', '/nothing']) {
      const response = await fetch(`${gateway.url}/scim/v2${path}`, { headers: given });
      expect(response.status).toBe(status);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({
        schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
        status: String(status),
      });
    }
  });

  test('with a token that is narrowed to something else, nobody', async () => {
    const { token: other } = await owner.client.call('createToken', {
      body: { name: 'other', expiresInDays: 1, permissions: ['administrators.read'] },
    });
    expect(await ask('GET', '/Users', undefined, { authorization: `Bearer ${other}` })).toMatchObject({
      status: 403,
    });
  });
});

describe('the service', () => {
  test('says what it can do', async () => {
    const { body, headers } = await ask('GET', '/ServiceProviderConfig');
    expect(headers.get('content-type')).toMatch(/^application\/scim\+json/);
    expect(body).toMatchObject({
      patch: { supported: true },
      bulk: { supported: false },
      filter: { supported: true, maxResults: 200 },
      etag: { supported: true },
      sort: { supported: false },
      changePassword: { supported: false },
    });
  });

  test('lists its types and schemas', async () => {
    const types = (await ask('GET', '/ResourceTypes')).body.Resources as readonly Resource[];
    expect(types.map(({ id, endpoint }) => [id, endpoint])).toEqual([
      ['User', '/Users'],
      ['Group', '/Groups'],
    ]);
    const schemas = (await ask('GET', '/Schemas')).body.Resources as readonly Resource[];
    expect(schemas.map(({ id }) => id)).toEqual([USER, GROUP]);
    const { body } = await ask('GET', `/Schemas/${USER}`);
    expect((body.attributes as readonly object[])[0]).toMatchObject({
      name: 'userName',
      required: true,
      caseExact: false,
      uniqueness: 'server',
      mutability: 'immutable',
    });
    expect((await ask('GET', '/ResourceTypes/User')).body).toMatchObject({ schema: USER });
    expect(await ask('GET', '/Schemas/urn:none')).toMatchObject({ status: 404 });
  });

  test.each([
    ['POST', '/Bulk', 501],
    ['GET', '/Me', 501],
    ['GET', '/Printers', 404],
  ])('%s %s is not for it', async (method, path, status) => {
    expect(await ask(method, path)).toMatchObject({ status });
  });
});

describe('a user', () => {
  test('is made (RFC 7644, 3.3), with its address, version and times, and what is not kept left out', async () => {
    const { status, body, headers } = await ask('POST', '/Users', {
      schemas: [USER],
      userName: 'bjensen',
      externalId: 'bjensen-1',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
      password: 'never kept',
      nickName: 'Babs',
      'urn:example:unknown': { a: 1 },
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      schemas: [USER],
      id: expect.stringMatching(/^usr_/),
      userName: 'bjensen',
      externalId: 'bjensen-1',
      name: { formatted: 'Ms. Barbara J Jensen III', familyName: 'Jensen', givenName: 'Barbara' },
      active: true,
      meta: {
        resourceType: 'User',
        created: expect.stringMatching(/^\d{4}-.*Z$/),
        lastModified: expect.stringMatching(/^\d{4}-.*Z$/),
        location: `${gateway.url}/scim/v2/Users/${body.id}`,
        version: 'W/"1"',
      },
    });
    expect(headers.get('location')).toBe(`${gateway.url}/scim/v2/Users/${body.id}`);
    expect(headers.get('etag')).toBe('W/"1"');
    expect((await ask('GET', `/Users/${body.id}`)).body).toEqual(body);
    expect(await account('bjensen')).toMatchObject({ source: 'okta', isEnabled: true, passwordHash: null });
  });

  test('is made whatever the case of its attributes', async () => {
    const { body } = await ask('POST', '/Users', {
      SCHEMAS: [USER.toUpperCase()],
      USERNAME: 'case@example.com',
      Active: 'False',
      emails: [{ VALUE: 'case@example.com', Primary: 'True' }],
    });
    expect(body).toMatchObject({
      userName: 'case@example.com',
      active: false,
      emails: [{ value: 'case@example.com', primary: true }],
    });
  });

  test.each([
    ['of a name that is taken', { userName: 'TWICE@example.com' }, 409, 'uniqueness'],
    ['of the name of a local account', { userName: 'Owner@example.com' }, 409, 'uniqueness'],
    ['without a name', {}, 400, 'invalidValue'],
    ['of an empty name', { userName: '' }, 400, 'invalidValue'],
    ['of a name that is no text', { userName: 5 }, 400, 'invalidValue'],
    ['of a name that no account may have', { userName: 'a b<c>' }, 400, 'invalidValue'],
    ['that is active perhaps', { userName: 'x1', active: 'perhaps' }, 400, 'invalidValue'],
    ['of another schema', { schemas: [GROUP], userName: 'x2' }, 400, 'invalidSyntax'],
  ])('%s is not made', async (_, given, status, scimType) => {
    await ask('POST', '/Users', { schemas: [USER], userName: 'twice@example.com' });
    const answer = await ask('POST', '/Users', { schemas: [USER], ...given });
    expect(answer).toMatchObject({ status, body: { scimType, status: String(status) } });
  });

  test.each([
    ['no JSON', '{', 400],
    ['no object', '[]', 400],
    ['nothing', '', 400],
  ])('made of %s is not made', async (_, body, status) => {
    expect(await ask('POST', '/Users', body)).toMatchObject({ status, body: { scimType: 'invalidSyntax' } });
  });

  test('that is not there is not there', async () => {
    for (const method of ['GET', 'DELETE'])
      expect(await ask(method, '/Users/usr_none')).toMatchObject({ status: 404 });
    expect(await ask('PUT', '/Users/usr_none', { schemas: [USER], userName: 'x' })).toMatchObject({
      status: 404,
    });
    expect(await patch('/Users/usr_none', { op: 'add', path: 'displayName', value: 'x' })).toMatchObject({
      status: 404,
    });
  });

  test('is replaced: what is not said is gone, and its name stays', async () => {
    const { id, userName } = await makeUser({ displayName: 'Before', emails: [{ value: 'a@b.c' }] });
    const { status, body } = await ask('PUT', `/Users/${id}`, {
      schemas: [USER],
      id: 'something else',
      userName: String(userName).toUpperCase(),
      name: { givenName: 'After' },
      groups: [{ value: 'mine' }],
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ id, name: { givenName: 'After' }, meta: { version: 'W/"2"' } });
    expect(body).not.toHaveProperty('displayName');
    expect(body).not.toHaveProperty('emails');
    expect(body).not.toHaveProperty('groups');
    expect(await ask('PUT', `/Users/${id}`, { schemas: [USER], userName: 'somebody-else' })).toMatchObject({
      status: 400,
      body: { scimType: 'mutability' },
    });
  });

  test('is changed only as the version that was seen', async () => {
    const { id, userName } = await makeUser();
    const put = (tag: string) =>
      ask('PUT', `/Users/${id}`, { schemas: [USER], userName }, { 'if-match': tag });
    expect(await put('W/"7"')).toMatchObject({ status: 412 });
    expect(await put('W/"1"')).toMatchObject({ status: 200, body: { meta: { version: 'W/"2"' } } });
    expect(await put('W/"1"')).toMatchObject({ status: 412 });
    expect(await put('*')).toMatchObject({ status: 200 });
    expect(await ask('DELETE', `/Users/${id}`, undefined, { 'if-match': 'W/"1"' })).toMatchObject({
      status: 412,
    });
    expect(await ask('GET', `/Users/${id}`, undefined, { 'if-none-match': 'W/"3"' })).toMatchObject({
      status: 304,
    });
    expect(await ask('GET', `/Users/${id}`, undefined, { 'if-none-match': 'W/"2"' })).toMatchObject({
      status: 200,
    });
  });
});

describe('a patch', () => {
  const emails = [
    { value: 'bj@work.example', type: 'work', primary: true },
    { value: 'bj@home.example', type: 'home' },
  ];
  test.each<[string, readonly object[], object]>([
    [
      'adds a value',
      [{ op: 'add', path: 'emails', value: [{ value: 'x@y.z', type: 'other' }] }],
      { emails: [...emails, { value: 'x@y.z', type: 'other' }] },
    ],
    ['adds what is there already once', [{ op: 'add', path: 'emails', value: [emails[1]] }], { emails }],
    [
      'adds without a path',
      [{ op: 'add', value: { displayName: 'Babs', emails: [{ value: 'x@y.z' }] } }],
      { displayName: 'Babs', emails: [...emails, { value: 'x@y.z' }] },
    ],
    [
      'adds one that is the one to use, and no other is',
      [{ op: 'add', path: 'emails', value: { value: 'x@y.z', primary: true } }],
      { emails: [{ ...emails[0], primary: false }, emails[1], { value: 'x@y.z', primary: true }] },
    ],
    [
      'adds to what a filter means, and makes it where there is none',
      [{ op: 'add', path: 'emails[type eq "other"].value', value: 'x@y.z' }],
      { emails: [...emails, { type: 'other', value: 'x@y.z' }] },
    ],
    [
      'replaces a part by a filter',
      [{ op: 'replace', path: 'emails[type eq "WORK"].value', value: 'new@work.example' }],
      { emails: [{ ...emails[0], value: 'new@work.example' }, emails[1]] },
    ],
    [
      'replaces a value by a filter',
      [{ op: 'replace', path: 'emails[type eq "home" and value sw "BJ"]', value: { value: 'h@h.h' } }],
      { emails: [emails[0], { value: 'h@h.h', type: 'home' }] },
    ],
    [
      'replaces all values',
      [{ op: 'replace', path: 'emails', value: [{ value: 'only@one.example' }] }],
      { emails: [{ value: 'only@one.example' }] },
    ],
    [
      'replaces a part of a name',
      [{ op: 'Replace', path: 'name.familyName', value: 'Smith' }],
      { name: { familyName: 'Smith', givenName: 'Barbara' } },
    ],
    [
      'replaces without a path, with points in names',
      [{ op: 'replace', value: { 'name.givenName': 'Babs', DISPLAYNAME: 'B' } }],
      { name: { familyName: 'Jensen', givenName: 'Babs' }, displayName: 'B' },
    ],
    [
      'replaces by the whole name of an attribute',
      [{ op: 'replace', path: `${USER}:name.familyName`, value: 'Smith' }],
      { name: { familyName: 'Smith' } },
    ],
    ['removes an attribute', [{ op: 'remove', path: 'name' }], { name: undefined }],
    ['removes a part', [{ op: 'remove', path: 'name.givenName' }], { name: { familyName: 'Jensen' } }],
    [
      'removes a value by a filter',
      [{ op: 'remove', path: 'emails[type eq "home"]' }],
      { emails: [emails[0]] },
    ],
    [
      'removes nothing where a filter means nothing',
      [{ op: 'remove', path: 'emails[type eq "none"]' }],
      { emails },
    ],
    ['removes all values', [{ op: 'remove', path: 'emails' }], { emails: undefined }],
    [
      'leaves what is not kept alone',
      [
        { op: 'replace', path: 'title', value: 'Dr' },
        {
          op: 'add',
          path: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department',
          value: 'x',
        },
      ],
      { emails },
    ],
    [
      'does one after another',
      [
        { op: 'remove', path: 'emails' },
        { op: 'add', path: 'emails', value: emails[1] },
      ],
      { emails: [emails[1]] },
    ],
  ])('%s', async (_, operations, expected) => {
    const { id } = await makeUser({ emails, name: { familyName: 'Jensen', givenName: 'Barbara' } });
    const { status, body } = await patch(`/Users/${id}`, ...operations);
    expect([status, body]).toEqual([200, expect.objectContaining({ id })]);
    for (const [name, value] of Object.entries(expected))
      if (typeof value === 'object' && !Array.isArray(value)) expect(body[name]).toMatchObject(value);
      else expect(body[name]).toEqual(value);
  });

  test.each([
    ['that removes nothing named', { op: 'remove' }, 'noTarget'],
    [
      'that replaces what is not there',
      { op: 'replace', path: 'emails[type eq "none"].value', value: 'x' },
      'noTarget',
    ],
    ['of a path that is none', { op: 'replace', path: 'emails[', value: 'x' }, 'invalidPath'],
    [
      'of a filter that is none',
      { op: 'replace', path: 'emails[type zz "x"].value', value: 'x' },
      'invalidPath',
    ],
    ['of an operation that is none', { op: 'move', path: 'emails', value: 'x' }, 'invalidSyntax'],
    ['of an id', { op: 'replace', path: 'id', value: 'x' }, 'mutability'],
    ['of groups', { op: 'add', path: 'groups', value: [{ value: 'x' }] }, 'mutability'],
    ['of a name', { op: 'replace', path: 'userName', value: 'x' }, 'mutability'],
    ['that removes what is needed', { op: 'remove', path: 'userName' }, 'invalidValue'],
    ['of a wrong kind', { op: 'replace', path: 'active', value: 'perhaps' }, 'invalidValue'],
    ['with no object where one is needed', { op: 'add', value: 'x' }, 'invalidValue'],
  ])('%s changes nothing', async (_, operation, scimType) => {
    const made = await makeUser({ emails });
    const first = { op: 'add', path: 'displayName', value: 'changed' };
    expect(await patch(`/Users/${made.id}`, first, operation)).toMatchObject({
      status: 400,
      body: { scimType },
    });
    expect((await ask('GET', `/Users/${made.id}`)).body).toEqual(made);
  });
});

describe('a search', () => {
  const made: Record<string, Resource> = {};
  beforeAll(async () => {
    for (const [name, more] of Object.entries({
      Anna: { displayName: 'Anna One', active: false, emails: [{ value: 'anna@x.example', type: 'work' }] },
      bert: { displayName: 'Bert', externalId: 'Ext-1', emails: [{ value: 'bert@y.example', type: 'home' }] },
      carl: { name: { familyName: "O'Malley" } },
    }))
      made[name] = await makeUser({ userName: `s-${name}@find.example`, ...more });
  });

  test.each([
    ['userName eq "S-ANNA@find.example"', ['Anna']],
    ['USERNAME Eq "s-anna@find.example"', ['Anna']],
    [`${USER}:userName sw "s-b" and userName ew "FIND.example"`, ['bert']],
    ['externalId eq "Ext-1"', ['bert']],
    ['externalId eq "ext-1"', []],
    ['name.familyName co "O\'mal"', ['carl']],
    ['emails.value co "@x.example"', ['Anna']],
    ['emails co "@x.example"', ['Anna']],
    ['emails[type eq "work" and value co "@x.example"]', ['Anna']],
    ['emails[type eq "home" and value co "@x.example"]', []],
    ['userName co "find.example" and emails pr', ['Anna', 'bert']],
    ['userName co "find.example" and not (emails pr)', ['carl']],
    ['userName co "find.example" and active eq false', ['Anna']],
    ['userName co "find.example" and active ne false', ['bert', 'carl']],
    ['userName co "find.example" and (displayName eq "bert" or name.familyName pr)', ['bert', 'carl']],
    ['displayName eq "anna one" or displayName eq "bert" and userName co "nobody"', ['Anna']],
    ['userName co "find.example" and meta.lastModified gt "2020-01-01T00:00:00Z"', ['Anna', 'bert', 'carl']],
    ['userName co "find.example" and meta.lastModified lt "2020-01-01T00:00:00Z"', []],
    ['userName co "find.example" and title pr', []],
    ['userName co "find.example" and displayName gt "b"', ['bert']],
  ])('by %s finds those', async (filter, names) => {
    const { Resources, totalResults } = await find(filter);
    expect((Resources as readonly Resource[]).map(({ id }) => id)).toEqual(
      names.map((name) => made[name]?.id),
    );
    expect(totalResults).toBe(names.length);
  });

  test.each([
    'userName eq',
    'userName zz "x"',
    'userName eq bob',
    '((userName pr)',
    'userName pr)',
    'not userName pr',
    '"x" eq userName',
    'userName eq "x',
    'active gt true',
    'and',
    `${'('.repeat(50)}userName pr${')'.repeat(50)}`,
  ])('by %s is refused', async (filter) => {
    const answer = await ask('GET', `/Users?filter=${encodeURIComponent(filter)}`);
    expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidFilter' } });
  });

  test('comes in pages that begin with 1', async () => {
    const page = (more: string) => find('userName co "find.example"', more);
    expect(await page('&startIndex=2&count=1')).toMatchObject({
      totalResults: 3,
      startIndex: 2,
      itemsPerPage: 1,
      Resources: [{ id: made.bert?.id }],
    });
    expect(await page('&count=0')).toMatchObject({ totalResults: 3, itemsPerPage: 0, Resources: [] });
    expect(await page('&startIndex=0&count=-5')).toMatchObject({ startIndex: 1, itemsPerPage: 0 });
    expect(await page('&startIndex=9')).toMatchObject({ totalResults: 3, Resources: [] });
  });

  test('shows what is asked for', async () => {
    const of = async (more: string) =>
      Object.keys(((await find('externalId eq "Ext-1"', more)).Resources as readonly Resource[])[0] ?? {});
    expect(await of('&attributes=userName,emails.value')).toEqual(['schemas', 'id', 'userName', 'emails']);
    expect(await of('&excludedAttributes=emails,meta,active')).not.toContain('emails');
    const [found] = (await find('externalId eq "Ext-1"', '&attributes=emails.type'))
      .Resources as readonly Resource[];
    expect(found?.emails).toEqual([{ type: 'home' }]);
  });
});

describe('a group', () => {
  const assignments = async ({ userName }: Resource) =>
    (await account(userName))?.assignments.map(({ role, scope }) => [role, scope.kind]);

  test('gives its members the roles that the tree gives it, and takes them away again', async () => {
    const [one, two] = [await makeUser({ displayName: 'One' }), await makeUser()];
    const { id, members } = await makeGroup('Security', [one]);
    expect(members).toEqual([
      { value: one.id, $ref: `${gateway.url}/scim/v2/Users/${one.id}`, display: 'One', type: 'User' },
    ]);
    expect(await assignments(one)).toEqual([['security-analyst', 'organization']]);
    expect((await ask('GET', `/Users/${one.id}`)).body.groups).toEqual([
      { value: id, $ref: `${gateway.url}/scim/v2/Groups/${id}`, display: 'Security' },
    ]);
    await patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: two.id }] });
    const desk = await makeGroup('Desk owners', [two]);
    expect(await assignments(two)).toEqual([
      ['security-analyst', 'organization'],
      ['application-owner', 'application'],
    ]);
    await patch(`/Groups/${id}`, { op: 'remove', path: `members[value eq "${two.id}"]` });
    expect(await assignments(two)).toEqual([['application-owner', 'application']]);
    await patch(`/Groups/${id}`, { op: 'remove', path: 'members', value: [{ value: one.id }] });
    expect(await assignments(one)).toEqual([]);
    await patch(`/Groups/${id}`, { op: 'replace', path: 'members', value: [{ value: two.id }] });
    expect(await assignments(two)).toHaveLength(2);
    expect(await ask('DELETE', `/Groups/${id}`)).toMatchObject({ status: 204 });
    expect(await ask('DELETE', `/Groups/${desk.id}`)).toMatchObject({ status: 204 });
    expect(await assignments(two)).toEqual([]);
  });

  test('that is called otherwise gives other roles', async () => {
    const one = await makeUser();
    const { id } = await makeGroup('Nothing of it', [one]);
    expect(await assignments(one)).toEqual([]);
    await patch(`/Groups/${id}`, { op: 'replace', value: { id, displayName: 'On call' } });
    expect(await assignments(one)).toEqual([['on-call', 'organization']]);
    expect(await ask('DELETE', `/Groups/${id}`)).toMatchObject({ status: 204 });
  });

  test.each([
    ['of a name that is taken', { displayName: 'TAKEN' }, 409, 'uniqueness'],
    ['without a name', {}, 400, 'invalidValue'],
    [
      'of members that nobody is',
      { displayName: 'x', members: [{ value: 'usr_none' }] },
      400,
      'invalidValue',
    ],
    ['of members without a value', { displayName: 'x', members: [{ display: 'x' }] }, 400, 'invalidValue'],
  ])('%s is not made', async (_, given, status, scimType) => {
    await ask('POST', '/Groups', { schemas: [GROUP], displayName: 'Taken' });
    expect(await ask('POST', '/Groups', { schemas: [GROUP], ...given })).toMatchObject({
      status,
      body: { scimType },
    });
  });

  test('that is renamed to a name that is taken stays', async () => {
    await ask('POST', '/Groups', { schemas: [GROUP], displayName: 'Taken' });
    const { id } = await makeGroup('Free');
    expect(
      await patch(`/Groups/${id}`, { op: 'replace', path: 'displayName', value: 'taken' }),
    ).toMatchObject({
      status: 409,
      body: { scimType: 'uniqueness' },
    });
    expect((await ask('GET', '/Groups?filter=displayName%20eq%20%22free%22')).body).toMatchObject({
      totalResults: 1,
    });
  });

  test('of many who are added at once loses none', async () => {
    const users = await Promise.all(Array.from({ length: 8 }, () => makeUser()));
    const { id } = await makeGroup('Crowd');
    const answers = await Promise.all(
      users.map((user) =>
        patch(`/Groups/${id}`, { op: 'add', path: 'members', value: [{ value: user.id }] }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(users.map(() => 200));
    expect((await ask('GET', `/Groups/${id}`)).body.members).toHaveLength(8);
  });
});

describe('somebody who left', () => {
  /** As single sign-on would: the directory's people have no password here. */
  async function signedIn({ userName }: Resource): Promise<{ session: Browser; access: string }> {
    const { administrators } = gateway.gateway.office.stores;
    const found = await account(userName);
    if (!found) throw new Error('there is no account');
    const [{ createHash }, nowMs] = [await import('node:crypto'), Date.now()];
    const hashOf = (text: string) => createHash('sha256').update(text).digest('hex');
    const cookie = `cookie-of-${found.reference}-${'x'.repeat(20)}`;
    const access = `bza_${'a'.repeat(43 - 6)}${String(number).padStart(6, '0')}`;
    await administrators.sessions.add({
      id: `ses_${found.reference}`,
      hash: hashOf(cookie),
      administrator: found.id,
      createdAtMs: nowMs,
      authenticatedAtMs: nowMs,
      lastSeenAtMs: nowMs,
      expiresAtMs: nowMs + 60_000,
      address: '127.0.0.1',
      userAgent: 'test',
      methods: ['sso'],
    });
    await administrators.tokens.add({
      id: `tok_${found.reference}`,
      hash: hashOf(access),
      administrator: found.id,
      name: 'mine',
      hint: 'bza_aaaaaa',
      permissions: null,
      createdAtMs: nowMs,
      expiresAtMs: nowMs + 60_000,
      lastUsedAtMs: null,
    });
    const session = openBrowser(gateway.url);
    session.cookies.set('bartizan_session', cookie);
    return { session, access };
  }
  const enters = async ({ session, access }: { session: Browser; access: string }) => {
    const bearer = await fetch(`${gateway.url}/api/v1/session`, {
      headers: { authorization: `Bearer ${access}` },
    });
    return [(await session.fetch('/api/v1/session')).status, bearer.status];
  };

  test.each<[string, (id: string, userName: unknown) => Promise<Answer>]>([
    [
      'is not active any more',
      (id) => patch(`/Users/${id}`, { op: 'replace', path: 'active', value: false }),
    ],
    [
      'is not active any more, as Entra says it',
      (id) => patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' }),
    ],
    [
      'is not active any more, as Okta says it',
      (id) => patch(`/Users/${id}`, { op: 'replace', value: { active: false } }),
    ],
    [
      'is replaced by one who is not active',
      (id, userName) => ask('PUT', `/Users/${id}`, { schemas: [USER], userName, active: false }),
    ],
    ['is removed', (id) => ask('DELETE', `/Users/${id}`)],
  ])('and %s has no session and no token any more, at once', async (_, leave) => {
    const user = await makeUser();
    const inside = await signedIn(user);
    expect(await enters(inside)).toEqual([200, 200]);
    expect([200, 204]).toContain((await leave(user.id, user.userName)).status);
    expect(await enters(inside)).toEqual([401, 401]);
  });

  test('and comes back is let in again, but not by what was open before', async () => {
    const user = await makeUser();
    const inside = await signedIn(user);
    await patch(`/Users/${user.id}`, { op: 'replace', path: 'active', value: false });
    expect(await account(user.userName)).toMatchObject({ isEnabled: false });
    await patch(`/Users/${user.id}`, { op: 'replace', path: 'active', value: true });
    expect(await account(user.userName)).toMatchObject({ isEnabled: true });
    expect(await enters(inside)).toEqual([401, 401]);
  });

  test('is removed with the account, and the name is free again', async () => {
    const user = await makeUser();
    await makeGroup(`Left ${number}`, [user]);
    await ask('DELETE', `/Users/${user.id}`);
    expect(await account(user.userName)).toBeUndefined();
    expect(await ask('GET', `/Users/${user.id}`)).toMatchObject({ status: 404 });
    const again = await makeUser({ userName: user.userName });
    expect(again.id).not.toBe(user.id);
    expect(again).not.toHaveProperty('groups');
  });

  test('stands in the record, by reference, with who did it', async () => {
    const user = await makeUser({ userName: 'recorded@example.com' });
    await patch(`/Users/${user.id}`, { op: 'replace', path: 'active', value: false });
    const entries = (await gateway.record()).map(({ entry }) => entry);
    const acts = entries.filter((entry) => entry.kind === 'administration');
    const own = acts.filter(({ changes }) => changes?.includes('account recorded@example.com'));
    expect(own.map(({ action, actor, before, after }) => [action, actor, before, after])).toEqual([
      ['administrator.provision', 'owner@example.com', undefined, 'enabled'],
      ['administrator.reprovision', 'owner@example.com', 'enabled', 'disabled'],
    ]);
    expect(acts.filter(({ subject }) => subject === user.id).map(({ action }) => action)).toEqual([
      'directory.user.create',
      'directory.user.change',
    ]);
  });
});
