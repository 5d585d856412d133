/** Says on every page that demo data is among what it shows, and takes it away. */
import { useAsk, useChange } from '../api.ts';
import { Button } from '../kit/button.tsx';
import { ProblemNotice } from '../kit/problem-notice.tsx';
import { useMay } from '../session/session.ts';

export function DemoBanner() {
  const maySee = useMay('overview.read');
  const mayRemove = useMay('demo.write');
  const demo = useAsk('getDemo', undefined, { enabled: maySee });
  const remove = useChange('removeDemo', [
    'getDemo',
    'getOverview',
    'listInteractions',
    'listApplications',
    'getCost',
  ]);
  if (demo.data?.isLoaded !== true) return null;
  return (
    <aside
      aria-label="Demo data"
      className="flex flex-wrap items-center gap-3 border-b border-line bg-sunken px-4 py-2"
    >
      <p className="min-w-0 flex-1">
        <strong>Demo data</strong> is among what you see: whatever is of an application called demo/….
      </p>
      {mayRemove && (
        <Button busy={remove.isPending} onClick={() => remove.mutate({})}>
          Remove demo data
        </Button>
      )}
      <ProblemNotice problem={remove.error} />
    </aside>
  );
}
