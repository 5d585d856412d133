/** What only plug-ins and rooms know to be wrong with a configuration, told before it is applied. */
import type { ZodError } from 'zod';
import type { Configuration } from '../contract/configuration.ts';
import { administrationProblems } from '../governance/authorization/authorization.ts';
import type { Problem } from '../governance/configuration/configuration.ts';
import { policyProblems } from '../modules/policy/policy.ts';
import { retentionProblems } from '../governance/retention/retention.ts';
import { manifestOf, ownSettings, PROVIDERS } from './providers.ts';
import { provisioningProblems } from './provisioned-roles.ts';
import { retentionPack } from './retention-pack.ts';
import { SCANNERS } from './scanners.ts';
import { witnessProblems } from './witnesses.ts';

export const VALIDATORS: readonly ((configuration: Configuration) => readonly Problem[])[] = [
  providerProblems,
  scannerProblems,
  policyProblems,
  administrationProblems,
  provisioningProblems,
  witnessProblems,
  (configuration) => retentionProblems(configuration, retentionPack()),
];

function providerProblems({ providers }: Configuration): readonly Problem[] {
  return Object.entries(providers).flatMap(([id, provider]) => {
    const manifest = manifestOf(provider.kind);
    const path = ['providers', id];
    if (!manifest)
      return [
        {
          path: [...path, 'kind'],
          message: `there is no provider of this kind; there are ${PROVIDERS.map((known) => known.id).join(', ')}`,
        },
      ];
    const parsed = manifest.config.safeParse(ownSettings(provider));
    return parsed.success ? [] : issuesOf(parsed.error, path);
  });
}

function scannerProblems({ guardrails, models }: Configuration): readonly Problem[] {
  return Object.entries(guardrails).flatMap(([id, guardrail]) => {
    const manifest = SCANNERS.find((known) => known.id === guardrail.scanner);
    const path = ['guardrails', id];
    if (!manifest)
      return [
        {
          path: [...path, 'scanner'],
          message: `there is no such scanner; there are ${SCANNERS.map((known) => known.id).join(', ')}`,
        },
      ];
    const parsed = manifest.config.safeParse(guardrail.config);
    if (!parsed.success) return issuesOf(parsed.error, [...path, 'config']);
    try {
      manifest.create(parsed.data, guardrail.kinds);
      const unknown = manifest.models?.(parsed.data).find((model) => !Object.hasOwn(models, model));
      return unknown === undefined
        ? []
        : [{ path: [...path, 'config'], message: `there is no model ${JSON.stringify(unknown)}` }];
    } catch (error) {
      return [
        { path: [...path, 'config'], message: error instanceof Error ? error.message : 'cannot be used' },
      ];
    }
  });
}

function issuesOf({ issues }: ZodError, path: readonly string[]): readonly Problem[] {
  return issues.map((issue) => ({ path: [...path, ...issue.path.map(String)], message: issue.message }));
}
