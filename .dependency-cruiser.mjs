// Who may import whom. Every rule has a case in scripts/rooms.test.ts that proves that it bites.

/**
 * A room of the product and the rooms that it may import.
 * @param {string} room
 * @param {readonly string[]} allowed
 */
const roomRule = (room, allowed) => ({
  name: `${room}-imports-only-${[...allowed, 'itself'].join('-and-')}`,
  severity: 'error',
  from: { path: `^${room}/` },
  to: { path: `^(${rooms.join('|')})/`, pathNot: `^(${[room, ...allowed].join('|')})/` },
});

const rooms = ['core', 'player', 'server', 'renderer', 'console', 'chromium', 'electron', 'tests', 'bench', 'scripts'];
const product = '^(core|player|server|renderer|console|chromium|electron)/';
/** Files that build or test the product and are no part of it. */
const notProduct = '(\\.test\\.ts|/vite\\.config\\.ts)$';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    roomRule('core', []),
    roomRule('player', ['core']),
    roomRule('server', ['core']),
    roomRule('renderer', ['core']),
    roomRule('console', ['core']),
    roomRule('chromium', ['core', 'player']),
    roomRule('electron', ['core', 'player']),
    {
      name: 'pure-rooms-import-no-node',
      comment: 'core runs everywhere; stage and console run in a page.',
      severity: 'error',
      from: { path: '^(core|renderer|console)/', pathNot: notProduct },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'electron-only-in-electron',
      severity: 'error',
      from: { path: product, pathNot: '^electron/' },
      to: { path: '(^|/)node_modules/electron(/|$)|^electron$' },
    },
    {
      name: 'kysely-only-in-stores',
      severity: 'error',
      from: { path: product, pathNot: '^server/(database/|.*-store\\.ts$|.*\\.test\\.ts$)' },
      to: { path: '(^|/)node_modules/kysely/' },
    },
    {
      name: 'product-imports-no-development-packages',
      severity: 'error',
      from: { path: product, pathNot: notProduct },
      to: { dependencyTypes: ['npm-dev'], pathNot: '(^|/)node_modules/(electron|@types)/' },
    },
    { name: 'no-circle', severity: 'error', from: {}, to: { circular: true } },
    { name: 'no-unknown-import', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|data|shots|\\.cache)/|^(?!.*node_modules).*/fixtures/' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'svelte', 'browser', 'node', 'default', 'types'],
      extensions: ['.ts', '.js', '.mjs', '.svelte', '.json', '.d.ts'],
    },
  },
};
