/** The telephone numbering plans of all countries. */
import { createRequire } from 'node:module';
import type * as NumberingPlans from 'libphonenumber-js/min';

const require = createRequire(import.meta.url);
let plans: typeof NumberingPlans | null = null;

/** Read when the first number asks: they would be a sixth of a start, and a scanner that answers at once cannot await an import. */
export function numberingPlans(): typeof NumberingPlans {
  plans ??= require('libphonenumber-js/min') as typeof NumberingPlans;
  return plans;
}
