/** An application as the tree has it, as the domain's noun. */
import type { ApplicationConfiguration } from '../../contract/configuration.ts';
import type { Application } from '../../domain/application.ts';

export function applicationOf(id: string, tree: ApplicationConfiguration): Application {
  const { owners, purpose, data_class: dataClass, models, groups, capture, record } = tree;
  return Object.freeze({ id, owners, purpose, dataClass, models, groups, capture, record });
}
