/** What Cedar policies about administration may speak of, in Cedar's own schema language. */
import { PERMISSION_NAMES } from '../../contract/api/permissions.ts';

/** The one entity of its type. */
export const ORGANIZATION = 'organization';

/** One action for each permission; every attribute is always there, so that no policy has to ask `has`. */
export const ADMINISTRATION_SCHEMA = `
entity Organization;
entity Group in [Organization];
entity Application in [Group, Organization] {
  owners: Set<String>,
  purpose: String,
  data_class: String,
};
entity Role;
// In the roles that are assigned over the resource which is asked about: a role over one application is none elsewhere.
entity Administrator in [Role];

${PERMISSION_NAMES.map(
  (permission) => `action ${JSON.stringify(permission)} appliesTo {
  principal: [Administrator],
  resource: [Organization, Group, Application],
  context: {
    by: String,            // "session" or "token"
    methods: Set<String>,  // how they proved who they are: "password", "totp", "passkey", "sso", "token"
  },
};`,
).join('\n')}
`;
