/** The start: read the settings, compose, listen, and drain when told to stop. */
import { assertNodeVersion } from './base/node-version.ts';

assertNodeVersion();
const { start } = await import('./cli/start.ts');
await start();
