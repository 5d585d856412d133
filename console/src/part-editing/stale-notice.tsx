/** Somebody else has changed it meanwhile: what they changed, what one's own text would make of that, and the choice. */
import { GitPullRequestArrow } from 'lucide-react';
import { Button } from '../kit/button.tsx';
import { Diff } from '../kit/diff.tsx';
import { textOf, type PartDraft } from './part-draft.ts';

export function StaleNotice<Value>({ draft }: { readonly draft: PartDraft<Value> }) {
  const { theirs, base, value } = draft;
  if (theirs === undefined) return null;
  return (
    <section
      aria-label="Changed meanwhile"
      className="space-y-3 rounded-lg border border-warn bg-warn-soft p-4 text-text"
    >
      <div role="status" className="flex gap-2.5">
        <GitPullRequestArrow aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
        <div>
          <p className="font-medium text-warn">Somebody has changed this meanwhile</p>
          <p className="text-sm">What you have typed is still here. Nothing was overwritten.</p>
        </div>
      </div>
      <div className="grid gap-3 xl:grid-cols-2">
        <div className="min-w-0">
          <h2 className="mb-1 text-sm font-medium">What they changed</h2>
          <div className="overflow-hidden rounded-md bg-surface">
            <Diff label="What they changed" before={textOf(base.value)} after={textOf(theirs.value)} />
          </div>
        </div>
        <div className="min-w-0">
          <h2 className="mb-1 text-sm font-medium">What yours would change now</h2>
          <div className="overflow-hidden rounded-md bg-surface">
            <Diff label="What yours would change now" before={textOf(theirs.value)} after={textOf(value)} />
          </div>
        </div>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => draft.keepMine()}>Keep my text</Button>
        <Button onClick={() => draft.takeTheirs()}>Take theirs</Button>
      </div>
    </section>
  );
}
