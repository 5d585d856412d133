/** Every service whose keys are known by their shape and by what they are called; the first that fits. */
import { INFRASTRUCTURE_SERVICES } from './services/infrastructure.ts';
import { PRODUCT_SERVICES } from './services/products.ts';
import type { NamedService } from './services/service.ts';

export const NAMED_SERVICES: readonly NamedService[] = [...INFRASTRUCTURE_SERVICES, ...PRODUCT_SERVICES];
