/** An application that says on whose behalf it calls, where its credential lets it. */
import type { Configuration } from '../../contract/configuration.ts';
import type { Authentication, PrincipalKind } from '../../domain/principal.ts';
import { Refusal } from '../../domain/refusal.ts';
import { principalOf } from './principal-of.ts';

/** The same ids that a configuration can name. */
const FORM = /^(person|service|agent):([A-Za-z0-9][A-Za-z0-9._:/@-]{0,127})$/;
const KINDS: Readonly<Record<string, PrincipalKind>> = {
  person: 'person',
  service: 'service',
  agent: 'agent',
};

/**
 * The asserted principal takes the credential's place, and has its own groups alone: none of the credential's, so that
 * an assertion never gains what neither of the two may do.
 * @throws Refusal insufficient_scope, invalid_request
 */
export function withAssertedPrincipal(
  authentication: Authentication,
  asserted: string,
  configuration: Pick<Configuration, 'principals'>,
): Authentication {
  if (!authentication.scopes.has('assert_principal')) {
    throw new Refusal('insufficient_scope', 'the credential does not carry the scope assert_principal');
  }
  const [, kindText = '', id] = FORM.exec(asserted) ?? [];
  const kind = KINDS[kindText];
  if (kind === undefined || id === undefined) {
    throw new Refusal(
      'invalid_request',
      'the asserted principal must be person:, service: or agent: and an id',
      {
        pointer: 'x-bartizan-principal',
      },
    );
  }
  return {
    ...authentication,
    principal: principalOf(configuration, kind, id),
    assertedBy: authentication.principal,
  };
}
