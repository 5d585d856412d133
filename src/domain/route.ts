/** A requested model, resolved: which provider answers, under which name, from where. */
export interface Route {
  /** The name the client asked for, as configured under `models`. */
  readonly model: string;
  /** The wildcard under `models` that the name fits, where it is not configured by itself: the name is the client's text then. */
  readonly wildcard?: string;
  readonly providerId: string;
  /** OpenTelemetry `gen_ai.provider.name`. */
  readonly providerKind: string;
  /** What the provider calls the model. */
  readonly providerModel: string;
  readonly region?: string;
  readonly labels: readonly string[];
  /** Assumed for reservations where the client sets no limit on the answer. */
  readonly defaultMaxOutputTokens: number;
}
