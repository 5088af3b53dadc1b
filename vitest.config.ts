import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of minutes: they begin first, so that none runs on alone at the end. */
const longest = ['tests/fault/kill', 'tests/fault/page', 'tests/main-job', 'tests/stage', 'tests/shell-chromium', 'tests/fault/data-folder'];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => longest.findLastIndex((name) => moduleId.includes(`/${name}.`));
    const order = (file: TestSpecification) => (rank(file) < 0 ? longest.length : rank(file));
    return (await super.sort(files)).toSorted((a, b) => order(a) - order(b));
  }
}

// Two levels: `unit` beside the files, `e2e` in tests/ with real processes and browsers, which need a core each.
// Files of one worker share what they import: no test may leave anything behind in a module.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{core,player,server,renderer,console,chromium,electron,scripts}/**/*.test.ts'],
          environment: 'node',
          maxWorkers: 3,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      { extends: true, test: { name: 'e2e', include: ['tests/**/*.test.ts'], environment: 'node', maxWorkers: 2, testTimeout: 120_000, hookTimeout: 180_000 } },
    ],
  },
});
