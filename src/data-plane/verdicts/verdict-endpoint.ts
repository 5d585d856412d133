/** The contract of an address at which texts are judged by the guardrails in force, without any model being called. */
import type { Json, JsonObject } from '../../base/json.ts';
import type { VerdictDialect } from '../../domain/dialect.ts';
import type { Document } from '../../domain/document.ts';
import type { Finding } from '../../domain/finding.ts';
import type { Guardrail, Verdict } from '../../domain/guardrail.ts';
import type { Addressed } from '../endpoint.ts';
import type { Wishes } from './asked-guardrails.ts';

/** What is asked, read out of a body. */
export interface VerdictAsk {
  readonly document: Document;
  /** The model that the texts are meant for, where guardrails are scoped to models; empty for none. */
  readonly model: string;
  /** The application that the client names; it MUST be the credential's own. */
  readonly application: string | undefined;
  readonly wishes: Wishes;
  readonly metadata: Readonly<Record<string, string>>;
}

export interface Judged {
  readonly id: string;
  readonly at: number;
  readonly ask: VerdictAsk;
  readonly guardrails: readonly Guardrail[];
  readonly findings: readonly Finding[];
  readonly verdict: Verdict;
  /** The body with the verdict's edits made; the body itself where there are none. */
  readonly rewritten: Json;
  /** Milliseconds by scanner. */
  readonly timings: ReadonlyMap<string, number>;
  readonly snapshot: string;
}

export interface VerdictEndpoint extends Addressed {
  readonly dialect: VerdictDialect;
  readonly operation: 'scan';
  readonly path: string;
  /** @throws Refusal `invalid_request`, with the pointer of what is wrong */
  read(body: JsonObject): VerdictAsk;
  answer(judged: Judged, body: JsonObject): JsonObject;
}
