/** The shortest way to living pages: demo data, with one click. */
import { useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { useMay } from '../../session/session.ts';

export function DemoOffer() {
  const mayLoad = useMay('demo.write');
  const demo = useAsk('getDemo', undefined, { enabled: mayLoad });
  const load = useChange('loadDemo', ['getDemo', 'getOverview', 'listInteractions', 'listApplications']);
  if (!mayLoad || demo.data?.isLoaded !== false) return null;
  return (
    <div className="mt-6 space-y-3 border-t border-line pt-4">
      <p className="text-muted">
        Or look around first: three demo applications send 150 requests through this gateway, answered by the
        simulator. They are marked as a demo everywhere, and one click takes them away again.
      </p>
      <ProblemNotice problem={load.error} />
      <Button busy={load.isPending} onClick={() => load.mutate({})}>
        Load demo data
      </Button>
    </div>
  );
}
