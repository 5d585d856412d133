/** The tables of those who administer the house. Times are milliseconds since the epoch. */
export interface AdministratorTables {
  readonly administrators: {
    /** The id in lower case. */
    sign_in_name: string;
    id: string;
    reference: string;
    display_name: string;
    source: string;
    subject: string | null;
    /** JSON arrays. */
    assignments: string;
    provider_assignments: string;
    password_hash: string | null;
    totp_sealed: string | null;
    totp_enrolled_at_ms: number | null;
    totp_step: number;
    created_at_ms: number;
    disabled_at_ms: number | null;
    last_sign_in_at_ms: number | null;
    is_owner: number;
  };
  /** One row, which every change of an account writes first: so they come one after another. */
  readonly administrators_order: { one: number; changes: number };
  readonly administrator_passkeys: {
    id: string;
    administrator: string;
    name: string;
    public_key: string;
    counter: number;
    /** JSON array. */
    transports: string;
    is_backed_up: number;
    created_at_ms: number;
    last_used_at_ms: number | null;
  };
  readonly administrator_recovery_codes: { hash: string; administrator: string };
  readonly administrator_sessions: {
    id: string;
    hash: string;
    administrator: string;
    created_at_ms: number;
    authenticated_at_ms: number;
    last_seen_at_ms: number;
    expires_at_ms: number;
    address: string;
    user_agent: string;
    /** JSON array. */
    methods: string;
  };
  readonly administrator_tokens: {
    id: string;
    hash: string;
    administrator: string;
    name: string;
    hint: string;
    /** JSON array. */
    permissions: string | null;
    created_at_ms: number;
    expires_at_ms: number;
    last_used_at_ms: number | null;
  };
  readonly administrator_tickets: {
    hash: string;
    kind: string;
    administrator: string;
    data: string;
    expires_at_ms: number;
    failures: number;
  };
  readonly sign_in_failures: { key: string; failures: number; last_at_ms: number };
}
