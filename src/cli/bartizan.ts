#!/usr/bin/env node
/** The operator's door: `bartizan start | plan | apply | export | keys | secrets | audit | usage | siem | witness`. */
import { enableCompileCache } from 'node:module';
import { assertNodeVersion } from '../base/node-version.ts';

assertNodeVersion();
// Most of a command's time is compiling what it imports.
enableCompileCache();
const { run } = await import('./program.ts');
await run(process.argv);
