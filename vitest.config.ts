import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Files of minutes: they begin first, so that none runs on alone at the end. */
const longest = [
  ...['tests/fault/data-folder', 'tests/main-job', 'tests/fault/kill', 'tests/fault/page', 'tests/fault/orders-offline', 'tests/shell-chromium'],
  ...['tests/chaos', 'tests/outage', 'tests/fault/network', 'tests/fault/video', 'tests/stage/scenes'],
];

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => longest.findLastIndex((name) => moduleId.includes(`/${name}.`));
    const order = (file: TestSpecification) => (rank(file) < 0 ? longest.length : rank(file));
    return (await super.sort(files)).toSorted((a, b) => order(a) - order(b));
  }
}

const onlyOnPostgres = 'server/database/postgres-connection.test.ts';

/** The long suites, as `npm run test:full` runs them. */
const isWhole = process.env['TEST_FULL'] !== undefined;

/** What is also tried on PostgreSQL daily: one test of each thing that the databases do in their own way. The long suites run all of them there. */
const alsoOnPostgres = isWhole
  ? ['server/**/*.test.ts', 'tests/restored-server.test.ts']
  : ['database/*', 'keys/*', 'maintenance/*', 'plays/roll-ups', 'publishing/publishing-routes', 'scans/scan-routes', 'scoreboard/hold-routes', 'screens/*'].map(
      (name) => `server/${name}.test.ts`,
    );

/** Films are turned behind all other work of a machine, so their tests come after the others: among them they would only wait. */
const filmTests = 'server/media/bad-films.test.ts';

const stageTests = 'tests/stage/*.test.ts';

/** Two hundred kills say how soon a screen is right again: by themselves, since boxes beside them would be measured with them. In `npm test` they are few, and among the others. */
const killTests = 'tests/fault/kill.test.ts';

// Two levels: `unit` (and apart from it `films`) beside the files; in tests/ `stage`, which is the page alone in a browser, and `e2e` with real processes and browsers.
// Files of one worker share what they import: no test may leave anything behind in a module.
export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    isolate: false,
    // Patience of a busy machine: what comes at once is seen at once all the same.
    expect: { poll: { timeout: 20_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['{core,player,server,renderer,console,chromium,electron,scripts}/**/*.test.ts'],
          exclude: [onlyOnPostgres, filmTests],
          environment: 'node',
          maxWorkers: 4,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'postgres',
          include: alsoOnPostgres,
          environment: 'node',
          globalSetup: 'scripts/checks/postgres-server.ts',
          maxWorkers: 3,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      { extends: true, test: { name: 'films', include: [filmTests], environment: 'node', maxWorkers: 1, testTimeout: 240_000, hookTimeout: 60_000 } },
      { extends: true, test: { name: 'stage', include: [stageTests], environment: 'node', maxWorkers: 3, testTimeout: 240_000, hookTimeout: 240_000 } },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['tests/**/*.test.ts'],
          exclude: [stageTests, ...(isWhole ? [killTests] : [])],
          environment: 'node',
          // A third of their time boxes only wait.
          maxWorkers: 3,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      ...(isWhole
        ? [
            {
              extends: true as const,
              test: { name: 'kills', include: [killTests], environment: 'node' as const, maxWorkers: 1, testTimeout: 120_000, hookTimeout: 180_000 },
            },
          ]
        : []),
    ],
  },
});
