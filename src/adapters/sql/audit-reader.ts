/** Reading the record in an SQL database: what entries are found by, their leaves, and what lies beside them. */
import type { Kysely } from 'kysely';
import type {
  AuditQuery,
  SealedContent,
  SealedPseudonyms,
  StoredBeside,
  StoredEntry,
} from '../../modules/audit/store.ts';
import type { LeafReader } from './leaf-reader.ts';
import type { Tables } from './tables.ts';

export interface AuditReader {
  read(query: AuditQuery): Promise<readonly StoredEntry[]>;
  beside(indexes: readonly number[]): Promise<readonly StoredBeside[]>;
  vault(index: number): Promise<readonly SealedPseudonyms[]>;
  unfinished(): Promise<readonly string[]>;
}

export function createAuditReader(
  queries: Kysely<Tables>,
  leaves: LeafReader,
  instance: string,
): AuditReader {
  return {
    async read(query) {
      const rows = await select(queries, query).execute();
      const texts = await leaves.read(rows.map(({ leaf_index }) => leaf_index));
      return rows.flatMap((row) => {
        const leaf = texts.get(row.leaf_index);
        return leaf === undefined ? [] : [storedEntry(row, leaf)];
      });
    },
    async beside(indexes) {
      if (indexes.length === 0) return [];
      const rows = await selectBeside(queries).where('audit.leaf_index', 'in', indexes).execute();
      return rows.map(storedBeside);
    },
    async vault(index) {
      const rows = await queries
        .selectFrom('audit_vault')
        .selectAll()
        .where('leaf_index', '=', index)
        .orderBy('subject')
        .execute();
      return rows.map(({ subject, wrapped_key: wrappedKey, sealed }) => ({
        subject,
        text: { wrappedKey, sealed },
      }));
    },
    async unfinished() {
      const rows = await queries
        .selectFrom('audit_open')
        .select('id')
        .where('instance', '=', instance)
        .orderBy('id')
        .execute();
      return rows.map(({ id }) => id);
    },
  };
}

function select(queries: Kysely<Tables>, query: AuditQuery) {
  const { instance, id, indexes, subjects, fromMs, toMs, after, descending = false } = query;
  let selected = selectBeside(queries)
    .select([
      'audit.instance',
      'audit.sequence',
      'audit_content.wrapped_key as content_key',
      'audit_content.sealed as content_sealed',
    ])
    .orderBy('audit.leaf_index', descending ? 'desc' : 'asc')
    .limit(query.limit);
  if (instance !== undefined) selected = selected.where('audit.instance', '=', instance);
  if (id !== undefined) selected = selected.where('audit.id', '=', id);
  if (indexes !== undefined) selected = selected.where('audit.leaf_index', 'in', [...indexes, -1]);
  if (fromMs !== undefined) selected = selected.where('audit.at_ms', '>=', fromMs);
  if (toMs !== undefined) selected = selected.where('audit.at_ms', '<', toMs);
  // A position is where the log ends with an entry in it.
  if (after !== undefined)
    selected = descending
      ? selected.where('audit.leaf_index', '<', after - 1)
      : selected.where('audit.leaf_index', '>=', after);
  if (subjects !== undefined)
    selected = selected.where(({ eb, or, selectFrom }) =>
      or([
        eb('audit_identities.subject', 'in', subjects),
        eb(
          'audit.leaf_index',
          'in',
          selectFrom('audit_subjects').select('leaf_index').where('subject', 'in', subjects),
        ),
      ]),
    );
  return selected;
}

type Row = Awaited<ReturnType<ReturnType<typeof select>['execute']>>[number];

function storedEntry(row: Row, leaf: string): StoredEntry {
  const { leaf_index: index, instance, sequence, erased_by: erasedBy } = row;
  const content = contentOf(row);
  return {
    index,
    instance,
    sequence,
    position: index + 1,
    leaf,
    ...identityOf(row),
    ...(content && { content }),
    ...(erasedBy === null ? {} : { erasedBy }),
  };
}

type IdentityColumns = Pick<Row, 'identity' | 'identity_subject' | 'identity_key' | 'identity_sealed'>;

function identityOf({
  identity,
  identity_subject: subject,
  identity_key: wrappedKey,
  identity_sealed: sealed,
}: IdentityColumns): Pick<StoredEntry, 'identity'> {
  return identity !== null && subject !== null && wrappedKey !== null && sealed !== null
    ? { identity: { id: identity, subject, text: { wrappedKey, sealed } } }
    : {};
}

/** What lies beside an entry: neither leaves nor what was said are read. */
function selectBeside(queries: Kysely<Tables>) {
  return queries
    .selectFrom('audit')
    .leftJoin('audit_identities', 'audit_identities.id', 'audit.identity')
    .leftJoin('audit_content', 'audit_content.leaf_index', 'audit.leaf_index')
    .select([
      'audit.leaf_index',
      'audit.erased_by',
      'audit.identity',
      'audit_identities.subject as identity_subject',
      'audit_identities.wrapped_key as identity_key',
      'audit_identities.sealed as identity_sealed',
      'audit_content.subjects as content_subjects',
    ]);
}

function storedBeside(
  row: Awaited<ReturnType<ReturnType<typeof selectBeside>['execute']>>[number],
): StoredBeside {
  const { leaf_index: index, erased_by: erasedBy, content_subjects: subjects } = row;
  return {
    index,
    ...identityOf(row),
    // Written by this house.
    ...(subjects === null ? {} : { contentSubjects: JSON.parse(subjects) as string[] }),
    ...(erasedBy === null ? {} : { erasedBy }),
  };
}

function contentOf(row: Row): SealedContent | undefined {
  const { content_subjects: subjects, content_key: wrappedKey, content_sealed: sealed } = row;
  if (subjects === null || wrappedKey === null || sealed === null) return undefined;
  // Written by this house.
  return { subjects: JSON.parse(subjects) as string[], wrappedKey, sealed };
}
