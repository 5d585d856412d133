/** The steps of the pipeline as bars, each where it began and as long as it took. */
import { durationText } from '../../kit/quantities.tsx';
import type { Detail } from './interaction-screen.tsx';

const STEPS: Readonly<Record<string, string>> = {
  identity: 'Who is it',
  policy: 'May they',
  limits: 'Limits',
  scan: 'Guardrails',
  first_byte: 'Waiting for the model',
  first_token: 'First words',
  last_byte: 'The rest',
  scan_answer: 'Guardrails of the answer',
  total: 'Closing',
};

export function Timeline({ detail: { timeline, totalMs } }: { readonly detail: Detail }) {
  const end = Math.max(totalMs ?? 0, ...timeline.map(({ endMs }) => endMs), 0.001);
  if (timeline.length === 0) return <p className="text-muted">No step was timed.</p>;
  return (
    <ol className="space-y-2" aria-label="Steps">
      {timeline.map(({ name, startMs, endMs }) => (
        <li key={name} className="grid grid-cols-[8.5rem_minmax(0,1fr)_4.5rem] items-center gap-3">
          <span className="text-sm">{STEPS[name] ?? name.replaceAll('_', ' ')}</span>
          <span aria-hidden className="relative h-3 rounded-sm bg-sunken">
            <span
              className="absolute inset-y-0 rounded-sm bg-accent-fill"
              style={{
                left: `${Math.min(99.5, (startMs / end) * 100)}%`,
                width: `${Math.max(0.5, ((endMs - startMs) / end) * 100)}%`,
              }}
            />
          </span>
          <span className="text-right text-sm tabular-nums">
            {durationText(Math.max(0, endMs - startMs))}
            <span className="sr-only">, from {durationText(startMs)} on</span>
          </span>
        </li>
      ))}
    </ol>
  );
}
