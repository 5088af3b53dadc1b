// How the product's processes are started: server, and player in the shell that the machine has.
import { join } from 'node:path';

/** @typedef {import('./kept-child.mjs').Launch} Launch */
/** @typedef {import('./start-arguments.mjs').Screen} Screen */

/** What the trial screens are physically, before a player has its own profile. @type {Readonly<Record<Screen, { size: string, kind: string }>>} */
const bodies = {
  street: { size: '960x576', kind: 'led' },
  reception: { size: '1920x1080', kind: 'lcd' },
  kiosk: { size: '1080x1920', kind: 'kiosk' },
};

/** Both processes live long and allocate little at a time: a small young generation keeps them small. */
const smallHeap = ['--max-semi-space-size=1'];

const stopWithParent = new URL('stop-with-parent.mjs', import.meta.url).href;

/**
 * @param {string} root
 * @param {{ data: string, port: number, tree: string | undefined }} wishes
 * @returns {Launch}
 */
export function serverLaunch(root, { data, port, tree }) {
  const args = ['--data', join(data, 'server'), '--port', String(port), ...(tree === undefined ? [] : ['--tree', tree])];
  return underNode(root, 'dist/server/main.js', args);
}

/**
 * @param {string} root
 * @param {{ data: string, screen: Screen, server: string, enrol: string | null, browser: import('../setup/browser.mjs').Browser }} wishes
 * @returns {Launch}
 */
export function playerLaunch(root, { data, screen, server, enrol, browser }) {
  const { size, kind } = bodies[screen];
  const args = ['--data', join(data, `player-${screen}`), '--server', server, '--size', size, '--kind', kind, ...(enrol === null ? [] : ['--enrol', enrol])];
  if (browser.kind === 'chromium')
    return underNode(root, 'dist/chromium/main.js', [...args, '--browser', browser.path, '--window', browser.window ? 'app' : 'headless']);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return { command: browser.path, args: [...asRoot, join(root, 'dist', 'electron', 'main.js'), ...args, '--window', 'app'], env: process.env, cwd: root };
}

/**
 * @param {string} root
 * @param {string} script
 * @param {readonly string[]} args
 * @returns {Launch}
 */
function underNode(root, script, args) {
  const env = { MALLOC_ARENA_MAX: '2', ...process.env, NODE_COMPILE_CACHE: join(root, '.cache', 'compile') };
  return { command: process.execPath, args: [...smallHeap, '--import', stopWithParent, join(root, script), ...args], env, cwd: root };
}
