/** A legal hold: what must not be erased or purged, whatever else asks for it, until it is released. */
export interface Hold {
  readonly id: string;
  readonly createdAtMs: number;
  /** Entries that are about one of these identifiers; all where absent. The same for the others. */
  readonly subjects?: readonly string[];
  readonly application?: string;
  readonly fromMs?: number;
  readonly toMs?: number;
  /** The proceedings it serves, in the administrator's words. */
  readonly matter: string;
}

export interface Holdable {
  readonly atMs: number;
  readonly application: string | undefined;
}

/** Whether the hold's application and time fit; whom the entry is about is asked apart. */
export function isWithin({ application, fromMs, toMs }: Hold, entry: Holdable): boolean {
  if (application !== undefined && entry.application !== application) return false;
  return entry.atMs >= (fromMs ?? -Infinity) && entry.atMs < (toMs ?? Infinity);
}
