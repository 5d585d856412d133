/** The record as the index follows it: leaves, and under whose key lies who it was. Nothing is opened here. */
import type { Kysely } from 'kysely';
import type { LeafReader } from '../leaf-reader.ts';
import type { Tables } from '../tables.ts';

export interface SpooledLeaf {
  readonly index: number;
  readonly leaf: string;
  readonly principal: string | undefined;
  readonly hasContent: boolean;
}

export interface SpooledLeaves {
  readonly leaves: readonly SpooledLeaf[];
  readonly end: number;
  readonly isLast: boolean;
}

export interface Spool {
  read(from: number, limit: number): Promise<SpooledLeaves>;
  newest(): Promise<number>;
  principalAt(index: number): Promise<string | undefined>;
  close(): Promise<void>;
}

export function createSpool(queries: Kysely<Tables>, leaves: LeafReader, close: () => Promise<void>): Spool {
  return {
    async read(from, limit) {
      const rows = await rowsFrom(queries, from, limit);
      const texts = await leaves.read(rows.map(({ leaf_index: index }) => index));
      return {
        leaves: rows.flatMap(({ leaf_index: index, subject, content }) => {
          const leaf = texts.get(index);
          return leaf === undefined
            ? []
            : [{ index, leaf, principal: subject ?? undefined, hasContent: content !== null }];
        }),
        end: (rows.at(-1)?.leaf_index ?? from - 1) + 1,
        isLast: rows.length < limit,
      };
    },
    async newest() {
      const row = await queries.selectFrom('log_counter').select('sequenced').executeTakeFirstOrThrow();
      return row.sequenced;
    },
    async principalAt(index) {
      const row = await queries
        .selectFrom('audit')
        .innerJoin('audit_identities', 'audit_identities.id', 'audit.identity')
        .select('audit_identities.subject')
        .where('audit.leaf_index', '=', index)
        .executeTakeFirst();
      return row?.subject;
    },
    close,
  };
}

function rowsFrom(queries: Kysely<Tables>, from: number, limit: number) {
  return queries
    .selectFrom('audit')
    .leftJoin('audit_identities', 'audit_identities.id', 'audit.identity')
    .leftJoin('audit_content', 'audit_content.leaf_index', 'audit.leaf_index')
    .select(['audit.leaf_index', 'audit_identities.subject', 'audit_content.leaf_index as content'])
    .where('audit.leaf_index', '>=', from)
    .orderBy('audit.leaf_index')
    .limit(limit)
    .execute();
}
