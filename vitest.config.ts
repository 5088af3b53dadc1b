import { defineConfig } from 'vitest/config';

// Two levels: `unit` beside the files, `e2e` in tests/ with real processes, two files at a time: they wait more than they compute.
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{core,player,server,renderer,console,chromium,electron,scripts}/**/*.test.ts'],
          environment: 'node',
          maxWorkers: 2,
          testTimeout: 30_000,
        },
      },
      { test: { name: 'e2e', include: ['tests/**/*.test.ts'], environment: 'node', maxWorkers: 2, testTimeout: 120_000, hookTimeout: 180_000 } },
    ],
  },
});
