/** New rows while one watches: kept in a ring, drawn a few times a second between frames, and counted where there are too many. */
import { startTransition, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useWatch, type Watching } from '../../watch.ts';
import { newestFirst, withNew } from './ring.ts';
import type { Interaction, InteractionQuery } from './interaction-query.ts';

export interface LiveRows {
  readonly watching: Watching;
  /** Newest first. */
  readonly rows: readonly Interaction[];
  /** Came while it was paused, and wait. */
  readonly waiting: number;
  /** Fitted, and were left out because there were too many at once. */
  readonly leftOut: number;
  readonly isPaused: boolean;
  readonly setPaused: (isPaused: boolean) => void;
}

interface Drawn {
  readonly rows: ReadonlyMap<string, Interaction>;
  readonly leftOut: number;
}

const NOTHING: Drawn = { rows: new Map(), leftOut: 0 };

/** Other filters begin anew: give it a `key` of them. */
export function useLiveRows(query: InteractionQuery, isOn: boolean): LiveRows {
  const [drawn, setDrawn] = useState(NOTHING);
  const [waiting, setWaiting] = useState(0);
  const [isPaused, setPaused] = useState(false);
  const coming = useRef<{ rows: Interaction[]; leftOut: number }>({ rows: [], leftOut: 0 });
  const frame = useRef<number | undefined>(undefined);

  const draw = useCallback((): void => {
    frame.current = undefined;
    const { rows, leftOut } = coming.current;
    coming.current = { rows: [], leftOut: 0 };
    setWaiting(0);
    if (rows.length === 0 && leftOut === 0) return;
    // In slices, so that what somebody does meanwhile, and what moves, is not held up.
    startTransition(() =>
      setDrawn((before) => {
        const next = withNew(before.rows, rows);
        return { rows: next.rows, leftOut: before.leftOut + leftOut + next.dropped };
      }),
    );
  }, []);
  useEffect(
    () => () => {
      if (frame.current !== undefined) cancelAnimationFrame(frame.current);
    },
    [],
  );

  const watching = useWatch('watchInteractions', query, {
    isOn,
    onEvent({ items, leftOut }) {
      coming.current = {
        rows: [...coming.current.rows, ...items].slice(-MAX_WAITING),
        leftOut:
          coming.current.leftOut +
          leftOut +
          Math.max(0, coming.current.rows.length + items.length - MAX_WAITING),
      };
      if (isPaused) setWaiting(coming.current.rows.length + coming.current.leftOut);
      else frame.current ??= requestAnimationFrame(draw);
    },
  });

  const rows = useMemo(() => newestFirst(drawn.rows), [drawn.rows]);
  return {
    watching,
    rows,
    waiting,
    leftOut: drawn.leftOut,
    isPaused,
    setPaused(next) {
      setPaused(next);
      if (!next) draw();
    },
  };
}

const MAX_WAITING = 500;
