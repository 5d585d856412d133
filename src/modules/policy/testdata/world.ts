/** A small world to ask policies about: one tree, its principals, applications and routes. */
import { configurationSchema, type Configuration } from '../../../contract/configuration.ts';
import type { Application } from '../../../domain/application.ts';
import type { Authentication, Principal, Scope } from '../../../domain/principal.ts';
import { Refusal } from '../../../domain/refusal.ts';
import type { Route } from '../../../domain/route.ts';
import type { RequestContext } from '../request-context.ts';

export const PERMIT_ALL = 'permit (principal, action, resource);';

export function treeWith(policies: Readonly<Record<string, string>>, guardrails: Readonly<Record<string, unknown>> = {}): Configuration {
  return configurationSchema.parse({
    version: 1,
    groups: { clinicians: {}, staff: {} },
    applications: { portal: { owners: ['alice'], purpose: 'patient letters', data_class: 'restricted', groups: ['staff'] }, demo: {} },
    providers: {
      frankfurt: { kind: 'openai-compatible', region: 'eu-central-1', labels: ['certified'] },
      virginia: { kind: 'openai', region: 'us-east-1' },
      somewhere: { kind: 'simulator' },
    },
    models: {
      'gpt-5': { candidates: [{ provider: 'frankfurt' }, { provider: 'virginia' }], labels: ['large'] },
      tiny: { candidates: [{ provider: 'somewhere' }] },
    },
    policies: Object.fromEntries(Object.entries(policies).map(([name, cedar]) => [name, { cedar }])),
    guardrails,
  });
}

const route = (model: string, providerId: string, providerKind: string, region?: string): Route => ({
  model,
  providerId,
  providerKind,
  providerModel: model,
  labels: [],
  defaultMaxOutputTokens: 4_096,
  ...(region === undefined ? {} : { region }),
});
export const frankfurt = route('gpt-5', 'frankfurt', 'openai-compatible', 'eu-central-1');
export const virginia = route('gpt-5', 'virginia', 'openai', 'us-east-1');
export const somewhere = route('tiny', 'somewhere', 'simulator');

export const alice: Principal = { kind: 'person', id: 'alice', groups: ['clinicians'] };
export const robot: Principal = { kind: 'agent', id: 'robot', groups: [] };

export function authenticationOf(principal: Principal, scopes: readonly Scope[] = ['inference'], assertedBy?: Principal): Authentication {
  return {
    method: 'api_key',
    credentialId: 'key_1',
    applicationId: 'portal',
    principal,
    scopes: new Set(scopes),
    ...(assertedBy ? { assertedBy } : {}),
  };
}

export const portal: Application = {
  id: 'portal',
  owners: ['alice'],
  purpose: 'patient letters',
  dataClass: 'restricted',
  models: ['*'],
  groups: ['staff'],
  capture: 'none',
  record: 'before_release',
};
export const demo: Application = { ...portal, id: 'demo', owners: [], purpose: '', dataClass: 'internal', groups: [] };

export function contextWith(change: Partial<RequestContext> = {}): RequestContext {
  return {
    nowMs: Date.parse('2026-11-23T15:30:00Z'),
    address: '192.0.2.7',
    labels: new Set(),
    gates: new Set(),
    ...change,
  };
}

export function refusalOf(work: () => unknown): Refusal {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
