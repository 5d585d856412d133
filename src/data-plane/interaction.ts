/** The record of one exchange while it comes into being, and the accounts that are settled with it, each exactly once. */
import type { Json } from '../base/json.ts';
import type { Application } from '../domain/application.ts';
import type { Finding } from '../domain/finding.ts';
import type { Verdict } from '../domain/guardrail.ts';
import type { Authentication } from '../domain/principal.ts';
import type { Grant, Grants } from '../domain/proofs.ts';
import type { InteractionEntry, InteractionEndEntry, Outcome, RecordedAttempt } from '../domain/record.ts';
import { isFailure, type Refusal, type RefusalCode } from '../domain/refusal.ts';
import { NO_USAGE, type Usage } from '../domain/usage.ts';
import type { Ask } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { House } from './house.ts';
import type { Leases } from './leases.ts';
import type { ReleaseSummary } from './release.ts';
import { createJudgements } from './judgements.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export interface Interaction {
  /** Marks the end of a step in the record's timings. */
  step(name: string): void;
  identified(authentication: Authentication, application: Application): void;
  asked(ask: Ask): void;
  /** Policy permits it; the route tried first is what a refusal is counted under. */
  permitted(grants: Grants): void;
  /** `inputTokens` counts when it is first needed. */
  reserved(leases: Leases, inputTokens: () => number): void;
  judged(verdict: Verdict, findings: readonly Finding[]): void;
  granted(grant: Grant): void;
  /** What release says of the answer so far; a later word replaces an earlier one. */
  judgedAnswer(summary: ReleaseSummary): void;
  /** What the call consumed so far; a later word replaces an earlier one. */
  used(usage: Usage): void;
  answeredBy(model: string | undefined, finish: string | undefined): void;
  /** Gives how that ends it. */
  refused(refusal: Refusal): Outcome;
  /** Kept where the application's capture setting asks for it. */
  captureRequest(received: Json, cleared: Json): void;
  /** `unrestored`: the same without what stood for stand-ins, which only full content shows. */
  captureAnswer(released: Json, unrestored: Json): void;
  readonly attempts: RecordedAttempt[];
  inputTokens(): number;
  /** `x-bartizan-*` and rate headers, as far as known now. */
  headers(): Record<string, string>;
  /** Appends the entry: `released` before a stream's first byte, any other outcome once it is known. @throws Refusal */
  record(outcome: Outcome): Promise<void>;
  /** Settles the lease, meters, and appends the end of what was released. Never rejects. */
  close(): Promise<void>;
}

export function openInteraction(house: House, exchange: Exchange, snapshot: string): Interaction {
  const { audit, metering, observer } = house;
  const facts: Writable<Partial<InteractionEntry>> = {};
  const timings: Record<string, number> = {};
  const attempts: RecordedAttempt[] = [];
  const judgements = createJudgements();
  const captured: { request: Json; answer: Json[] } = { request: null, answer: [] };
  let application: Application | undefined;
  let intended: Grant | undefined;
  let grant: Grant | undefined;
  let leases: Leases | undefined;
  let countInput = () => 0;
  let recorded: Outcome | undefined;
  let ended: Outcome = 'answered';

  const step = (name: string) => {
    timings[name] = Math.round((performance.now() - exchange.startedMs) * 100) / 100;
  };
  const costMicros = () => (grant && facts.usage ? metering.cost(grant.route, facts.usage) : 0);
  const entryOf = <Kind extends 'interaction' | 'interaction_end'>(kind: Kind, outcome: Outcome) => {
    step('total');
    return {
      id: exchange.id,
      at: exchange.at,
      snapshot,
      endpoint: `${exchange.endpoint.dialect}/${exchange.endpoint.operation}`,
      stream: false,
      policies: [],
      ...facts,
      ...judgements.recorded(),
      ...(grant ? { costMicros: costMicros() } : {}),
      ...(application?.capture !== 'none' && outcome !== 'released' && captured.request !== null
        ? { content: house.seal(JSON.stringify(captured)) }
        : {}),
      kind,
      outcome,
      attempts,
      timings,
    };
  };
  const append = async (entry: InteractionEntry | InteractionEndEntry) => {
    const appended = audit.append(entry);
    if (application?.record !== 'async') await appended;
    else appended.catch((error: unknown) => observer.fault('audit', error, exchange.id));
    if (entry.outcome !== 'released') observer.interaction(entry, exchange.traceparent);
  };

  return {
    attempts,
    step,
    identified(authentication, its) {
      application = its;
      const { principal, assertedBy } = authentication;
      facts.application = its.id;
      facts.credential = authentication.credentialId;
      facts.principal = { kind: principal.kind, id: principal.id };
      if (assertedBy) facts.assertedBy = { kind: assertedBy.kind, id: assertedBy.id };
      step('identity');
    },
    asked(ask) {
      facts.requestedModel = ask.model;
      facts.stream = ask.stream;
    },
    permitted([first]) {
      intended = first;
      step('policy');
    },
    reserved(its, inputTokens) {
      leases = its;
      countInput = inputTokens;
      step('limits');
    },
    judged(verdict, findings) {
      judgements.request(verdict, findings);
      step('scan');
    },
    granted(given) {
      grant = given;
      facts.provider = given.route.providerId;
      facts.providerModel = given.route.providerModel;
      facts.policies = given.policies;
      step('first_byte');
    },
    judgedAnswer: judgements.answer,
    used(usage) {
      facts.usage = usage;
    },
    answeredBy(model, finish) {
      if (model !== undefined) facts.responseModel = model;
      if (finish !== undefined) facts.finish = finish;
    },
    refused(refusal) {
      facts.refusal = refusal.code;
      facts.status = refusal.status;
      if (refusal.details.policies) facts.policies = refusal.details.policies;
      ended = outcomeOf(refusal.code, exchange);
      return ended;
    },
    captureRequest(received, cleared) {
      if (application && application.capture !== 'none')
        captured.request = application.capture === 'full' ? received : cleared;
    },
    captureAnswer(released, unrestored) {
      if (application && application.capture !== 'none')
        captured.answer.push(application.capture === 'full' ? released : unrestored);
    },
    inputTokens: () => countInput(),
    headers: () => ({ 'x-bartizan-request-id': exchange.id, ...judgements.headers(), ...leases?.headers() }),
    async record(outcome) {
      await append(entryOf('interaction', outcome));
      recorded = outcome;
    },
    async close() {
      const usage = facts.usage ?? NO_USAGE;
      if (grant) metering.meter(grant.authentication, grant.route, usage, costMicros());
      else if (intended) metering.refused(intended.authentication, intended.route);
      const settled = leases?.settle(usage, costMicros());
      const appended = recorded === 'released' ? append(entryOf('interaction_end', ended)) : undefined;
      // One that fails keeps the other from nothing.
      for (const done of await Promise.allSettled([settled, appended]))
        if (done.status === 'rejected') observer.fault('interaction', done.reason, exchange.id);
    },
  };
}

function outcomeOf(refusal: RefusalCode, exchange: Exchange): Outcome {
  if (exchange.signal.aborted || refusal === 'client_closed') return 'client_closed';
  return isFailure(refusal) ? 'failed' : 'refused';
}
