/** Demo data at any time: loaded to look around, and taken away again. */
import { useAsk, useChange } from '../../api.ts';
import { Button } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { ProblemNotice } from '../../kit/problem-notice.tsx';
import { useMay } from '../../session/session.ts';

const REREAD = ['getDemo', 'getOverview', 'listInteractions', 'listApplications', 'getCost'] as const;

export function DemoData() {
  const mayChange = useMay('demo.write');
  const demo = useAsk('getDemo', undefined, { enabled: mayChange });
  const load = useChange('loadDemo', REREAD);
  const remove = useChange('removeDemo', REREAD);
  if (!mayChange || demo.data === undefined) return null;
  return (
    <Card
      title="Demo data"
      description="Three applications called demo/… send 150 requests through this gateway, which the simulator answers. They are marked as a demo everywhere, and count until they are removed."
    >
      <ProblemNotice problem={load.error ?? remove.error} />
      {demo.data.isLoaded ? (
        <Button busy={remove.isPending} onClick={() => remove.mutate({})}>
          Remove the demo data
        </Button>
      ) : (
        <Button busy={load.isPending} onClick={() => load.mutate({})}>
          Load demo data
        </Button>
      )}
    </Card>
  );
}
