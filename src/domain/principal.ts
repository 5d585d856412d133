/** Who is asking, once authenticated: a person, a service or an agent; and how that was proven. */
export type PrincipalKind = 'person' | 'service' | 'agent';

export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string;
  readonly groups: readonly string[];
}

/** Ids of services that are guardrails: no credential speaks for one. */
const GUARDRAIL_PREFIX = 'guardrail/';

/** Who asks a model on a guardrail's behalf. */
export function guardrailPrincipal(guardrail: string): Principal {
  return { kind: 'service', id: `${GUARDRAIL_PREFIX}${guardrail}`, groups: [] };
}

export function isGuardrailPrincipal(kind: PrincipalKind, id: string): boolean {
  return kind === 'service' && id.startsWith(GUARDRAIL_PREFIX);
}

/**
 * What a credential may be used for.
 * `inference`: call models, and have texts judged; `scan`: have texts judged and nothing else; `assert_principal`: name the principal on whose behalf the application calls;
 * `reidentify`: have stand-ins in answers restored; `administer`: change the configuration;
 * `audit`: read the log, which names nobody and quotes nothing, though it tells how much is used.
 */
export const SCOPES = ['inference', 'scan', 'assert_principal', 'reidentify', 'administer', 'audit'] as const;
export type Scope = (typeof SCOPES)[number];

export interface Authentication {
  /** `voucher`: the house itself vouches, for somebody who has signed in to the console. */
  readonly method: 'api_key' | 'jwt' | 'voucher';
  /** The credential's id: never the credential itself. */
  readonly credentialId: string;
  readonly applicationId: string;
  readonly principal: Principal;
  /** The principal of the credential, where it asserted another one on whose behalf it calls. */
  readonly assertedBy?: Principal;
  readonly scopes: ReadonlySet<Scope>;
}
