/** Databases and data platforms. */
import { base62, capitals, digits, hex, optional, rule, unreserved, url64, type SecretRule } from './rule.ts';

export const DATABASE_RULES: readonly SecretRule[] = [
  rule('databricks_token', 'Databricks token', ['dapi', 'dkea', 'dose'], [hex(32), optional('-', digits(1))]),
  rule(
    'planetscale_token',
    'PlanetScale token',
    ['pscale_tkn_', 'pscale_pw_', 'pscale_oauth_'],
    [unreserved(32, 64)],
  ),
  rule('supabase_token', 'Supabase access token', ['sbp_'], [hex(40)]),
  rule('supabase_key', 'Supabase secret key', ['sb_secret_'], [url64(20, 60)]),
  rule('neon_key', 'Neon API key', ['napi_'], [base62(60, 68)]),
  rule('mongodb_atlas_secret', 'MongoDB Atlas service account secret', ['mdb_sa_sk_'], [url64(40)]),
  rule('clickhouse_cloud_secret', 'ClickHouse Cloud API secret', ['4b1d'], [base62(38)]),
  rule('cockroach_key', 'CockroachDB Cloud API key', ['CCDB1_'], [base62(22), '_', base62(40)]),
  rule('elastic_key', 'Elastic Cloud API key', ['essu_'], [base62(40, 120)]),
  rule('confluent_secret', 'Confluent Cloud API secret', ['cflt'], [url64(60)]),
  rule('dbt_token', 'dbt Cloud token', ['dbtu_', 'dbtc_'], [url64(34, 60)]),
  rule('pinecone_key', 'Pinecone API key', ['pcsk_'], [base62(4, 6), '_', base62(60, 64)]),
  rule('contentful_token', 'Contentful management token', ['CFPAT-'], [url64(43)]),
  rule('xata_key', 'Xata API key', ['xau_'], [base62(33)]),
  rule('fauna_key', 'Fauna key', ['fnA'], [capitals(1), url64(36)]),
  rule('tinybird_token', 'Tinybird token', ['p.eyJ'], [url64(60, 400), '.', url64(27)]),
  rule('qstash_signing_key', 'Upstash QStash signing key', ['sig_'], [base62(28)]),
];
