/** The five operations on named parts of the configuration tree, for whichever section they belong to. */
import type { Configuration } from '../contract/configuration.ts';
import { reachesApplication, reachesGroup, type Reach } from '../domain/administrator.ts';
import { Refusal } from '../domain/refusal.ts';
import type { ConfigurationRoom } from '../governance/configuration/configuration.ts';
import { changeTree } from './change-tree.ts';
import { etagOf, requireEtag } from './etag.ts';
import type { SignedInAsking } from './handler.ts';

export type Section =
  | 'alerts'
  | 'applications'
  | 'groups'
  | 'guardrails'
  | 'issuers'
  | 'limits'
  | 'models'
  | 'policies'
  | 'principals'
  | 'providers';

export type Part<Of extends Section> = Configuration[Of][string];

export interface NamedPart<Of extends Section> {
  readonly name: string;
  readonly etag: string;
  readonly value: Part<Of>;
}

export interface PartVersion<Of extends Section> {
  readonly version: number;
  readonly atMs: number;
  readonly actor: string;
  readonly etag: string | null;
  readonly value: Part<Of> | null;
}

interface Page<Item> {
  readonly items: Item[];
  readonly next: string | null;
}

interface PartQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly search?: string | undefined;
}

interface ByName {
  readonly path: { readonly name: string };
}

export interface PartHandlers<Of extends Section> {
  list(asked: { readonly query: PartQuery }, asking: SignedInAsking): Promise<Page<NamedPart<Of>>>;
  get(asked: ByName, asking: SignedInAsking): Promise<NamedPart<Of>>;
  create(
    asked: { readonly body: { readonly name: string; readonly value: Part<Of> } },
    asking: SignedInAsking,
  ): Promise<NamedPart<Of>>;
  change(
    asked: ByName & { readonly body: { readonly value: Part<Of> } },
    asking: SignedInAsking,
  ): Promise<NamedPart<Of>>;
  remove(asked: ByName, asking: SignedInAsking): Promise<undefined>;
  versions(
    asked: ByName & { readonly query: Pick<PartQuery, 'cursor' | 'limit'> },
    asking: SignedInAsking,
  ): Promise<Page<PartVersion<Of>>>;
}

export function partHandlers<Of extends Section>(room: ConfigurationRoom, section: Of): PartHandlers<Of> {
  async function find(name: string, reach: Reach): Promise<NamedPart<Of>> {
    const value = partOf((await room.inForce()).configuration, section, name);
    if (value === undefined || !isSeen(section, name, value, reach)) throw missing(name);
    return named(name, value);
  }

  async function change(
    name: string,
    actor: string,
    next: (before: Part<Of> | undefined) => Part<Of> | undefined,
  ): Promise<NamedPart<Of> | undefined> {
    const tree = await changeTree(
      room,
      actor,
      (current) => withPart(current, section, name, next(partOf(current, section, name))),
      { from: [section, name], to: ['value'] },
    );
    const value = partOf(tree, section, name);
    return value && named(name, value);
  }

  return {
    async list({ query }, { reach }) {
      const { configuration } = await room.inForce();
      const wanted = query.search?.toLowerCase();
      const seen = Object.entries<Part<Of>>(sectionOf(configuration, section))
        .filter(([name, value]) => isSeen(section, name, value, reach))
        .filter(([name, value]) => wanted === undefined || mentions(name, value, wanted))
        .map(([name, value]) => named<Of>(name, value))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      return pageFrom(seen, query, ({ name }) => name);
    },
    get: ({ path }, { reach }) => find(path.name, reach),
    async create({ body }, { actor, reach }) {
      const { name, value } = body;
      requireReach(section, name, value, reach);
      const made = await change(name, actor, (before) => {
        if (before !== undefined) throw new Refusal('conflict', `there is one of this name: ${name}`);
        return value;
      });
      return made ?? named(name, value);
    },
    async change({ path: { name }, body: { value } }, { actor, reach, ifMatch }) {
      await find(name, reach);
      requireReach(section, name, value, reach);
      const made = await change(name, actor, (before) => {
        if (before === undefined) throw missing(name);
        requireReach(section, name, before, reach);
        requireEtag(ifMatch, etagOf(before));
        return value;
      });
      return made ?? named(name, value);
    },
    async remove({ path: { name } }, { actor, reach, ifMatch }) {
      await find(name, reach);
      await change(name, actor, (before) => {
        if (before === undefined) throw missing(name);
        requireReach(section, name, before, reach);
        requireEtag(ifMatch, etagOf(before));
        return undefined;
      });
      return undefined;
    },
    async versions({ path: { name }, query }, { reach }) {
      const all = await partVersions(room, section, name);
      const seen = all.filter(({ value }) => value === null || isSeen(section, name, value, reach));
      if (seen.every(({ value }) => value === null)) throw missing(name);
      return pageFrom(seen, query, ({ version }) => String(version));
    },
  };
}

/** Versions of the tree that are looked through. */
const MAX_VERSIONS = 500;

/** Those of the tree that changed it, newest first. */
async function partVersions<Of extends Section>(
  room: ConfigurationRoom,
  section: Of,
  name: string,
): Promise<readonly PartVersion<Of>[]> {
  const changed: PartVersion<Of>[] = [];
  for (const { version, atMs, actor } of await room.versions({ limit: MAX_VERSIONS })) {
    const { stored } = await room.version(version);
    const value = partOf(stored.configuration, section, name) ?? null;
    const etag = value === null ? null : etagOf(value);
    const newer = changed.at(-1);
    // The older of two that are the same is the one that brought it.
    if (newer?.etag === etag) changed.pop();
    changed.push({ version, atMs, actor, etag, value });
  }
  if (changed.at(-1)?.etag === null) changed.pop();
  return changed;
}

function pageFrom<Item>(
  all: readonly Item[],
  { cursor, limit }: Pick<PartQuery, 'cursor' | 'limit'>,
  keyOf: (item: Item) => string,
): Page<Item> {
  const start = cursor === undefined ? 0 : all.findIndex((item) => keyOf(item) === cursor) + 1;
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  return { items, next: last !== undefined && start + limit < all.length ? keyOf(last) : null };
}

type Sections = { readonly [Of in Section]: Readonly<Record<string, Part<Of>>> };

function sectionOf<Of extends Section>(sections: Sections, section: Of): Sections[Of] {
  return sections[section];
}

function partOf<Of extends Section>(
  configuration: Configuration,
  section: Of,
  name: string,
): Part<Of> | undefined {
  const parts = sectionOf(configuration, section);
  return Object.hasOwn(parts, name) ? parts[name] : undefined;
}

function withPart<Of extends Section>(
  configuration: Configuration,
  section: Of,
  name: string,
  value: Part<Of> | undefined,
): Configuration {
  const { [name]: _, ...others } = sectionOf(configuration, section);
  return { ...configuration, [section]: value === undefined ? others : { ...others, [name]: value } };
}

function named<Of extends Section>(name: string, value: Part<Of>): NamedPart<Of> {
  return { name, etag: etagOf(value), value };
}

function missing(name: string): Refusal {
  return new Refusal('not_found', `there is no ${name} here`);
}

function mentions(name: string, value: object, wanted: string): boolean {
  const told = ['description', 'purpose', 'display_name', 'issuer'].map(
    (key) => (value as Record<string, unknown>)[key],
  );
  return [name, ...told].some((text) => typeof text === 'string' && text.toLowerCase().includes(wanted));
}

/** Whose parts are limited to some applications see those, and what binds everybody; never another application's own. */
function isSeen(section: Section, name: string, value: object, reach: Reach): boolean {
  if (reach.kind === 'everything') return true;
  // Of the house as a whole: nobody else is told where its messages go.
  if (section === 'alerts') return false;
  if (section === 'applications') return reachesApplication(reach, name);
  if (section === 'groups') return reachesGroup(reach, name);
  if (section === 'principals') return listIn(value, 'groups').some((group) => reachesGroup(reach, group));
  const applications = listIn(value, 'applications');
  return applications.length === 0 || applications.some((each) => reachesApplication(reach, each));
}

/** Who is limited to some applications changes what concerns those alone. @throws Refusal `permission_denied` */
function requireReach(section: Section, name: string, value: object, reach: Reach): void {
  if (reach.kind === 'everything') return;
  const applications = section === 'applications' ? [name] : listIn(value, 'applications');
  const isOwn =
    (section === 'applications' || section === 'guardrails' || section === 'limits') &&
    applications.length > 0 &&
    applications.every((each) => reachesApplication(reach, each));
  if (!isOwn)
    throw new Refusal('permission_denied', 'this concerns more than the applications that you look after');
}

function listIn(value: object, key: string): readonly string[] {
  const list = (value as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(list) ? list.filter((item) => typeof item === 'string') : [];
}
