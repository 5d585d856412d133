/** Checks what one part of the tree says of another: every name must lead somewhere. */
import type { Configuration } from '../../contract/configuration.ts';
import { guardrailPrincipal } from '../../domain/principal.ts';
import type { Problem } from './configuration-error.ts';

type Section = 'groups' | 'principals' | 'applications' | 'providers' | 'models' | 'guardrails' | 'limits';
type Path = readonly (string | number)[];

/** What a reference to each section is called in a message. */
const KINDS: Readonly<Record<Section, string>> = {
  groups: 'group',
  principals: 'principal',
  applications: 'application',
  providers: 'provider',
  models: 'model',
  guardrails: 'guardrail',
  limits: 'limit',
};

export function referenceProblems(configuration: Configuration): readonly Problem[] {
  return [
    ...principalProblems(configuration),
    ...applicationProblems(configuration),
    ...modelProblems(configuration),
    ...guardrailProblems(configuration),
    ...limitProblems(configuration),
    ...issuerProblems(configuration),
    ...siemProblems(configuration),
    ...alertProblems(configuration),
    ...workbenchProblems(configuration),
  ];
}

function alertProblems(configuration: Configuration): Problem[] {
  const sections = ['applications', 'guardrails', 'providers', 'limits'] as const;
  return Object.entries(configuration.alerts).flatMap(([id, { on, to }]) => {
    const named: { readonly event: string } & Partial<Record<Section, readonly string[]>> = on;
    const path = ['alerts', id];
    const strangers = sections.flatMap((section) =>
      missing(configuration, section, named[section] ?? [], [...path, 'on', section]),
    );
    const isHalf = to.kind === 'email' && (to.user === undefined) !== (to.password === undefined);
    if (!isHalf) return strangers;
    return [
      ...strangers,
      { path: [...path, 'to', 'password'], message: '`user` and `password` belong together' },
    ];
  });
}

function workbenchProblems({ workbench, applications }: Configuration): Problem[] {
  const { application } = workbench;
  if (application === undefined || Object.hasOwn(applications, application)) return [];
  return [{ path: ['workbench', 'application'], message: `there is no application ${application}` }];
}

function missing(
  configuration: Configuration,
  section: Section,
  names: readonly string[],
  path: Path,
): Problem[] {
  return names.flatMap((name, index) =>
    Object.hasOwn(configuration[section], name)
      ? []
      : [{ path: [...path, index], message: `there is no ${KINDS[section]} ${name}` }],
  );
}

function principalProblems(configuration: Configuration): Problem[] {
  return Object.entries(configuration.principals).flatMap(([id, { groups }]) =>
    missing(configuration, 'groups', groups, ['principals', id, 'groups']),
  );
}

function applicationProblems(configuration: Configuration): Problem[] {
  const { groups, principals } = configuration;
  return Object.entries(configuration.applications).flatMap(([id, application]) => {
    const path = ['applications', id];
    const owners = application.owners.flatMap((owner, index) =>
      Object.hasOwn(principals, owner) || Object.hasOwn(groups, owner)
        ? []
        : [{ path: [...path, 'owners', index], message: `there is no principal and no group ${owner}` }],
    );
    const models = application.models.flatMap((model, index) =>
      model === '*' || Object.hasOwn(configuration.models, model)
        ? []
        : [{ path: [...path, 'models', index], message: `there is no model ${model}` }],
    );
    return [
      ...owners,
      ...models,
      ...missing(configuration, 'groups', application.groups, [...path, 'groups']),
    ];
  });
}

function modelProblems(configuration: Configuration): Problem[] {
  return Object.entries(configuration.models).flatMap(([id, { candidates }]) =>
    candidates.flatMap(({ provider }, index) =>
      Object.hasOwn(configuration.providers, provider)
        ? []
        : [
            {
              path: ['models', id, 'candidates', index, 'provider'],
              message: `there is no provider ${provider}`,
            },
          ],
    ),
  );
}

function guardrailProblems(configuration: Configuration): Problem[] {
  return Object.entries(configuration.guardrails).flatMap(([id, guardrail]) => {
    const path = ['guardrails', id];
    const models = guardrail.models.flatMap((model, index) =>
      // A pattern may speak of models that are still to come.
      model.includes('*') || Object.hasOwn(configuration.models, model)
        ? []
        : [{ path: [...path, 'models', index], message: `there is no model ${model}` }],
    );
    return [
      ...missing(configuration, 'applications', guardrail.applications, [...path, 'applications']),
      ...missing(configuration, 'groups', guardrail.groups, [...path, 'groups']),
      ...models,
    ];
  });
}

function limitProblems(configuration: Configuration): Problem[] {
  const sections = ['applications', 'groups', 'models', 'providers'] as const;
  return Object.entries(configuration.limits).flatMap(([id, limit]) => {
    const path = ['limits', id];
    const concurrent = limit.measure === 'concurrent_requests';
    const problems = sections.flatMap((section) =>
      missing(configuration, section, limit[section], [...path, section]),
    );
    const strangers = limit.principals.flatMap((name, index) =>
      isKnownPrincipal(configuration, name)
        ? []
        : [{ path: [...path, 'principals', index], message: `there is no principal ${name}` }],
    );
    problems.push(...strangers);
    if (concurrent && limit.window !== undefined) {
      problems.push({
        path: [...path, 'window'],
        message: 'concurrent requests are counted now, not in a window',
      });
    }
    if (!concurrent && limit.window === undefined) {
      problems.push({
        path: [...path, 'window'],
        message: `a limit on ${limit.measure} needs a window: second, minute, hour, day, week or month`,
      });
    }
    return problems;
  });
}

/** By its id, or with its kind before it; guardrails are services, and a pattern may speak of principals still to come. */
function isKnownPrincipal({ principals, guardrails }: Configuration, name: string): boolean {
  if (name.includes('*') || Object.hasOwn(principals, name)) return true;
  const [, kind, id = name] = /^(person|service|agent):(.+)$/.exec(name) ?? [];
  const known = Object.hasOwn(principals, id) ? principals[id] : undefined;
  if (known !== undefined && known.kind === kind) return true;
  return Object.keys(guardrails).some(
    (guardrail) => id === guardrailPrincipal(guardrail).id && (kind ?? 'service') === 'service',
  );
}

function issuerProblems(configuration: Configuration): Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(configuration.issuers).flatMap(
    ([id, { issuer, audience, application, application_claim: claim }]) => {
      const path = ['issuers', id];
      const problems: Problem[] = [];
      if (application !== undefined && !Object.hasOwn(configuration.applications, application)) {
        problems.push({ path: [...path, 'application'], message: `there is no application ${application}` });
      }
      if (application === undefined && claim === undefined) {
        problems.push({
          path: [...path, 'application'],
          message: 'an issuer needs `application`, or `application_claim` that names it',
        });
      }
      const token = JSON.stringify([issuer, audience]);
      const other = seen.get(token);
      if (other !== undefined)
        problems.push({
          path: [...path, 'issuer'],
          message: `the issuer ${other} has the same address and audience`,
        });
      seen.set(token, id);
      return problems;
    },
  );
}

/** Two that write one file would move it aside under each other. */
function siemProblems({ siem }: Configuration): Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(siem).flatMap(([id, destination]) => {
    if (destination.to !== 'file') return [];
    const other = seen.get(destination.path);
    seen.set(destination.path, id);
    return other === undefined
      ? []
      : [{ path: ['siem', id, 'path'], message: `the destination ${other} writes the same file` }];
  });
}
