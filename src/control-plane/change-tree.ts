/** A change of one thing in the tree, made on whatever others have made of it meanwhile. */
import type { Configuration } from '../contract/configuration.ts';
import { Refusal } from '../domain/refusal.ts';
import { ConfigurationConflict, type ConfigurationRoom } from '../governance/configuration/configuration.ts';
import { askConfiguration, type Relocation } from './ask-configuration.ts';

const MAX_ATTEMPTS = 5;

/**
 * `change` is called again where somebody else's change came between, and MUST then look again whether it still holds.
 * @throws Refusal `unacceptable`; `etag_stale` where others came first time and again; whatever `change` throws
 */
export async function changeTree(
  room: ConfigurationRoom,
  actor: string,
  change: (tree: Configuration) => Configuration,
  relocation?: Relocation,
): Promise<Configuration> {
  for (let attempt = 1; ; attempt++) {
    const { configuration, version } = await room.inForce();
    const next = change(configuration);
    try {
      await askConfiguration(() => room.apply(next, { actor, expectedVersion: version }), relocation);
      return (await room.inForce()).configuration;
    } catch (error) {
      const isRace = error instanceof Refusal && error.cause instanceof ConfigurationConflict;
      if (!isRace || attempt === MAX_ATTEMPTS) throw error;
    }
  }
}
