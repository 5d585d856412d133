/** One part of the configuration while somebody works on it: theirs, what it was begun from, and what others did meanwhile. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiProblem } from '@contract/api/client.ts';
import type { OperationName } from '@contract/api/operations.ts';
import { readAgain } from '../api.ts';

export interface Held<Value> {
  readonly name: string;
  readonly etag: string;
  readonly value: Value;
}

/** How one kind of part is read and changed. */
export interface PartDoor<Value> {
  readonly get: OperationName;
  /** Read again once something has changed. */
  readonly rereads: readonly OperationName[];
  create(name: string, value: Value): Promise<Held<Value>>;
  change(name: string, value: Value, etag: string): Promise<Held<Value>>;
  remove(name: string, etag: string): Promise<unknown>;
}

export interface PartDraft<Value> {
  readonly name: string;
  readonly value: Value;
  setValue(value: Value): void;
  /** What it was begun from, or last published as. */
  readonly base: Held<Value>;
  /** What is in force by now, where that is somebody else's. */
  readonly theirs: Held<Value> | undefined;
  readonly isChanged: boolean;
  readonly problem: unknown;
  /** Whether it was published. */
  publish(): Promise<boolean>;
  /** Goes on from what is in force now, with one's own text. */
  keepMine(): void;
  takeTheirs(): void;
  discard(): void;
  /** Puts an earlier value in force; one's own text stays, beside what is in force then. */
  goBack(earlier: Value): Promise<void>;
}

/** `current` is what was last read of it: somebody else may have changed it since. */
export function usePartDraft<Value>(door: PartDoor<Value>, current: Held<Value>): PartDraft<Value> {
  const cache = useQueryClient();
  const [base, setBase] = useState(current);
  const [value, setValue] = useState(current.value);
  const [problem, setProblem] = useState<unknown>();
  const { name } = current;
  const isChanged = textOf(value) !== textOf(base.value);
  // Nothing of one's own is lost by it.
  if (!isChanged && current.etag !== base.etag) {
    setBase(current);
    setValue(current.value);
  }

  /** What is in force from now on. */
  async function show(next: Held<Value>): Promise<void> {
    cache.setQueryData([door.get, { path: { name } }], next);
    await readAgain(cache, door.rereads);
  }

  return {
    name,
    value,
    setValue,
    base,
    theirs: current.etag === base.etag ? undefined : current,
    isChanged,
    problem,
    async publish() {
      try {
        const published = await door.change(name, value, base.etag);
        const shown = show(published);
        setBase(published);
        setValue(published.value);
        setProblem(undefined);
        await shown;
        return true;
      } catch (error) {
        // What is in force now is shown beside one's own text: that says more than the refusal.
        if (isStale(error)) await cache.invalidateQueries({ queryKey: [door.get] });
        setProblem(isStale(error) ? undefined : error);
        return false;
      }
    },
    keepMine: () => setBase(current),
    takeTheirs() {
      setBase(current);
      setValue(current.value);
      setProblem(undefined);
    },
    discard() {
      setValue(base.value);
      setProblem(undefined);
    },
    goBack: async (earlier) => show(await door.change(name, earlier, current.etag)),
  };
}

function isStale(error: unknown): boolean {
  return error instanceof ApiProblem && error.problem.code === 'etag_stale';
}

/** As it is compared and shown: the same whatever the order of its keys. */
export function textOf(value: unknown): string {
  return JSON.stringify(sorted(value), null, 2);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, part]) => part !== undefined);
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, part]) => [key, sorted(part)]),
  );
}
