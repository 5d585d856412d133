/** What differs between two versions of the tree, part by part. */
import { Minus, Pencil, Plus } from 'lucide-react';
import { Badge } from '../../kit/badge.tsx';
import { InertText } from '../../kit/inert-text.tsx';

export interface Change {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly path: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
}

const LOOK = {
  added: { tone: 'good', icon: Plus, title: 'Added' },
  removed: { tone: 'bad', icon: Minus, title: 'Removed' },
  changed: { tone: 'info', icon: Pencil, title: 'Changed' },
} as const;

export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  return (
    <ul className="divide-y divide-line rounded-md border border-line">
      {changes.map(({ kind, path, before, after }) => (
        <li
          key={`${kind} ${path.join('/')}`}
          className="grid gap-x-3 gap-y-1 px-3 py-2 sm:grid-cols-[6.5rem_1fr]"
        >
          <span>
            <Badge tone={LOOK[kind].tone} icon={LOOK[kind].icon}>
              {LOOK[kind].title}
            </Badge>
          </span>
          <div className="min-w-0">
            <code className="break-all">{path.join(' › ')}</code>
            <div className="text-sm text-muted">
              {before !== undefined && (
                <p>
                  <span className="sr-only">Before: </span>
                  <InertText text={`− ${valueText(before)}`} maxChars={400} />
                </p>
              )}
              {after !== undefined && (
                <p className="text-text">
                  <span className="sr-only">After: </span>
                  <InertText text={`+ ${valueText(after)}`} maxChars={400} />
                </p>
              )}
            </div>
          </div>
        </li>
      ))}
    </ul>
  );
}

function valueText(value: unknown): string {
  if (typeof value === 'string') return value === '' ? '(empty)' : value;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, held]) => `${name}: ${typeof held === 'string' ? held : JSON.stringify(held)}`)
    .join('\n');
}
