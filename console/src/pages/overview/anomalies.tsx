/** What is unusual, in words. */
import { TriangleAlert } from 'lucide-react';
import { Card } from '../../kit/card.tsx';
import { InertText } from '../../kit/inert-text.tsx';
import { Link } from '../../kit/link.tsx';
import { TimeText } from '../../kit/time-text.tsx';
import { useMay } from '../../session/session.ts';
import { activityLink } from '../activity/interaction-query.ts';
import type { Overview } from './overview-screen.tsx';

interface AnomaliesProps {
  readonly anomalies: Overview['anomalies'];
  readonly baselineHours: number;
}

const FEW_HOURS = 24;

export function Anomalies({ anomalies, baselineHours }: AnomaliesProps) {
  const maySeeRecords = useMay('interactions.read');
  if (anomalies.length === 0) return null;
  return (
    <Card
      title="Unusual"
      {...(baselineHours < FEW_HOURS
        ? { description: `Compared with ${baselineHours} hours of traffic: that is little, and may mislead.` }
        : {})}
    >
      <ul className="space-y-2.5">
        {anomalies.map(({ kind, atMs, words, filter }) => (
          <li key={`${kind} ${atMs} ${words}`} className="flex items-start gap-2.5">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
            <div className="min-w-0">
              <InertText text={words} maxChars={400} />
              <p className="text-sm text-muted">
                <TimeText atMs={atMs} />
                {maySeeRecords && (
                  <>
                    {' '}
                    · <Link to={activityLink(filter)}>Look at the records</Link>
                  </>
                )}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}
