/** One kind of part, as it is edited: what all of them have in common is `PartScreen` and `NewPart`. */
import type { ComponentType, ReactNode } from 'react';
import type { Permission } from '@contract/api/permissions.ts';
import type { Held, PartDoor } from './part-draft.ts';

export interface FormOf<Value> {
  /** Empty as long as one that is yet to come has none. */
  readonly name: string;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
  readonly disabled: boolean;
  /** What is wrong, by pointer within the value. */
  readonly errorAt: (pointer: string) => string | undefined;
  /** As it is in force; absent for one that is yet to come. */
  readonly held: Held<Value> | undefined;
  /** Puts an earlier value in force again; absent for those who may not. */
  readonly onGoBack: ((value: Value) => Promise<void>) | undefined;
  /** Where one that is yet to come is given its name: before its other fields. */
  readonly nameField: ReactNode;
}

interface OfHeld<Value> {
  readonly held: Held<Value>;
}

export interface PartKind<Value> {
  readonly door: PartDoor<Value>;
  /** `group` */
  readonly noun: string;
  /** The way back up; the last of them is its list. */
  readonly parents: readonly { readonly title: string; readonly to: string }[];
  /** Each is below it. */
  readonly base: string;
  /** Where one is after a new one was made; at the new one itself, unless told. */
  readonly landing?: string;
  readonly write: Permission;
  /** The applications that one is about alone; absent: it is about more. */
  readonly concerns?: (held: Held<Value>) => readonly string[];
  /** What follows from removing one. */
  readonly removal: ReactNode;
  /** Pointers of errors that the form shows beside its fields. */
  readonly shows: RegExp;
  /** The button that does it: a verb. */
  readonly publish?: (value: Value, isNew: boolean) => string;
  /** Said where nothing is changed. */
  readonly settled?: string;
  /** Below the title. */
  readonly describe?: (value: Value) => string;
  readonly Form: ComponentType<FormOf<Value>>;
  readonly Actions?: ComponentType<OfHeld<Value>>;
  readonly Above?: ComponentType<OfHeld<Value>>;
  readonly Below?: ComponentType<OfHeld<Value>>;
}

/** What `useAskPages` gives. */
export interface Asked<Item> {
  readonly rows: readonly Item[] | undefined;
  readonly error: Error | null;
  readonly isPlaceholderData: boolean;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
  readonly refetch: () => unknown;
}
