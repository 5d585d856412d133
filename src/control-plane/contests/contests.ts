/** Objecting to a refusal, and answering. */
import type { contestOperations } from '../../contract/api/contests.ts';
import { reachesApplication } from '../../domain/administrator.ts';
import type { InteractionEndEntry, InteractionEntry } from '../../domain/record.ts';
import { Refusal } from '../../domain/refusal.ts';
import type { Contest, Contested, Contests } from '../../governance/contests/contests.ts';
import type { Audit } from '../../modules/audit/audit.ts';
import type { Handlers } from '../handler.ts';
import { ownEntryOf } from '../workbench/own-interaction.ts';

export interface ContestRooms {
  readonly contests: Contests;
  readonly audit: Pick<Audit, 'read'>;
}

export function contestHandlers({ contests, audit }: ContestRooms): Handlers<typeof contestOperations> {
  return {
    async contestRefusal({ body }, { actor }) {
      const contested = await ownRefusal(audit, actor, body.interaction);
      return shown(await contests.open(actor, contested, body.message));
    },
    async listOwnContests({ query }, { actor }) {
      const { cursor: before, limit, state } = query;
      const { items, next } = await contests.list(
        { before, limit },
        (each) => each.principal === actor && (state === undefined || each.state === state),
      );
      return { items: items.map(shown), next };
    },
    async listContests({ query }, { reach }) {
      const { cursor: before, limit, state } = query;
      const { items, next } = await contests.list(
        { before, limit },
        (each) =>
          reachesApplication(reach, each.application) && (state === undefined || each.state === state),
      );
      return { items: items.map(shown), next };
    },
    async decideContest({ path, body }, { actor, reach }) {
      const { application } = await contests.find(path.id);
      if (!reachesApplication(reach, application))
        throw new Refusal('not_found', 'there is no such objection');
      return shown(await contests.decide(path.id, actor, { state: body.decision, answer: body.answer }));
    },
  };
}

/** @throws Refusal `not_found` for another's request; `unacceptable` where nothing was refused or rewritten */
async function ownRefusal(
  audit: Pick<Audit, 'read'>,
  actor: string,
  interaction: string,
): Promise<Contested> {
  const { index, entry } = await ownEntryOf(audit, actor, interaction);
  const by = spokenBy(entry);
  if (entry.refusal === undefined && by.length === 0)
    throw new Refusal('unacceptable', 'nothing of this request was refused or rewritten');
  const { application, refusal } = entry;
  return { interaction, index, application, refusal, by };
}

function spokenBy({
  guardrails,
  policies,
  refusal,
}: InteractionEntry | InteractionEndEntry): readonly string[] {
  const acted = guardrails
    .filter(({ action }) => action !== 'allow' && action !== 'flag')
    .map(({ id }) => id);
  return [...new Set(refusal === 'policy_denied' ? [...policies, ...acted] : acted)];
}

function shown(contest: Contest) {
  const { application = null, refusal = null, answer = null, decidedBy = null, decidedAtMs = null } = contest;
  const { id, interaction, index, by, principal, message, atMs, state } = contest;
  return {
    id,
    interaction,
    index,
    application,
    refusal,
    by: [...by],
    principal,
    message,
    atMs,
    state,
    answer,
    decidedBy,
    decidedAtMs,
  };
}
