/** Legal holds through the API: whom they name is shown to those who may place them. */
import type { z } from 'zod';
import type { holdSchema, privacyOperations } from '../../contract/api/privacy.ts';
import type { Hold } from '../../domain/hold.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Holds } from '../../governance/retention/retention.ts';
import type { Subjects } from '../../governance/subjects/subjects.ts';
import type { Gatekeeper } from '../gatekeeper.ts';
import type { Handlers } from '../handler.ts';
import { actOf } from '../require-reason.ts';
import { askSubjects } from './ask-subjects.ts';

export interface HoldMeans {
  readonly holds: Holds;
  readonly subjects: Pick<Subjects, 'meant'>;
  readonly reach: Gatekeeper['reach'];
  readonly applications: () => ReadonlySet<string>;
}

type HoldOperations = Pick<typeof privacyOperations, 'listHolds' | 'placeHold' | 'releaseHold'>;

export function holdHandlers({ holds, subjects, reach, applications }: HoldMeans): Handlers<HoldOperations> {
  return {
    async listHolds({ query: { cursor, limit } }, { signedIn }) {
      const isOpen = (await reach(signedIn, 'holds.write')).kind === 'everything';
      const all = (await holds.list()).toReversed();
      const start = cursor === undefined ? 0 : all.findIndex(({ id }) => id === cursor) + 1;
      const items = all.slice(start, start + limit);
      return {
        items: items.map((hold) => shown(hold, isOpen)),
        next: start + limit < all.length ? (items.at(-1)?.id ?? null) : null,
      };
    },
    async placeHold({ body: { matter, subject, application, fromMs, toMs } }, asking) {
      const act = actOf(asking);
      checkPlace({ subject, application, fromMs, toMs }, applications());
      const wish = {
        matter,
        ...(subject === undefined ? {} : { subjects: await subjects.meant(subject) }),
        ...(application === undefined ? {} : { application }),
        ...(fromMs === undefined ? {} : { fromMs }),
        ...(toMs === undefined ? {} : { toMs }),
      };
      return shown(await askSubjects(() => holds.add(wish, act)), true);
    },
    async releaseHold({ path }, asking) {
      if (!(await holds.release(path.id, actOf(asking))))
        throw new Refusal('not_found', 'there is no such hold');
      return undefined;
    },
  };
}

interface Place {
  readonly subject: string | undefined;
  readonly application: string | undefined;
  readonly fromMs: number | undefined;
  readonly toMs: number | undefined;
}

/** @throws Refusal `unacceptable` */
function checkPlace({ subject, application, fromMs, toMs }: Place, applications: ReadonlySet<string>): void {
  if (subject === undefined && application === undefined && fromMs === undefined && toMs === undefined)
    throw unusable('', 'say whom, which application or what time it is about');
  if (application !== undefined && !applications.has(application))
    throw unusable('/application', 'there is no such application');
  if (fromMs !== undefined && toMs !== undefined && fromMs >= toMs)
    throw unusable('/toMs', 'it has to be later than fromMs');
}

function unusable(pointer: string, message: string): Refusal {
  return new Refusal('unacceptable', message, { problems: [{ in: 'body', pointer, message }] });
}

function shown(hold: Hold, isOpen: boolean): z.input<typeof holdSchema> {
  const { id, createdAtMs, application, fromMs, toMs, subjects, matter } = hold;
  return {
    id,
    createdAtMs: Math.round(createdAtMs),
    application: application ?? null,
    fromMs: fromMs ?? null,
    toMs: toMs ?? null,
    subjectCount: subjects?.length ?? 0,
    subjects: isOpen ? [...(subjects ?? [])] : null,
    matter: isOpen ? matter : null,
  };
}
