// What `npm start` may be asked, read strictly.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CannotGoOn } from '../setup/say.mjs';

export const screens = /** @type {const} */ (['street', 'reception', 'kiosk']);
export const trees = /** @type {const} */ (['hanoi-districts', 'hanoi-communes-2025']);

/** @typedef {typeof screens[number]} Screen */
/** @typedef {{ port: number, data: string, window: boolean, tree: string | undefined, screen: Screen, retryElectron: boolean }} StartArguments */

const usage = `npm start -- [--port P] [--data DIR] [--headless] [--tree ${trees.join('|')}] [--screen ${screens.join('|')}] [--retry-electron]`;

/** @param {string} what */
const refused = (what) => new CannotGoOn(`không hiểu ${what}. Cách dùng`, `cannot read ${what}. Usage: ${usage}`);

/**
 * @param {readonly string[]} argv
 * @param {{ root: string, folder: string, env: NodeJS.ProcessEnv, platform: NodeJS.Platform }} place `folder` is where the person stands
 * @returns {StartArguments}
 */
export function readStartArguments(argv, { root, folder, env, platform }) {
  const values = parse(argv);
  const port = values.port === undefined ? 8080 : Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) throw refused(`--port ${values.port ?? ''}`);
  const screen = screens.find((each) => each === (values.screen ?? 'reception'));
  if (screen === undefined) throw refused(`--screen ${values.screen ?? ''}`);
  const tree = trees.find((each) => each === values.tree);
  if (values.tree !== undefined && tree === undefined) throw refused(`--tree ${values.tree}`);
  const data = values.data === undefined ? resolve(root, 'data') : resolve(folder, values.data);
  return { port, data, screen, tree, window: values.headless !== true && hasDisplay(env, platform), retryElectron: values['retry-electron'] === true };
}

/** @param {readonly string[]} argv */
function parse(argv) {
  const text = /** @type {const} */ ({ type: 'string' });
  const flag = /** @type {const} */ ({ type: 'boolean' });
  const options = { port: text, data: text, tree: text, screen: text, headless: flag, 'retry-electron': flag };
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw refused(error instanceof Error ? error.message : String(error));
  }
}

/**
 * @param {NodeJS.ProcessEnv} env
 * @param {NodeJS.Platform} platform
 */
export function hasDisplay(env, platform) {
  return platform === 'darwin' || platform === 'win32' || Boolean(env['DISPLAY']) || Boolean(env['WAYLAND_DISPLAY']);
}
