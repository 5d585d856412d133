/** What the rooms of subjects and holds say no with, as refusals of the API. */
import { Refusal } from '../../domain/refusal.ts';
import { HoldError } from '../../governance/retention/retention.ts';
import { SubjectError } from '../../governance/subjects/subjects.ts';

const CODES = { unknown: 'not_found', in_the_way: 'conflict', unusable: 'unacceptable' } as const;

/** @throws Refusal `not_found` where nobody is known so; `conflict` where a hold, a restriction or an erasure is in the way */
export async function askSubjects<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SubjectError) throw new Refusal(CODES[error.kind], error.message, { cause: error });
    if (error instanceof HoldError) throw new Refusal('conflict', error.message, { cause: error });
    throw error;
  }
}
