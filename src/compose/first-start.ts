/** What an empty store is given at the first start: a configuration to try, and one credential, shown once. */
import { newId } from '../base/ids.ts';
import type { Settings } from '../config.ts';
import { readFile } from 'node:fs/promises';
import { startingConfiguration } from '../governance/configuration/configuration.ts';
import type { Office } from './office.ts';

/** The first application's key, where this start made it. */
export async function firstStart(office: Office, settings: Settings): Promise<string | undefined> {
  if (settings.configurationFile !== undefined) {
    const configuration = office.configurations.parse(await readFile(settings.configurationFile, 'utf8'));
    await office.configurations.apply(configuration, { actor: office.actor });
  } else if ((await office.stores.configurations.current()) === undefined) {
    await office.configurations.apply(startingConfiguration({ providerKeys: settings.providerKeys }), {
      actor: office.actor,
    });
  }
  if ((await office.keys.list()).length > 0) return undefined;
  const { configuration } = await office.configurations.inForce();
  const application = Object.keys(configuration.applications)[0];
  if (application === undefined) return undefined;
  const { key, credential } = await office.keys.create({
    applicationId: application,
    principal: { kind: 'service', id: application },
    scopes: ['inference', 'reidentify'],
  });
  await office.audit.append({
    kind: 'administration',
    id: newId('adm'),
    at: office.clock.now(),
    actor: office.actor,
    action: 'key.create',
    subject: credential.id,
  });
  return key;
}
