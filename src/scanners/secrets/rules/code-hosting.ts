/** Where code is kept, built, tested and deployed from. */
import { hasCrc32OfRandomPart } from '../checksum.ts';
import {
  anyHex,
  base36,
  base62,
  base64,
  capitals,
  hex,
  optional,
  rule,
  url64,
  type SecretRule,
} from './rule.ts';

/** GitLab's newer tokens say which cell they belong to. */
const ROUTE = optional('.', base36(2), '.', base36(7, 9));

export const CODE_HOSTING_RULES: readonly SecretRule[] = [
  rule(
    'github_fine_grained_token',
    'GitHub fine-grained personal access token',
    ['github_pat_'],
    [base62(22), '_', base62(59)],
  ),
  rule(
    'github_token',
    'GitHub personal, OAuth, app or refresh token',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    [base62(36)],
    { hasChecksum: hasCrc32OfRandomPart },
  ),
  rule('github_token', 'GitHub refresh token', ['ghr_'], [base62(76)]),
  rule('gitlab_personal_token', 'GitLab personal access token', ['glpat-'], [url64(20, 128), ROUTE]),
  rule(
    'gitlab_token',
    'GitLab deploy, runner, trigger, feed or job token',
    ['gldt-', 'glrt-', 'glrtr-', 'glptt-', 'glft-', 'glsoat-', 'glimt-', 'glagent-', 'gloas-', 'glffct-'],
    [url64(20, 128), ROUTE],
  ),
  rule('gitlab_job_token', 'GitLab job token', ['glcbt-'], [optional(base36(1, 5), '_'), url64(20, 64)]),
  rule('gitlab_runner_token', 'GitLab runner registration token', ['GR1348941'], [url64(20)]),
  rule('gitlab_session', 'GitLab session cookie', ['_gitlab_session='], [hex(32)]),
  rule('atlassian_token', 'Atlassian API token', ['ATATT3', 'ATCTT3'], [url64(60, 260), base64(0, 12)]),
  rule('bitbucket_password', 'Bitbucket app password', ['ATBB'], [base62(32)]),
  rule('trello_token', 'Trello API token', ['ATTA'], [hex(64), capitals(8)]),
  rule(
    'sourcegraph_token',
    'Sourcegraph access token',
    ['sgp_', 'sgp_local_'],
    [optional(anyHex(16), '_'), anyHex(40)],
  ),
  rule('sourcegraph_cody_token', 'Sourcegraph Cody gateway token', ['slk_'], [anyHex(64)]),
  rule('circleci_token', 'CircleCI token', ['CCIPAT_', 'CCIPRJ_'], [base62(20, 26), '_', hex(40)]),
  rule(
    'buildkite_token',
    'Buildkite token',
    ['bkua_', 'bkct_', 'bkaj_', 'bkpt_', 'bkpi_', 'bkar_', 'bkpat_'],
    [base62(40, 64)],
  ),
  rule('octopus_key', 'Octopus Deploy API key', ['API-'], [capitals(26)]),
  rule('sonar_token', 'SonarQube token', ['squ_', 'sqp_', 'sqa_', 'sqb_'], [hex(40)]),
  rule('postman_key', 'Postman API key', ['PMAK-'], [hex(24), '-', hex(34)]),
  rule('postman_collection_key', 'Postman collection key', ['PMAT-'], [capitals(26)]),
  rule('linear_key', 'Linear API key', ['lin_api_', 'lin_oauth_'], [base62(32, 64)]),
  rule('figma_token', 'Figma token', ['figd_', 'figu_', 'figur_', 'figoh_', 'figor_'], [url64(36, 60)]),
  rule(
    'jetbrains_token',
    'JetBrains permanent token',
    ['perm:', 'perm-'],
    [base64(4, 60), '.', base64(4, 60), '.', base62(30)],
  ),
  rule('teamcity_token', 'TeamCity access token', ['eyJ0eXAiOiAiVENWMiJ9.'], [url64(36), '.', url64(48)]),
  rule('snyk_token', 'Snyk token', ['snyk_uat.', 'snyk_sat.'], [hex(8), '.', url64(40, 400)]),
  rule('socket_key', 'Socket API key', ['sktsec_'], [url64(40, 80)]),
  rule('stackhawk_key', 'StackHawk API key', ['hawk.'], [url64(20), '.', url64(20)]),
  rule('gitpod_token', 'Gitpod token', ['gitpod_pat_'], [url64(40, 200)]),
  rule(
    'launchdarkly_key',
    'LaunchDarkly key',
    ['sdk-', 'mob-', 'api-'],
    [anyHex(8), '-', anyHex(4), '-4', anyHex(3), '-', anyHex(4), '-', anyHex(12)],
  ),
  rule('statsig_key', 'Statsig server secret', ['secret-'], [base62(40, 48)]),
  rule('jenkins_token', 'Jenkins API token', ['11'], [hex(32)], { confidence: 0.7 }),
  rule('akamai_token', 'Akamai client token', ['akab-'], [base36(16), '-', base36(16)]),
  rule('nightfall_key', 'Nightfall API key', ['NF-'], [base62(32)]),
];
