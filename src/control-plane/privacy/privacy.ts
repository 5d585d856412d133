/** Personal data through the API: where it went, whose it is, what must be kept of it and how long. */
import type { privacyOperations } from '../../contract/api/privacy.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Subjects } from '../../governance/subjects/subjects.ts';
import type { Handlers } from '../handler.ts';
import { holdHandlers, type HoldMeans } from './hold-requests.ts';
import { personalFlows, type FlowMeans } from './personal-flows.ts';
import { retentionHandlers, type RetentionMeans } from './retention-requests.ts';
import { subjectHandlers } from './subject-requests.ts';

export interface PrivacyOptions {
  readonly flows: FlowMeans;
  readonly subjects: Subjects;
  readonly holds: Omit<HoldMeans, 'subjects'>;
  readonly retention: RetentionMeans;
}

export function privacyHandlers(options: PrivacyOptions): Handlers<typeof privacyOperations> {
  const { flows, subjects, holds, retention } = options;
  return {
    async getPersonalData({ query }, { reach }) {
      const { fromMs, toMs } = query;
      if (fromMs >= toMs) throw new Refusal('invalid_request', 'toMs has to be later than fromMs');
      return { fromMs, toMs, ...(await personalFlows(flows, query, reach)) };
    },
    getSealedData: () => subjects.sealed(),
    ...subjectHandlers(subjects),
    ...holdHandlers({ ...holds, subjects }),
    ...retentionHandlers(retention),
  };
}
