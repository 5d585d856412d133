/** That the gateway started, is there, and stopped, as OCSF Application Lifecycle (6002). */
import type { AdministrationEntry } from '../../domain/record.ts';
import type { PositionedEntry, Product } from './exported-entry.ts';
import { baseEvent, type EventClass, type Members } from './ocsf-event.ts';

const ACTIVITIES: ReadonlyMap<string, EventClass['activity']> = new Map([
  ['gateway.started', [3, 'Start']],
  ['gateway.stopped', [4, 'Stop']],
]);

export function lifecycleEvent(
  recorded: PositionedEntry,
  { action, subject, before, after }: AdministrationEntry,
  product: Product,
): Members {
  return {
    ...baseEvent(recorded, product, {
      category: [6, 'Application Activity'],
      class: [6002, 'Application Lifecycle'],
      activity: ACTIVITIES.get(action) ?? [99, action],
      profiles: [],
    }),
    status_id: 1,
    status: 'Success',
    application: { uid: subject, name: 'Bartizan' },
    // What 1.9 replaced by `application`, for readers of earlier versions.
    app: { name: 'Bartizan', vendor_name: 'Bartizan', version: product.version },
    unmapped: { action, before, after },
  };
}
