/** The interaction whose entry stands at an index of the log, for whoever reaches its application. */
import type { Reach } from '../../domain/administrator.ts';
import { reachesApplication } from '../../domain/administrator.ts';
import type { InteractionEndEntry, InteractionEntry, RecordedEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Audit } from '../../modules/audit/audit.ts';

export interface InteractionAt extends RecordedEntry {
  readonly entry: InteractionEntry | InteractionEndEntry;
}

/** @throws Refusal `not_found` where there is none, or it is somebody else's */
export async function interactionAt(
  audit: Pick<Audit, 'read'>,
  index: number,
  reach: Reach,
): Promise<InteractionAt> {
  const [found] = (await audit.read({ after: index, limit: 1 })).entries;
  if (found?.index !== index || found.entry.kind === 'administration') throw none();
  if (!reachesApplication(reach, found.entry.application)) throw none();
  return { ...found, entry: found.entry };
}

function none(): Refusal {
  return new Refusal('not_found', 'there is no interaction at this index');
}
