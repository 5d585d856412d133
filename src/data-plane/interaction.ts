/** The record of one exchange while it comes into being, and the accounts that are settled with it, each exactly once. */
import type { Application } from '../domain/application.ts';
import type { Finding } from '../domain/finding.ts';
import type { Verdict } from '../domain/guardrail.ts';
import type { Authentication } from '../domain/principal.ts';
import type { Grant, Grants } from '../domain/proofs.ts';
import type {
  InteractionEntry,
  InteractionEndEntry,
  Outcome,
  Receipt,
  RecordedAttempt,
} from '../domain/record.ts';
import { isFailure, type Refusal, type RefusalCode } from '../domain/refusal.ts';
import { NO_USAGE, type Usage } from '../domain/usage.ts';
import type { Json } from '../base/json.ts';
import { createCapturedContent, type CapturedContent } from './captured-content.ts';
import { concernedBy, createPersons, endUsers, type Named, type Said } from './concerned.ts';
import type { Addressed, Ask } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import type { House } from './house.ts';
import { Inquiries } from './inquiries.ts';
import { createJudgements, type Judgements } from './judgements.ts';
import type { Leases } from './leases.ts';

type Writable<T> = { -readonly [K in keyof T]: T[K] };

export class Interaction {
  readonly attempts: RecordedAttempt[] = [];
  readonly judgements: Judgements = createJudgements();
  readonly inquiries = new Inquiries();
  /** Set where the application's content is captured. */
  content: CapturedContent | undefined;
  readonly #house: House;
  readonly #exchange: Exchange<Addressed>;
  readonly #snapshot: string;
  readonly #facts: Writable<Partial<InteractionEntry>> = {};
  readonly #timings: Record<string, number> = {};
  readonly #events: Record<string, number> = {};
  #application: Application | undefined;
  #intended: Grant | undefined;
  #granted: Grant | undefined;
  #leases: Leases | undefined;
  #countInput: () => number = () => 0;
  #isCalling = false;
  #recorded: Outcome | undefined;
  /** Where the record of this exchange stands in the log, once it does. */
  #receipt: Receipt | undefined;
  #ended: Outcome = 'answered';
  readonly #persons = createPersons();

  get id(): string {
    return this.#exchange.id;
  }

  constructor(house: House, exchange: Exchange<Addressed>, snapshot: string) {
    this.#house = house;
    this.#exchange = exchange;
    this.#snapshot = snapshot;
  }

  /** Marks the end of a step in the record's timings. */
  step(name: string): void {
    this.#timings[name] = Math.round((performance.now() - this.#exchange.startedMs) * 100) / 100;
  }

  identified({ principal, assertedBy, credentialId }: Authentication, application: Application): void {
    this.#application = application;
    this.content = createCapturedContent(application);
    this.#facts.application = application.id;
    this.#facts.credential = credentialId;
    this.#facts.principal = { kind: principal.kind, id: principal.id };
    if (assertedBy) this.#facts.assertedBy = { kind: assertedBy.kind, id: assertedBy.id };
    this.step('identity');
  }

  /** @throws Refusal `invalid_request` for an end user who cannot be one */
  asked({ stream, endUsers: named = [] }: Pick<Ask, 'stream' | 'endUsers'>): void {
    this.#facts.stream = stream;
    const { subject } = this.#exchange;
    if (named.length === 0 && subject === undefined) return;
    const asserted = subject === undefined ? named : [...named, subject];
    this.#facts.subjects = endUsers(this.#application?.id ?? '', asserted);
  }

  /** What is captured of the request, and whom it is about: asked only where content is captured. */
  captured(received: Json, cleared: Json, said: Said): void {
    if (!this.content || !this.#application) return;
    concernedBy(said, this.#application.capture, this.#persons);
    this.content.request(received, cleared);
  }

  /** Somebody is found in the answer: it is about her as well, where it is captured. */
  named(named: Named, phoneRegions: readonly string[]): void {
    if (this.content) this.#persons.add(named, phoneRegions);
  }

  /** Whom it is about, as far as it is known now. */
  #concerned() {
    const { subjects, beyond, isBeyondInContent } = this.#persons.read();
    if (beyond > 0) this.#events.subjects_not_linked = beyond;
    // Under the keys of some of whom it is about, it would outlive the erasure of the others.
    if (isBeyondInContent && this.content) {
      this.content = undefined;
      this.#events.content_not_captured = 1;
    }
    const all = [...(this.#facts.subjects ?? []), ...subjects];
    return all.length === 0 ? undefined : all;
  }

  /** Given along by the client, to find the record again. */
  labelled(metadata: Readonly<Record<string, string>>): void {
    if (Object.keys(metadata).length > 0) this.#facts.metadata = metadata;
  }

  /** Policy permits it; the route tried first is what a refusal is counted under. */
  permitted([first]: Grants): void {
    const { model, wildcard } = first.route;
    this.#intended = first;
    this.#facts.configuredModel = wildcard ?? model;
    this.#facts.requestedModel = wildcard ?? model;
    this.step('policy');
  }

  /** `countInput` counts the prompt's tokens, when they are first needed. */
  reserving(leases: Leases, countInput: () => number): void {
    this.#leases = leases;
    this.#countInput = countInput;
  }

  judged(verdict: Verdict, findings: readonly Finding[]): void {
    this.judgements.request(verdict, findings);
    this.step('scan');
  }

  /** The request leaves with a marker among its instructions. */
  planted(): void {
    this.judgements.planted();
  }

  /** From here on the provider may count what it was sent, whether or not it comes to answer. */
  calling(): void {
    this.#isCalling = true;
    if (this.#intended) this.#facts.requestedModel = this.#intended.route.model;
  }

  granted(grant: Grant): void {
    this.#granted = grant;
    this.#facts.provider = grant.route.providerId;
    this.#facts.providerModel = grant.route.providerModel;
    this.#facts.policies = grant.policies;
    this.step('first_byte');
  }

  /** What the call consumed so far; a later word replaces an earlier one. */
  used(usage: Usage): void {
    this.#facts.usage = usage;
  }

  answeredBy(model: string | undefined, finish: string | undefined): void {
    if (model !== undefined) this.#facts.responseModel = model;
    if (finish !== undefined) this.#facts.finish = finish;
  }

  /** Gives how that ends it. */
  refused({ code, status, details }: Refusal): Outcome {
    this.#facts.refusal = code;
    this.#facts.status = status;
    if (details.policies) this.#facts.policies = details.policies;
    if (details.guardrail !== undefined) this.#facts.refusedBy = details.guardrail;
    this.#ended = outcomeOf(code, this.#exchange);
    if (this.#ended === 'client_closed' && this.#isCalling && !this.#granted) this.#abandoned();
    return this.#ended;
  }

  /** The client left while the provider was at it: nobody tells what was used, so the prompt is counted. */
  #abandoned(): void {
    this.#granted = this.#intended;
    this.used({ ...NO_USAGE, inputTokens: this.#countInput() });
  }

  inputTokens(): number {
    return this.#countInput();
  }

  /** `x-bartizan-*` and rate headers, as far as known now. */
  headers(): Record<string, string> {
    return {
      'x-bartizan-request-id': this.#exchange.id,
      ...this.judgements.headers(),
      ...this.#leases?.headers(),
      ...(this.#receipt && { 'x-bartizan-record': `${this.#house.audit.origin}/${this.#receipt.index}` }),
    };
  }

  /** Appends the entry: `released` before a stream's first byte, any other outcome once it is known. @throws Refusal */
  async record(outcome: Outcome): Promise<void> {
    await this.#append(this.#entry('interaction', outcome));
    this.#recorded = outcome;
  }

  /** Settles the lease, meters, and appends the end of what was released. */
  async close(): Promise<void> {
    const usage = this.#facts.usage ?? NO_USAGE;
    const { metering, observer } = this.#house;
    if (this.#granted)
      metering.meter(this.#granted.authentication, this.#granted.route, usage, this.#costMicros());
    else if (this.#intended) metering.refused(this.#intended.authentication, this.#intended.route);
    // One that fails keeps the other from nothing.
    const report = (error: unknown) => observer.fault('interaction', error, this.#exchange.id);
    const settled = this.#leases?.settle(usage, this.#costMicros()).catch(report);
    if (this.#recorded === 'released')
      await this.#append(this.#entry('interaction_end', this.#ended)).catch(report);
    await settled;
  }

  async #append(entry: InteractionEntry | InteractionEndEntry): Promise<void> {
    const { audit, observer } = this.#house;
    const appended = audit.append(entry);
    if (this.#application?.record !== 'async') this.#receipt = await appended;
    else appended.catch((error: unknown) => observer.fault('audit', error, entry.id));
    if (entry.outcome !== 'released') observer.interaction(entry, this.#exchange.traceparent);
  }

  #entry<Kind extends 'interaction' | 'interaction_end'>(kind: Kind, outcome: Outcome) {
    this.step('total');
    const { id, at, endpoint } = this.#exchange;
    const inquiries = this.inquiries.recorded();
    const subjects = this.#concerned();
    const content = outcome === 'released' ? undefined : this.content?.text();
    const judged = this.judgements.recorded();
    return {
      id,
      at,
      snapshot: this.#snapshot,
      endpoint: `${endpoint.dialect}/${endpoint.operation}`,
      stream: false,
      policies: [],
      ...this.#facts,
      ...judged,
      events: { ...judged.events, ...this.#events },
      ...(this.#granted ? { costMicros: this.#costMicros() } : {}),
      ...(inquiries ? { inquiries } : {}),
      ...(content === undefined ? {} : { content }),
      // What stood for what is kept once, with the end.
      ...(subjects && {
        subjects: outcome === 'released' ? subjects.map((each) => ({ ...each, pseudonyms: [] })) : subjects,
      }),
      kind,
      outcome,
      attempts: this.attempts,
      timings: this.#timings,
    };
  }

  #costMicros(): number {
    const { usage } = this.#facts;
    return this.#granted && usage ? this.#house.metering.cost(this.#granted.route, usage) : 0;
  }
}

function outcomeOf(refusal: RefusalCode, exchange: Exchange<Addressed>): Outcome {
  if (exchange.signal.aborted || refusal === 'client_closed') return 'client_closed';
  return isFailure(refusal) ? 'failed' : 'refused';
}
