/** How the tests run: beside the code and in test/, each file in a process of its own. */
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  // As console/vite.config.ts has it.
  resolve: { alias: { '@contract': resolve(import.meta.dirname, 'src/contract') } },
  test: {
    include: ['src/**/*.test.ts', 'console/src/**/*.test.ts', 'test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // Two files with servers may not share a machine's cores with ten more: timings in tests stay honest.
    maxWorkers: 2,
    restoreMocks: true,
    unstubEnvs: true,
  },
});
