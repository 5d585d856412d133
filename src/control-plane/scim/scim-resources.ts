/** Users and groups at their addresses: read, searched, made, replaced, changed and removed. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../../domain/refusal.ts';
import {
  membersOf,
  type DirectoryEntry,
  type DirectoryKind,
  type Provisioning,
} from '../../governance/provisioning/provisioning.ts';
import { ScimError } from './scim-error.ts';
import { fits, parseFilter } from './scim-filter.ts';
import { listPage, listResponse, originOf } from './scim-list.ts';
import { applyPatch } from './scim-patch.ts';
import { isRecord, projected, readResource, type Projection, type ScimContent } from './scim-resource.ts';
import type { ScimSchema } from './scim-schema.ts';

export interface ResourceMount {
  readonly schema: ScimSchema;
  readonly base: string;
  readonly provisioning: Provisioning;
  readonly actorOf: (request: FastifyRequest) => string;
}

/** As an administrator's id. */
const USER_NAME = /^[A-Za-z0-9][A-Za-z0-9._:/@+-]{0,127}$/;

interface ById {
  Params: { id: string };
}

export function mountResource(rooms: FastifyInstance, mount: ResourceMount): void {
  const { schema, provisioning, actorOf } = mount;
  const kind: DirectoryKind = schema.name === 'User' ? 'user' : 'group';
  const one = `${schema.endpoint}/:id`;
  const shown = async (request: FastifyRequest, entry: DirectoryEntry) =>
    rendered(mount, request, entry, await relatives(provisioning, kind));
  const answer = async (request: FastifyRequest, reply: FastifyReply, entry: DirectoryEntry) => {
    const resource = await shown(request, entry);
    reply.header('etag', versionOf(entry)).header('location', locationOf(mount, request, entry.id));
    return projected(schema, resource, projectionOf(request));
  };

  rooms.get(schema.endpoint, async (request) => {
    const { filter } = queryOf(request);
    const parsed = filter === undefined ? undefined : parseFilter(filter);
    const others = await relatives(provisioning, kind);
    const all = (await provisioning.list(kind)).map((entry) => rendered(mount, request, entry, others));
    const found = parsed ? all.filter((resource) => fits(parsed, resource, schema)) : all;
    const { Resources, ...page } = listResponse(found, listPage(queryOf(request)));
    const projection = projectionOf(request);
    return {
      ...page,
      Resources: Resources.flatMap((each) => (isRecord(each) ? [projected(schema, each, projection)] : [])),
    };
  });

  rooms.post(schema.endpoint, async (request, reply) => {
    const content = await checked(mount, readResource(schema, request.body));
    const entry = await asUniqueness(() => provisioning.create(kind, content, actorOf(request)));
    return answer(request, reply.code(201), entry);
  });

  rooms.get<ById>(one, async (request, reply) => {
    const entry = await provisioning.find(kind, request.params.id);
    if (request.headers['if-none-match'] === versionOf(entry)) return reply.code(304).send();
    return answer(request, reply, entry);
  });

  const change =
    (what: (current: DirectoryEntry, body: unknown) => ScimContent) =>
    async (request: FastifyRequest<ById>, reply: FastifyReply) => {
      const { id } = request.params;
      const known = await memberIds(mount);
      const changed = (current: DirectoryEntry) => {
        requireMatch(request, current);
        const content = what(current, request.body);
        check(mount, content, known);
        return content;
      };
      const entry = await asUniqueness(() => provisioning.change(kind, id, changed, actorOf(request)));
      return answer(request, reply, entry);
    };
  rooms.put<ById>(
    one,
    change((_, body) => readResource(schema, body)),
  );
  rooms.patch<ById>(
    one,
    change(({ content }, body) => applyPatch(schema, content, body)),
  );

  rooms.delete<ById>(one, async (request, reply) => {
    const requireIt = (current: DirectoryEntry) => requireMatch(request, current);
    await provisioning.remove(kind, request.params.id, requireIt, actorOf(request));
    return reply.code(204).send();
  });
}

const versionOf = ({ version }: DirectoryEntry) => `W/"${version}"`;

const locationOf = ({ schema, base }: ResourceMount, request: FastifyRequest, id: string) =>
  `${originOf(request)}${base}${schema.endpoint}/${id}`;

/** @throws ScimError 412 where somebody's change came between */
function requireMatch({ headers }: FastifyRequest, entry: DirectoryEntry): void {
  const given = headers['if-match'];
  if (given === undefined || given.trim() === '*') return;
  const tags = given.split(',').map((tag) => tag.trim().replace(/^(?!W\/)/, 'W/'));
  if (!tags.includes(versionOf(entry))) throw new ScimError(412, 'it was changed meanwhile: read it again');
}

function queryOf({ query }: FastifyRequest): Readonly<Record<string, string | undefined>> {
  if (!isRecord(query)) return {};
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [name, typeof value === 'string' ? value : undefined]),
  );
}

function projectionOf(request: FastifyRequest): Projection {
  const { attributes, excludedAttributes } = queryOf(request);
  return { attributes, excludedAttributes };
}

/** The house's word for a name that is taken is `conflict`; SCIM's is uniqueness. */
async function asUniqueness<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    // Other conflicts, such as with the last owner, name no part of what was sent.
    if (error instanceof Refusal && error.code === 'conflict' && error.details.pointer !== undefined)
      throw new ScimError(409, error.message, 'uniqueness');
    throw error;
  }
}

async function checked(mount: ResourceMount, content: ScimContent): Promise<ScimContent> {
  check(mount, content, await memberIds(mount));
  return content;
}

async function memberIds({ schema, provisioning }: ResourceMount): Promise<ReadonlySet<string>> {
  if (schema.name === 'User') return new Set();
  return new Set((await provisioning.list('user')).map(({ id }) => id));
}

/** @throws ScimError `invalidValue` for a name that no account can have, and members that nobody is */
function check({ schema }: ResourceMount, content: ScimContent, users: ReadonlySet<string>): void {
  if (schema.name === 'User') {
    if (!USER_NAME.test(String(content.userName)))
      throw new ScimError(400, 'userName holds characters that no account may have', 'invalidValue');
    return;
  }
  const members: readonly unknown[] = Array.isArray(content.members) ? content.members : [];
  for (const member of members)
    if (!isRecord(member) || typeof member.value !== 'string' || !users.has(member.value))
      throw new ScimError(400, 'a member is none of the users', 'invalidValue');
}

/** For users the groups, for groups the users: what the one says of the other is made when it is read. */
function relatives(provisioning: Provisioning, kind: DirectoryKind): Promise<readonly DirectoryEntry[]> {
  return provisioning.list(kind === 'user' ? 'group' : 'user');
}

function rendered(
  mount: ResourceMount,
  request: FastifyRequest,
  entry: DirectoryEntry,
  others: readonly DirectoryEntry[],
): ScimContent {
  const { schema } = mount;
  const { id, content, createdAtMs, modifiedAtMs } = entry;
  const { members: _, ...own } = content;
  return {
    schemas: [schema.id],
    id,
    ...own,
    ...(schema.name === 'User'
      ? { active: content.active ?? true, ...groupsOf(mount, request, id, others) }
      : membersShown(mount, request, entry, others)),
    meta: {
      resourceType: schema.name,
      created: new Date(createdAtMs).toISOString(),
      lastModified: new Date(modifiedAtMs).toISOString(),
      location: locationOf(mount, request, id),
      version: versionOf(entry),
    },
  };
}

function groupsOf(
  { base }: ResourceMount,
  request: FastifyRequest,
  id: string,
  groups: readonly DirectoryEntry[],
) {
  const own = groups.filter((group) => membersOf(group).includes(id));
  if (own.length === 0) return {};
  return {
    groups: own.map((group) => ({
      value: group.id,
      $ref: `${originOf(request)}${base}/Groups/${group.id}`,
      display: group.content.displayName,
    })),
  };
}

function membersShown(
  { base }: ResourceMount,
  request: FastifyRequest,
  entry: DirectoryEntry,
  users: readonly DirectoryEntry[],
) {
  const ids = new Set(membersOf(entry));
  // Users that are there no more are members of nothing.
  const members = users.filter(({ id }) => ids.has(id));
  if (members.length === 0) return {};
  return {
    members: members.map(({ id, content }) => ({
      value: id,
      $ref: `${originOf(request)}${base}/Users/${id}`,
      display: content.displayName ?? content.userName,
      type: 'User',
    })),
  };
}
