#!/usr/bin/env node
/** The operator's door: `bartizan start | plan | apply | export | keys | secrets | audit | usage`. */
import { assertNodeVersion } from '../base/node-version.ts';

assertNodeVersion();
const { run } = await import('./program.ts');
await run(process.argv);
