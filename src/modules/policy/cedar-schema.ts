/** What Cedar policies may speak of, in Cedar's own schema language. A policy that says anything else is refused. */

/**
 * Every attribute is always there, so that no policy has to ask `has`: a provider without a region has the region "".
 * Write rules about places as `unless { context.region like "eu-*" }`: what is unknown is then forbidden.
 */
export const CEDAR_SCHEMA = `
// Principals and applications are members of the groups that the tree or the issuer's token gives them.
entity Group;
entity Person, Service, Agent in [Group];
entity Application in [Group] {
  owners: Set<String>,
  purpose: String,
  data_class: String,
};
entity Provider {
  kind: String,
  region: String,
  labels: Set<String>,
};
// A model is looked at as one provider would answer for it: it is a member of that provider.
entity Model in [Provider] {
  name: String,
  provider_model: String,
  labels: Set<String>,
};

// May this principal have this model called?
action call_model appliesTo {
  principal: [Person, Service, Agent],
  resource: [Model],
  context: {
    now: Long,            // seconds since 1970; a policy that reads it is decided anew for each request
    hour: Long,           // 0 to 23, UTC
    weekday: String,      // "monday" to "sunday", UTC
    address: ipaddr,      // the client's
    labels: Set<String>,  // what scanners found: "pii", "pii.EMAIL_ADDRESS"; empty before scanning
    gates: Set<String>,   // what the principal has passed
    application: Application,
    provider: Provider,
    region: String,       // the provider's, "" where unknown
    on_behalf: Bool,      // the application named another principal on whose behalf it calls
  },
};

// May answers to this principal show what was pseudonymized?
action reidentify appliesTo {
  principal: [Person, Service, Agent],
  resource: [Application],
  context: {
    now: Long,
    hour: Long,
    weekday: String,
    address: ipaddr,
    labels: Set<String>,
    gates: Set<String>,
    application: Application,
    on_behalf: Bool,
  },
};
`;

export const CONTEXT_ATTRIBUTES = [
  'now',
  'hour',
  'weekday',
  'address',
  'labels',
  'gates',
  'application',
  'provider',
  'region',
  'on_behalf',
] as const;
export type ContextAttribute = (typeof CONTEXT_ATTRIBUTES)[number];
