/** Whom the scanners of one request ask through that ask somebody else. */
import type { Application } from '../domain/application.ts';
import type { Direction } from '../domain/document.ts';
import type { Authentication } from '../domain/principal.ts';
import type { RequestContext } from '../modules/policy/policy.ts';
import type { Inquirer, Inquiry } from '../modules/scanning/scanner.ts';
import { askModel } from './ask-model.ts';
import type { House, Snapshot } from './house.ts';
import type { Inquiries } from './inquiries.ts';

/** The record of the request for whose sake something is asked. */
interface Recorded {
  readonly id: string;
  readonly inquiries: Inquiries;
}

/** A class, so that a request in which nobody asks anything pays for no closures. */
export class RequestInquirer implements Inquirer {
  readonly house: House;
  readonly snapshot: Snapshot;
  readonly requestId: string;
  readonly authentication: Authentication;
  readonly application: Application;
  readonly #inquiries: Inquiries;
  readonly #context: RequestContext;
  #labels: ReadonlySet<string> | undefined;

  constructor(
    house: House,
    snapshot: Snapshot,
    { id, inquiries }: Recorded,
    authentication: Authentication,
    application: Application,
    context: RequestContext,
  ) {
    this.house = house;
    this.snapshot = snapshot;
    this.requestId = id;
    this.authentication = authentication;
    this.application = application;
    this.#inquiries = inquiries;
    this.#context = context;
  }

  /** What the request was found to hold; an answer's scanners ask with it. */
  labelled(labels: ReadonlySet<string>): void {
    this.#labels = labels;
  }

  contextWith(labels: ReadonlySet<string>): RequestContext {
    return { ...this.#context, labels: this.#labels ? this.#labels.union(labels) : labels };
  }

  inquiry(guardrail: string, direction: Direction, labels: () => ReadonlySet<string>): Inquiry {
    const inquiries = this.#inquiries;
    return {
      application: this.application.id,
      ask: (question, signal) =>
        askModel(
          this,
          guardrail,
          question,
          this.contextWith(labels()),
          signal,
          inquiries.begin(guardrail, direction),
        ),
      took: (result, durationMs) => inquiries.add(guardrail, direction, { result }, durationMs),
    };
  }
}
