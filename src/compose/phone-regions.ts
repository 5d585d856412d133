/** Of which countries the national telephone numbers are that guardrails look for: what they are linked and found by. */
import { isObject } from '../base/json.ts';
import type { Configuration } from '../contract/configuration.ts';
import { pii } from '../scanners/pii/pii.ts';

/** ISO 3166 codes, each once, in the order of the configuration. */
export function phoneRegionsOf({ guardrails }: Pick<Configuration, 'guardrails'>): readonly string[] {
  const regions = Object.values(guardrails)
    .filter(({ scanner }) => scanner === pii.id)
    .map(({ config }) => pii.config.parse(config ?? {}))
    .map((config) => (isObject(config) ? config['default_region'] : undefined));
  return [...new Set(regions.filter((region) => typeof region === 'string'))];
}
