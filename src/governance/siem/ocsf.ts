/**
 * OCSF 1.9: API Activity for a call of a model, Detection Finding where a guardrail saw something or blocked, Entity
 * Management for what an administrator did, Application Lifecycle for what the gateway says of itself. Each entry of the record is one event.
 */
import type { PositionedEntry, Product } from './exported-entry.ts';
import { administrationEvent } from './ocsf-administration.ts';
import { apiActivity } from './ocsf-api-activity.ts';
import { detectionFinding } from './ocsf-detection-finding.ts';
import { lifecycleEvent } from './ocsf-lifecycle.ts';
import { attested } from './record-integrity.ts';
import { isAboutGateway, isDetection } from './severity.ts';

export function toOcsf(recorded: PositionedEntry, product: Product): string {
  const { entry } = recorded;
  const event =
    entry.kind === 'administration'
      ? isAboutGateway(entry)
        ? lifecycleEvent(recorded, entry, product)
        : administrationEvent(recorded, entry, product)
      : isDetection(entry)
        ? detectionFinding(recorded, entry, product)
        : apiActivity(recorded, entry, product);
  // Members that are undefined are none, for the fingerprint too.
  return JSON.stringify(
    attested(JSON.parse(JSON.stringify(event)) as Record<string, unknown>, recorded, product),
  );
}
