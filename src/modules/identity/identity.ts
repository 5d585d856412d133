/** Who is asking: API keys and tokens of configured issuers become a principal, or a refusal. */
import type { Authentication } from '../../domain/principal.ts';

/** What a request presents, read from the headers of its dialect; each is undefined where absent. */
export interface PresentedCredentials {
  /** The whole `authorization` header. */
  readonly authorization: string | undefined;
  readonly xApiKey: string | undefined;
  /** `x-goog-api-key`, or the query parameter `key`. */
  readonly xGoogApiKey: string | undefined;
  /** `x-bartizan-principal`: on whose behalf, as `person:alice`, `service:…` or `agent:…`. */
  readonly assertedPrincipal: string | undefined;
}

export interface Identity {
  /** @throws Refusal missing_credential, ambiguous_credential, invalid_credential, expired_credential, insufficient_scope */
  authenticate(presented: PresentedCredentials): Promise<Authentication>;
}
