/** The checkpoint that this browser kept when it last looked: what a log that was rewritten cannot follow from. */

export interface KeptCheckpoint {
  readonly origin: string;
  /** The key that was trusted then, and is until somebody says otherwise. */
  readonly verifierKey: string;
  readonly size: number;
  /** Base64. */
  readonly root: string;
  readonly keptAtMs: number;
}

const PLACE = 'bartizan.log-checkpoint';

export function readKept(): KeptCheckpoint | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(PLACE) ?? 'null');
    return isKept(value) ? value : undefined;
  } catch {
    // What cannot be read was not kept.
    return undefined;
  }
}

export function keep(checkpoint: KeptCheckpoint): void {
  localStorage.setItem(PLACE, JSON.stringify(checkpoint));
}

export function forget(): void {
  localStorage.removeItem(PLACE);
}

function isKept(value: unknown): value is KeptCheckpoint {
  if (typeof value !== 'object' || value === null) return false;
  const { origin, verifierKey, size, root, keptAtMs } = value as Record<string, unknown>;
  return (
    typeof origin === 'string' &&
    typeof verifierKey === 'string' &&
    typeof size === 'number' &&
    typeof root === 'string' &&
    typeof keptAtMs === 'number'
  );
}
