/** Alerts as parts of the tree, a try of each, and what became of the last ones. */
import { newId } from '../../base/ids.ts';
import type { alertOperations } from '../../contract/api/alerts.ts';
import type { AdministrationEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Alerts } from '../../governance/alerts/alerts.ts';
import type { ConfigurationRoom } from '../../governance/configuration/configuration.ts';
import type { Handlers } from '../handler.ts';
import { partHandlers } from '../parts.ts';

export interface AlertsOptions {
  readonly configurations: ConfigurationRoom;
  readonly alerts: Pick<Alerts, 'test' | 'deliveries'>;
  readonly append: (entry: AdministrationEntry) => Promise<unknown>;
  readonly now: () => number;
}

export function alertHandlers({
  configurations,
  alerts,
  append,
  now,
}: AlertsOptions): Handlers<typeof alertOperations> {
  const parts = partHandlers(configurations, 'alerts');
  return {
    listAlerts: parts.list,
    getAlert: parts.get,
    createAlert: parts.create,
    changeAlert: parts.change,
    removeAlert: parts.remove,
    async testAlert({ path }, asking) {
      await parts.get({ path }, asking);
      const at = now();
      await append({
        kind: 'administration',
        id: newId('adm', at),
        at,
        actor: asking.actor,
        action: 'alert.test',
        subject: path.name,
      });
      const made = await alerts.test(path.name);
      if (made === undefined) throw new Refusal('not_found', `there is no ${path.name} here`);
      return made;
    },
    // Alerts are about the house as a whole.
    listAlertDeliveries: (_, { reach }) => ({
      items: reach.kind === 'everything' ? [...alerts.deliveries()] : [],
    }),
  };
}
