/** How far each destination has come, in memory. */
import { newCursor, type Cursor, type Cursors, type Turn } from '../../governance/siem/cursors.ts';

interface Row {
  cursor: Cursor;
  generation: number;
  holder: string;
  untilMs: number;
}

export function createMemorySiemCursors(): Cursors {
  const rows = new Map<string, Row>();
  const rowOf = ({ destination, holder, generation }: Turn): Row | undefined => {
    const row = rows.get(destination);
    return row?.holder === holder && row.generation === generation ? row : undefined;
  };
  return {
    read: async (destination) => rows.get(destination)?.cursor,
    async take(destination, holder, { nowMs, untilMs }, start) {
      const row = rows.get(destination) ?? { cursor: newCursor(start), generation: 0, holder, untilMs };
      if (row.holder !== holder && row.untilMs > nowMs) return undefined;
      rows.set(destination, Object.assign(row, { holder, untilMs }));
      return { turn: { destination, holder, generation: row.generation }, cursor: row.cursor };
    },
    async save(turn, cursor, untilMs) {
      const row = rowOf(turn);
      if (row) Object.assign(row, { cursor, untilMs });
      return row !== undefined;
    },
    async release(turn) {
      const row = rowOf(turn);
      if (row) row.untilMs = 0;
    },
    async rewind(destination, position) {
      const row = rows.get(destination);
      if (row) Object.assign(row, { cursor: { ...row.cursor, position }, generation: row.generation + 1 });
      return row !== undefined;
    },
  };
}
