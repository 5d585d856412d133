/** Alerts as parts of the tree, a try of each, and what became of those that were sent. */
import { z } from 'zod';
import { alertSchema } from '../alerts.ts';
import { defineOperations } from './operation.ts';
import { instant } from './page.ts';
import { part } from './part.ts';

const alerts = part({
  path: '/alerts',
  one: 'an alert',
  many: 'alerts',
  value: alertSchema,
  read: 'configuration.read',
  write: 'settings.write',
});

export const alertDeliverySchema = z.strictObject({
  /** As the message has it. */
  id: z.string(),
  alert: z.string(),
  event: z.string(),
  /** Kind of the destination. */
  to: z.string(),
  atMs: instant,
  outcome: z.enum(['delivered', 'failed']),
  attempts: z.int(),
  /** A code: `http_503`, `timed_out`; null where it was delivered. */
  reason: z.string().nullable(),
  isTest: z.boolean(),
});

export const alertOperations = defineOperations({
  listAlerts: alerts.list,
  getAlert: alerts.get,
  createAlert: alerts.create,
  changeAlert: alerts.change,
  removeAlert: alerts.remove,
  testAlert: {
    method: 'POST',
    path: '/alerts/{name}/test',
    summary: 'Send a message of this alert now, marked as a test, and tell whether it was taken',
    permission: 'settings.write',
    parameters: z.strictObject({ name: z.string().min(1).max(128) }),
    answer: alertDeliverySchema,
  },
  listAlertDeliveries: {
    method: 'GET',
    path: '/alert-deliveries',
    summary: 'What became of the last alerts that this instance sent, newest first; a restart forgets them',
    permission: 'configuration.read',
    answer: z.strictObject({ items: z.array(alertDeliverySchema) }),
  },
});
