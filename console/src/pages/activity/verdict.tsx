/** How an interaction ended and what guardrails did to it, as one sign. */
import { FlaskConical } from 'lucide-react';
import { Badge, OutcomeBadge, type BadgeTone } from '../../kit/badge.tsx';
import type { Interaction } from './interaction-query.ts';

const OUTCOMES: Readonly<Record<string, readonly [text: string, tone: BadgeTone]>> = {
  answered: ['Answered', 'good'],
  released: ['Being answered', 'info'],
  refused: ['Refused', 'bad'],
  failed: ['Failed', 'warn'],
  client_closed: ['Client left', 'plain'],
  interrupted: ['Interrupted', 'plain'],
};
export function outcomeText(outcome: string): string {
  return OUTCOMES[outcome]?.[0] ?? outcome.replaceAll('_', ' ');
}

/** What was done, where it was answered; how it ended, where it was not. Demo data says that it is. */
export function Verdict({ interaction: { outcome, action, isDemo } }: { readonly interaction: Interaction }) {
  const isAnswer = outcome === 'answered' || outcome === 'released';
  return (
    <span className="inline-flex flex-wrap gap-1">
      {outcome !== 'answered' && <Ending outcome={outcome} />}
      {isAnswer && (action !== 'allow' || outcome === 'answered') && <OutcomeBadge value={action} />}
      {isDemo && <Badge icon={FlaskConical}>Demo</Badge>}
    </span>
  );
}

function Ending({ outcome }: { readonly outcome: Interaction['outcome'] }) {
  if (outcome === 'refused' || outcome === 'failed') return <OutcomeBadge value={outcome} />;
  const [text, tone] = OUTCOMES[outcome] ?? [outcomeText(outcome), 'plain'];
  return <Badge tone={tone}>{text}</Badge>;
}

/** Whose it was, or why that is not said. */
export function Who({
  interaction: { principal, isErased, isRestricted },
}: {
  readonly interaction: Interaction;
}) {
  if (principal !== null)
    return (
      <span className="block max-w-56 truncate" title={`${principal.kind} ${principal.id}`}>
        {principal.id}
      </span>
    );
  return <span className="text-muted">{isErased ? 'erased' : isRestricted ? 'restricted' : 'nobody'}</span>;
}
