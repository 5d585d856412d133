/** Where packages and images are published. */
import { hasCrc32OfRandomPart } from '../checksum.ts';
import { base36, base62, hex, rule, url64, type SecretRule } from './rule.ts';

export const PACKAGE_REGISTRY_RULES: readonly SecretRule[] = [
  rule('npm_token', 'npm access token', ['npm_'], [base62(36)], { hasChecksum: hasCrc32OfRandomPart }),
  rule('pypi_token', 'PyPI upload token', ['pypi-AgE'], [url64(50, 400)]),
  rule('rubygems_key', 'RubyGems API key', ['rubygems_'], [hex(48)]),
  rule('crates_io_token', 'crates.io token', ['cio'], [base62(32)], { confidence: 0.7 }),
  rule('docker_token', 'Docker Hub access token', ['dckr_pat_', 'dckr_oat_'], [url64(27, 40)]),
  rule('nuget_key', 'NuGet API key', ['oy2'], [base36(43)]),
  rule('clojars_token', 'Clojars deploy token', ['CLOJARS_'], [hex(60)]),
  rule(
    'packagist_token',
    'Private Packagist token',
    ['packagist_ack_', 'packagist_acs_', 'packagist_uut_', 'packagist_ort_', 'packagist_out_'],
    [hex(60, 80)],
  ),
  rule('artifactory_key', 'JFrog Artifactory API key', ['AKCp'], [base62(69)]),
  rule('artifactory_reference_token', 'JFrog reference token', ['cmVmd'], [base62(59)]),
];
