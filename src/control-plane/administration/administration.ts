/** What administrators did. */
import type { administrationOperations } from '../../contract/api/administration.ts';
import type { Activity } from '../../governance/activity/activity.ts';
import type { Handlers } from '../handler.ts';

export function administrationHandlers(activity: Activity): Handlers<typeof administrationOperations> {
  return { listAdministration: ({ query }) => activity.administration(query) };
}
