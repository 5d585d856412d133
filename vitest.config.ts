/** How the tests run: beside the code and in test/, each file in a process of its own. */
import { defineConfig } from 'vitest/config';

export default defineConfig({
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
