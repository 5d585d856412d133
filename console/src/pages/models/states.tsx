/** In what state models and providers are, in words. */
import { CircleCheck, OctagonX, Unplug, type LucideIcon } from 'lucide-react';
import { Badge, type BadgeTone } from '../../kit/badge.tsx';
import { Link } from '../../kit/link.tsx';
import { moneyText } from '../../kit/quantities.tsx';
import { nameInPath } from '../../part-editing/name-in-path.ts';
import type { Candidate, ModelState } from './model-value.ts';

interface State {
  readonly tone: BadgeTone;
  readonly icon: LucideIcon;
  readonly text: string;
}

export function stateOf({ stopped, candidates }: ModelState): State {
  if (stopped) return STOPPED;
  const serving = candidates.filter((each) => !each.stopped && each.circuit !== 'open');
  if (serving.length === candidates.length) return { tone: 'good', icon: CircleCheck, text: 'Serving' };
  if (serving.length === 0) return { tone: 'bad', icon: Unplug, text: 'Nobody answers' };
  return { tone: 'warn', icon: Unplug, text: `${serving.length} of ${candidates.length} answer` };
}

const STOPPED: State = { tone: 'bad', icon: OctagonX, text: 'Stopped' };

const CIRCUITS: Readonly<Record<Candidate['circuit'], State>> = {
  closed: { tone: 'good', icon: CircleCheck, text: 'Answers' },
  open: { tone: 'bad', icon: Unplug, text: 'Left alone after failures' },
  half_open: { tone: 'warn', icon: Unplug, text: 'Tried again' },
};

export function StateBadge({ state: { tone, icon, text } }: { readonly state: State }) {
  return (
    <Badge tone={tone} icon={icon}>
      {text}
    </Badge>
  );
}

export function StoppedBadge() {
  return <StateBadge state={STOPPED} />;
}

export function CandidateState({ candidate }: { readonly candidate: Candidate }) {
  return <StateBadge state={candidate.stopped ? STOPPED : CIRCUITS[candidate.circuit]} />;
}

export function priceText({ price }: Candidate): string {
  if (price === null) return 'No price known';
  const cached = price.cachedInput === null ? '' : `, cached ${moneyText(price.cachedInput)}`;
  return `${moneyText(price.input)} in, ${moneyText(price.output)} out${cached} per million tokens`;
}

export function CandidateLine({ candidate }: { readonly candidate: Candidate }) {
  const { provider, providerModel, kind, region, labels } = candidate;
  const where = [...new Set([kind, region, ...labels])]
    .filter((each) => each !== null && each !== '')
    .join(' · ');
  return (
    <div className="relative z-1 grid gap-0.5 py-1">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <CandidateState candidate={candidate} />
        <span className="break-all">
          <Link to={`/models/provider/${nameInPath(provider)}`}>{provider}</Link>
          <span className="text-muted"> as </span>
          {providerModel}
        </span>
      </div>
      <span className="text-sm text-muted">
        {where} · {priceText(candidate)}
      </span>
    </div>
  );
}
