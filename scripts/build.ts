/** Makes what is published beside the data files: dist from src, and the console. */
import { rmSync } from 'node:fs';
import { buildConsole } from './console.ts';
import { bundleInto } from './bundle.ts';

rmSync('dist', { recursive: true, force: true });
await bundleInto('dist/cli');
buildConsole();
