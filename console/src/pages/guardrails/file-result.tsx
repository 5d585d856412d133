/** What a draft did with a file: counts, agreement with what was expected, and the rows themselves. */
import type { z } from 'zod';
import type { fileTriedSchema } from '@contract/api/guardrails.ts';
import { InertText } from '../../kit/inert-text.tsx';
import { ActionBadge } from './badges.tsx';

export type FileTried = z.output<typeof fileTriedSchema>;

const COUNTS = [
  ['blocked', 'Blocked'],
  ['rewritten', 'Rewritten'],
  ['flagged', 'Flagged'],
  ['passed', 'Passed'],
  ['failed', 'Failed'],
] as const;

export function FileResult({ result }: { readonly result: FileTried }) {
  return (
    <>
      <Numbers
        label="What became of the rows"
        numbers={COUNTS.map(([key, title]) => [title, result.counts[key]])}
      />
      <Agreement agreement={result.agreement} />
      {Object.keys(result.kinds).length > 0 && (
        <Numbers label="Rows with findings, by kind" numbers={Object.entries(result.kinds)} />
      )}
      <Unreadable rows={result.unreadable} />
      <Examples examples={result.examples} />
    </>
  );
}

interface NumbersProps {
  readonly label: string;
  readonly numbers: readonly (readonly [string, number])[];
}

export function Numbers({ label, numbers }: NumbersProps) {
  return (
    <section aria-label={label}>
      <h3 className="mb-1 text-sm font-medium">{label}</h3>
      <dl className="flex flex-wrap gap-2">
        {numbers.map(([name, count]) => (
          <div key={name} className="rounded-md border border-line px-2.5 py-1.5">
            <dt className="text-sm break-all text-muted">{name}</dt>
            <dd className="text-lg font-semibold tabular-nums">{count.toLocaleString()}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Agreement({ agreement }: Pick<FileTried, 'agreement'>) {
  const { truePositives, falsePositives, trueNegatives, falseNegatives } = agreement;
  const caught = truePositives + falsePositives;
  const bad = truePositives + falseNegatives;
  if (caught + trueNegatives + falseNegatives === 0) return null;
  const cell = 'px-3 py-1.5 text-right tabular-nums';
  return (
    <section aria-label="Against what was expected" className="space-y-2">
      <h3 className="text-sm font-medium">Against what was expected</h3>
      <table className="w-full rounded-md border border-line text-left">
        <thead className="text-sm text-muted">
          <tr className="border-b border-line">
            <td className="px-3 py-1.5" />
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              Caught
            </th>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              Passed
            </th>
          </tr>
        </thead>
        <tbody>
          <tr className="border-b border-line">
            <th scope="row" className="px-3 py-1.5 font-normal">
              Expected to be caught
            </th>
            <td className={`${cell} text-good`}>{truePositives}</td>
            <td className={`${cell} ${falseNegatives > 0 ? 'font-semibold text-bad' : ''}`}>
              {falseNegatives}
            </td>
          </tr>
          <tr>
            <th scope="row" className="px-3 py-1.5 font-normal">
              Expected to pass
            </th>
            <td className={`${cell} ${falsePositives > 0 ? 'font-semibold text-warn' : ''}`}>
              {falsePositives}
            </td>
            <td className={`${cell} text-good`}>{trueNegatives}</td>
          </tr>
        </tbody>
      </table>
      <p className="text-sm text-muted">
        {bad > 0 && `Of those that should be caught, ${share(truePositives, bad)} were. `}
        {caught > 0 && `Of those that were caught, ${share(truePositives, caught)} should be.`}
      </p>
    </section>
  );
}

function share(part: number, whole: number): string {
  return `${((100 * part) / whole).toFixed(1)} %`;
}

function Unreadable({ rows }: { readonly rows: FileTried['unreadable'] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label="Rows that could not be read" className="rounded-md bg-warn-soft p-3">
      <h3 className="text-sm font-medium text-warn">
        {rows.length} {rows.length === 1 ? 'row' : 'rows'} could not be read
      </h3>
      <ul className="mt-1 max-h-40 space-y-0.5 overflow-auto text-sm" tabIndex={0}>
        {rows.map(({ line, message }) => (
          <li key={line}>
            Line {line}: {message}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Examples({ examples }: Pick<FileTried, 'examples'>) {
  const told = examples.filter(({ action }) => action !== 'allow');
  if (told.length === 0) return null;
  return (
    <section aria-label="Rows that were caught">
      <h3 className="mb-1 text-sm font-medium">Rows that were caught</h3>
      <ul className="max-h-72 divide-y divide-line overflow-auto border-y border-line" tabIndex={0}>
        {told.map(({ line, id, action, kinds }) => (
          <li key={line} className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5">
            <ActionBadge action={action} />
            <span className="text-sm text-muted">line {line}</span>
            <InertText text={id} oneLine className="font-mono text-sm" />
            <span className="text-sm break-all">{kinds.join(', ')}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
