/** The rights of whom the record is about, through the API: each for a stated reason, each on the record. */
import type { privacyOperations } from '../../contract/api/privacy.ts';
import { Refusal } from '../../domain/refusal.ts';
import { htmlOf, type Subjects } from '../../governance/subjects/subjects.ts';
import type { Handlers } from '../handler.ts';
import { actOf } from '../require-reason.ts';
import { askSubjects } from './ask-subjects.ts';

type SubjectOperations = Pick<
  typeof privacyOperations,
  'findSubject' | 'exportSubject' | 'exportSubjectPage' | 'eraseSubject' | 'restrictSubject'
>;

export function subjectHandlers(subjects: Subjects): Handlers<SubjectOperations> {
  return {
    async findSubject({ body }, asking) {
      const { identifiers, holds, firstAtMs, lastAtMs, ...shown } = await subjects.show(
        body.subject,
        actOf(asking),
      );
      if (identifiers.length === 0) throw nobody();
      return {
        ...shown,
        firstAtMs: firstAtMs ?? null,
        lastAtMs: lastAtMs ?? null,
        identifiers: countedByKind(identifiers),
        holds: [...holds],
      };
    },
    async exportSubject({ body }, asking) {
      const disclosure = await askSubjects(() => subjects.disclose(body.subject, actOf(asking)));
      return { filename: 'record-of-one-person.json', content: `${JSON.stringify(disclosure, null, 2)}\n` };
    },
    async exportSubjectPage({ body }, asking) {
      const disclosure = await askSubjects(() => subjects.disclose(body.subject, actOf(asking)));
      return { filename: 'record-of-one-person.html', content: htmlOf(disclosure) };
    },
    async eraseSubject({ body: { subject, basis, confirmation } }, asking) {
      const act = actOf(asking);
      if (confirmation !== subject)
        throw new Refusal('unacceptable', 'the confirmation is not the subject', {
          problems: [{ in: 'body', pointer: '/confirmation', message: 'type the subject again, exactly' }],
        });
      const erased = await askSubjects(() => subjects.erase(subject, basis, act));
      if (!erased) throw nobody();
      return { entries: erased.entries, entry: erased.entry };
    },
    restrictSubject: ({ body: { subject, restricted } }, asking) =>
      askSubjects(async () => {
        await subjects.restrict(subject, restricted, actOf(asking));
        return undefined;
      }),
  };
}

function nobody(): Refusal {
  return new Refusal('not_found', 'nothing in the record is about anybody of this name');
}

/** What they are stays unsaid: `person`, `EMAIL_ADDRESS`, and `user` for those whom applications name. */
function countedByKind(identifiers: readonly string[]): { kind: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const identifier of identifiers) {
    const kind = /^([A-Za-z_]+):/.exec(identifier)?.[1] ?? 'user';
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].map(([kind, count]) => ({ kind, count }));
}
