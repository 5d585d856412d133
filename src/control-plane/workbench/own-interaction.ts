/** What a member may know of their own request: what was found where, what was done about it, and which rules said so. */
import type { Configuration } from '../../contract/configuration.ts';
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Audit } from '../../modules/audit/audit.ts';

type Entry = InteractionEntry | InteractionEndEntry;

export interface OwnEntry {
  readonly index: number;
  readonly entry: Entry;
}

/** The last that the record says of it. @throws Refusal `not_found` for another's request */
export async function ownEntryOf(audit: Pick<Audit, 'read'>, actor: string, id: string): Promise<OwnEntry> {
  const { entries } = await audit.read({ id, limit: 10 });
  const found = entries.findLast(({ entry }) => entry.kind !== 'administration');
  const entry = found?.entry;
  if (found === undefined || entry === undefined || entry.kind === 'administration' || !isOwn(entry, actor))
    throw new Refusal('not_found', 'there is no such request of yours in the record');
  return { index: found.index, entry };
}

function isOwn({ principal }: Entry, actor: string): boolean {
  return principal?.kind === 'person' && principal.id === actor;
}

export function ownInteraction({ index, entry }: OwnEntry, { guardrails, policies }: Configuration) {
  const acted = entry.guardrails.filter(({ action }) => action !== 'allow');
  const rulesOf = (direction: string, guardrail: string) =>
    acted.find((each) => each.id === guardrail && each.direction === direction);
  return {
    id: entry.id,
    index,
    model: entry.requestedModel ?? null,
    provider: entry.provider ?? null,
    isOver: entry.kind === 'interaction_end' || entry.outcome !== 'released',
    action: entry.action,
    refusal: entry.refusal ?? null,
    guardrails: acted.map(({ id, direction, action, findings }) => ({
      id,
      description: described(guardrails, id),
      direction,
      action,
      findings,
    })),
    policies: entry.policies.map((id) => ({ id, description: described(policies, id) })),
    findings: entry.findings.flatMap(({ direction, guardrail, kind, pointer, start, end }) => {
      const rule = rulesOf(direction, guardrail);
      return rule === undefined
        ? []
        : [{ direction, guardrail, kind, action: rule.action, pointer, start, end }];
    }),
  };
}

/** As it is by now: the record keeps names. */
function described(parts: Readonly<Record<string, { readonly description: string }>>, id: string): string {
  return Object.hasOwn(parts, id) ? (parts[id]?.description ?? '') : '';
}
