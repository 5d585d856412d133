/** The text of the configuration that a first start begins with, written to be read by newcomers. */

/** Variables of well-known providers that the environment holds. */
export type ProviderKey = 'OPENAI_API_KEY' | 'ANTHROPIC_API_KEY' | 'GEMINI_API_KEY';

export interface StartingOptions {
  readonly providerKeys: readonly ProviderKey[];
}

interface KnownProvider {
  readonly id: string;
  readonly kind: string;
  readonly models: readonly string[];
}

const KNOWN: Readonly<Record<ProviderKey, KnownProvider>> = {
  OPENAI_API_KEY: {
    id: 'openai',
    kind: 'openai',
    models: ['gpt-5', 'gpt-5-mini', 'gpt-4.1-mini', 'text-embedding-3-small'],
  },
  ANTHROPIC_API_KEY: {
    id: 'anthropic',
    kind: 'anthropic',
    models: ['claude-opus-4-5', 'claude-sonnet-4-5', 'claude-haiku-4-5'],
  },
  GEMINI_API_KEY: {
    id: 'google',
    kind: 'google',
    models: ['gemini-2.5-pro', 'gemini-2.5-flash', 'gemini-embedding-001'],
  },
};

const HEAD = `# Bartizan's configuration: all of it, in one tree. Change it and run
#   bartizan plan -f bartizan.yaml     to see what would change
#   bartizan apply -f bartizan.yaml    to put it in force, all of it or nothing
version: 1

# The clients that call models. Each key belongs to one of them.
applications:
  demo:
    purpose: Trying Bartizan
    data_class: internal
    models: ['*']
  # What members use in the console.
  workbench:
    purpose: Conversations in the console's workbench
    data_class: internal
    models: ['*']

`;

const RULES = `# Who may do what, in Cedar (https://www.cedarpolicy.com). What nothing permits is denied,
# and one forbid beats every permit.
policies:
  demo:
    description: Everything that calls through the demo application may call its models and read answers in clear.
    cedar: |
      permit (principal, action in [Action::"call_model", Action::"reidentify"], resource)
      when { context.application == Application::"demo" };
  workbench:
    description: Whoever may use the workbench may call its models and read answers in clear.
    cedar: |
      permit (principal is Person, action in [Action::"call_model", Action::"reidentify"], resource)
      when { context.application == Application::"workbench" };

# What is looked for in what is sent and answered, and what is done about it:
# allow, flag, pseudonymize, mask, redact or block.
guardrails:
  personal-data:
    # In every turn: an answer that showed the originals comes back as history with the next question.
    description: The model sees stand-ins; the answer shows what they stood for.
    scanner: pii
    # Not web addresses (URL): a model that is asked about one needs it.
    config: { kinds: [EMAIL_ADDRESS, PHONE_NUMBER, CREDIT_CARD, IBAN_CODE, US_SSN, IP_ADDRESS] }
    action: pseudonymize
    directions: [request]
  secrets:
    description: Keys and passwords reach neither the provider nor the reader of an answer.
    scanner: secrets
    action: redact
  invisible-text:
    description: Characters that nobody sees and a model obeys.
    scanner: invisible-text
    action: redact

  prompt-injection:
    description: Instructions that want to be obeyed in place of yours, in questions, documents and tool results.
    scanner: prompt-injection
    action: block
    directions: [request]
    channels: [user, document, tool]

# How much. All that match must pass.
limits:
  requests-per-application:
    measure: requests
    capacity: 600
    window: minute
    per: application
  concurrent-per-application:
    measure: concurrent_requests
    capacity: 200
    per: application
`;

export function startingYaml({ providerKeys }: StartingOptions): string {
  const known = providerKeys.map((key) => ({ key, ...KNOWN[key] }));
  const providers = known.map(
    ({ id, kind, key }) => `  ${id}:\n    kind: ${kind}\n    credential: { env: ${key} }\n`,
  );
  const models = known.flatMap(({ id, models: names }) =>
    names.map((name) => `  ${name}:\n    candidates: [{ provider: ${id} }]\n`),
  );
  return `${HEAD}# Who answers. Credentials are never written here: they are read from the environment
# ({ env: NAME }) or from the encrypted store ({ secret: name }, see \`bartizan secrets\`).
providers:
  # Answers offline, and says in every answer that it is no model.
  simulator:
    kind: simulator
${providers.join('')}
# The names that clients ask for, and who may answer under them: more candidates are
# fallbacks by priority, or share the load by weight.
models:
  simulator:
    candidates: [{ provider: simulator }]
${models.join('')}
${RULES}`;
}
