/** Every credential with a structure of its own; where two rules match at one place, the first. */
import { AI_RULES } from './rules/ai.ts';
import { BUSINESS_RULES } from './rules/business.ts';
import { CLOUD_RULES } from './rules/cloud.ts';
import { CODE_HOSTING_RULES } from './rules/code-hosting.ts';
import { DATABASE_RULES } from './rules/databases.ts';
import { MESSAGING_RULES } from './rules/messaging.ts';
import { MONITORING_RULES } from './rules/monitoring.ts';
import { PACKAGE_REGISTRY_RULES } from './rules/package-registries.ts';
import { PAYMENT_RULES } from './rules/payment.ts';
import type { SecretRule } from './rules/rule.ts';
import { SECURITY_RULES } from './rules/security.ts';

export const RULES: readonly SecretRule[] = [
  ...CLOUD_RULES,
  ...DATABASE_RULES,
  ...AI_RULES,
  ...CODE_HOSTING_RULES,
  ...PACKAGE_REGISTRY_RULES,
  ...PAYMENT_RULES,
  ...MESSAGING_RULES,
  ...MONITORING_RULES,
  ...BUSINESS_RULES,
  ...SECURITY_RULES,
];
