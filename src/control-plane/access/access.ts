/** Who may use what, and why. */
import type { accessOperations } from '../../contract/api/access.ts';
import type { ConfigurationRoom } from '../../governance/configuration/configuration.ts';
import type { Handlers } from '../handler.ts';
import { partHandlers } from '../parts.ts';
import type { AccessExplainer } from './access-explainer.ts';
import { testIssuer, type IssuerTestMeans } from './test-issuer.ts';
import { policyProblemsOf } from './policy-problems.ts';

export interface AccessOptions extends IssuerTestMeans {
  readonly configurations: ConfigurationRoom;
  readonly explainer: AccessExplainer;
}

export function accessHandlers(options: AccessOptions): Handlers<typeof accessOperations> {
  const { configurations, explainer } = options;
  const groups = partHandlers(configurations, 'groups');
  const principals = partHandlers(configurations, 'principals');
  const applications = partHandlers(configurations, 'applications');
  const policies = partHandlers(configurations, 'policies');
  const issuers = partHandlers(configurations, 'issuers');
  return {
    listGroups: groups.list,
    getGroup: groups.get,
    createGroup: groups.create,
    changeGroup: groups.change,
    removeGroup: groups.remove,
    listPrincipals: principals.list,
    getPrincipal: principals.get,
    createPrincipal: principals.create,
    changePrincipal: principals.change,
    removePrincipal: principals.remove,
    listApplications: applications.list,
    getApplication: applications.get,
    createApplication: applications.create,
    changeApplication: applications.change,
    removeApplication: applications.remove,
    listPolicies: policies.list,
    getPolicy: policies.get,
    createPolicy: policies.create,
    changePolicy: policies.change,
    removePolicy: policies.remove,
    listPolicyVersions: policies.versions,
    listIssuers: issuers.list,
    getIssuer: issuers.get,
    createIssuer: issuers.create,
    changeIssuer: issuers.change,
    removeIssuer: issuers.remove,
    testIssuer: ({ body }, { actor }) => testIssuer(options, body.value, actor),
    explainAccess: ({ body }, { reach }) => explainer(body, reach),
    async checkPolicy({ body }) {
      const { configuration } = await configurations.inForce();
      return { problems: policyProblemsOf(configuration, body.cedar) };
    },
  };
}
