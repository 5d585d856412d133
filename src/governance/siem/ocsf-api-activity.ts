/** A call of a model as OCSF API Activity (6003), with the ai_operation and security_control profiles. */
import type { PositionedEntry, Product } from './exported-entry.ts';
import {
  actorOf,
  aiModelOf,
  apiOf,
  baseEvent,
  dispositionOf,
  unmappedOf,
  type EventClass,
  type Members,
} from './ocsf-event.ts';
import type { Interaction } from './severity.ts';

const API_ACTIVITY: EventClass = {
  category: [6, 'Application Activity'],
  class: [6003, 'API Activity'],
  // A call of a model creates, reads, updates and deletes nothing.
  activity: [99, 'Invoke'],
  profiles: ['ai_operation', 'security_control'],
};

export function apiActivity(recorded: PositionedEntry, entry: Interaction, product: Product): Members {
  const model = aiModelOf(entry);
  const { principal, application, provider, refusal, outcome, timings } = entry;
  const isAgent = principal?.kind === 'agent';
  return {
    ...baseEvent(recorded, product, API_ACTIVITY),
    ...statusOf(entry),
    status_code: refusal,
    status_detail: outcome,
    duration: timings['total'] === undefined ? undefined : Math.round(timings['total']),
    actor: actorOf(entry, recorded),
    api: apiOf(entry),
    // The record keeps no addresses: the application is what a call comes from.
    src_endpoint: { name: application ?? 'unknown' },
    dst_endpoint: provider === undefined ? undefined : { svc_name: provider },
    // Where an agent calls, its model stands within the agent.
    ...(isAgent ? { ai_agent: { uid: principal.id, ai_model: model } } : { ai_model: model }),
    message_context: messageContextOf(entry),
    ...dispositionOf(entry),
    unmapped: unmappedOf(entry),
  };
}

function statusOf({ outcome }: Interaction): Members {
  if (outcome === 'answered') return { status_id: 1, status: 'Success' };
  if (outcome === 'released') return { status_id: 99, status: 'Released' };
  return { status_id: 2, status: 'Failure' };
}

function messageContextOf({ id, application, provider, usage }: Interaction): Members | undefined {
  if (application === undefined && provider === undefined) return undefined;
  return {
    uid: id,
    ai_role_id: 2,
    ai_role: 'Assistant',
    application: application === undefined ? undefined : { uid: application, name: application },
    service: provider === undefined ? undefined : { name: provider },
    ...(usage && {
      prompt_tokens: usage.inputTokens,
      completion_tokens: usage.outputTokens,
      total_tokens: usage.inputTokens + usage.outputTokens,
    }),
  };
}
