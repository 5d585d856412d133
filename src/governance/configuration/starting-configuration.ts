/** The configuration that a first start begins with. */
import type { Configuration } from '../../contract/configuration.ts';
import { startingYaml, type StartingOptions } from './starting-tree.ts';
import { parseConfiguration } from './parse-configuration.ts';

/** One application, the simulator, and the providers whose keys are in the environment; guardrails and limits for all. */
export function startingConfiguration(options: StartingOptions): Configuration {
  return parseConfiguration(startingYaml(options));
}
