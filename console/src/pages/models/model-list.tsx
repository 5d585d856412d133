/** Every model, and in what state those are who answer for it: asked anew every few seconds. */
import { Cpu, Plus } from 'lucide-react';
import { useAsk } from '../../api.ts';
import { buttonClass } from '../../kit/button.tsx';
import { Card } from '../../kit/card.tsx';
import { DataTable, type Column } from '../../kit/data-table.tsx';
import { EmptyState } from '../../kit/empty-state.tsx';
import { Link } from '../../kit/link.tsx';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import { useMay } from '../../session/session.ts';
import { KillSwitch } from './kill-switch.tsx';
import type { ModelState } from './model-value.ts';
import { ModelsFrame } from './models-frame.tsx';
import { CandidateLine, StateBadge, stateOf } from './states.tsx';
import { TestCall } from './test-call.tsx';

const LOOK_MS = 5_000;

export function ModelList() {
  const states = useAsk('listModelStates', {}, { everyMs: LOOK_MS });
  const mayWrite = useMay('models.write');
  const add = (
    <Link to="/models/new-model" className={buttonClass('primary')}>
      <Plus aria-hidden />
      New model
    </Link>
  );
  return (
    <ModelsFrame actions={mayWrite && add}>
      <Card flush>
        <DataTable
          label="Models"
          columns={COLUMNS}
          rows={states.data?.items}
          rowKey={({ model }) => model}
          rowLink={({ model }) => `/models/model/${nameInPath(model)}`}
          rowActions={(state) => <Actions state={state} />}
          problem={states.error}
          onRetry={() => states.refetch()}
          hasFixedColumns
          empty={
            <EmptyState icon={Cpu} title="No model yet" actions={mayWrite && add}>
              A model is the name that clients ask for. Behind it are candidates: providers that answer, in
              the order in which they are tried. It takes a provider first.
            </EmptyState>
          }
        />
      </Card>
    </ModelsFrame>
  );
}

function Actions({ state: { model, stopped } }: { readonly state: ModelState }) {
  return (
    <div className="flex justify-end gap-1.5 max-md:flex-col">
      {/* A name that stands for many cannot be asked for. */}
      {!model.endsWith('*') && <TestCall model={model} size="small" />}
      <KillSwitch kind="model" name={model} stopped={stopped} size="small" />
    </div>
  );
}

const COLUMNS: readonly Column<ModelState>[] = [
  {
    id: 'model',
    title: 'Model',
    cell: ({ model }) => <span className="break-all">{model}</span>,
    sortBy: ({ model }) => model,
  },
  {
    id: 'state',
    title: 'State',
    cell: (state) => <StateBadge state={stateOf(state)} />,
    sortBy: (state) => stateOf(state).text,
  },
  {
    id: 'candidates',
    title: 'Answered by',
    cell: ({ candidates }) =>
      candidates.map((candidate) => (
        <CandidateLine key={`${candidate.provider} ${candidate.providerModel}`} candidate={candidate} />
      )),
    hideBelow: 'md',
  },
];
