/** What two texts have in common and what not, line by line; what compares them is loaded when first needed. */
import { lazy, Suspense } from 'react';
import { Skeleton } from './spinner.tsx';

export interface DiffProps {
  readonly before: string;
  readonly after: string;
  /** What is compared: read aloud. */
  readonly label: string;
  /** Lines that did not change, around those that did. */
  readonly context?: number;
}

const Lines = lazy(() => import('./diff-lines.tsx').then(({ DiffLines }) => ({ default: DiffLines })));

export function Diff(props: DiffProps) {
  return (
    <Suspense fallback={<Skeleton lines={6} />}>
      <Lines {...props} />
    </Suspense>
  );
}
