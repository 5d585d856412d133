/** A limit or budget that is yet to come. */
import { useSearchParams } from '../../kit/search-params.ts';
import { NewPart } from '../../part-editing/new-part.tsx';
import { LIMITS } from './limit-screen.tsx';
import { newLimit } from './limit-value.ts';

export function NewLimit() {
  const [{ of }] = useSearchParams();
  const isBudget = of === 'budget';
  return (
    <NewPart
      kind={LIMITS}
      initial={newLimit(isBudget)}
      title={isBudget ? 'New budget' : 'New limit'}
      description="What is over it is refused before it reaches a model."
    />
  );
}
