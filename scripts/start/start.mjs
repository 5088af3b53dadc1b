// `npm start`: server and one player, kept running until they are told to stop.
import { accessSync, constants, mkdirSync } from 'node:fs';
import { root } from '../setup/paths.mjs';
import { CannotGoOn, say } from '../setup/say.mjs';
import { setUp } from '../setup/setup.mjs';
import { KeptChild } from './kept-child.mjs';
import { playerLaunch, serverLaunch } from './launches.mjs';
import { readStartArguments } from './start-arguments.mjs';
import { untilAskedToStop } from './stop-signals.mjs';

/** Without a first turn by then something is said, once; waiting goes on. */
const patienceMs = 30_000;

/** @param {readonly string[]} argv */
export async function start(argv) {
  const folder = process.env['INIT_CWD'] ?? process.cwd();
  const wishes = readStartArguments(argv, { root, folder, env: process.env, platform: process.platform });
  makeWritable(wishes.data);
  const browser = await setUp(wishes);
  if (process.getuid?.() === 0)
    say('Start', 'chạy bằng root: trình duyệt không có hộp cát, chỉ nên dùng để thử', 'running as root: the browser has no sandbox, for a trial only');

  const asked = untilAskedToStop();
  /** @type {string | undefined} */
  let url;
  /** @type {Record<string, unknown>} */
  let enrol = {};
  let announced = false;

  /** @type {() => void} */
  let serverIsUp = () => undefined;
  const up = new Promise((resolve) => (serverIsUp = () => resolve('up')));
  const server = new KeptChild({
    launch: () => serverLaunch(root, wishes),
    onMessage(message) {
      if (message['type'] !== 'ready') return;
      server.settle();
      enrol = /** @type {Record<string, unknown>} */ (message['enrol'] ?? {});
      if (url !== undefined) {
        say('Server', 'chạy lại rồi', 'is back');
        return;
      }
      url = String(message['url']);
      const link = message['signInLink'];
      if (typeof link === 'string') say('Console', `${link} (liên kết dùng một lần)`, 'one-time sign-in link');
      else say('Console', `${url}/console/`, 'sign in as before');
      say('API docs', String(message['docs']), 'OpenAPI');
      serverIsUp();
    },
    onFall(how, nextInMs) {
      say('Server', `dừng đột ngột (${how}), chạy lại sau ${nextInMs / 1000} s`, 'stopped unexpectedly, starting it again');
    },
  });
  const player = new KeptChild({
    launch() {
      const token = enrol[wishes.screen];
      return playerLaunch(root, { ...wishes, browser, server: url ?? '', enrol: typeof token === 'string' ? token : null });
    },
    onMessage(message) {
      if (message['type'] === 'stage') say('Stage', String(message['url']), announced ? 'is back' : wishes.screen);
      if (message['type'] !== 'playing') return;
      player.settle();
      if (announced) return;
      announced = true;
      clearTimeout(impatience);
      process.stdout.write(`ready http://127.0.0.1:${wishes.port}\n`);
    },
    onFall(how, nextInMs) {
      say('Player', `dừng đột ngột (${how}), chạy lại sau ${nextInMs / 1000} s`, 'stopped unexpectedly, starting it again');
    },
  });

  const impatience = setTimeout(() => {
    say('Player', `chưa có hình đầu tiên; nhật ký ở ${wishes.data}`, 'no first picture yet; its log is in that folder');
  }, patienceMs);
  const serverRun = server.run();
  const first = await Promise.race([serverRun, up, asked]);
  const ended = first === 'up' ? await Promise.race([serverRun, player.run(), asked]) : first;
  clearTimeout(impatience);
  if (typeof ended === 'object' && ended.failed) process.exitCode = 1;
  else say('Stop', 'đang dừng', 'stopping');
  // The player first, so that its last plays still find the server.
  await player.stop();
  await server.stop();
  if (typeof ended === 'object' && ended.failed) return;
  say('Stop', 'đã dừng', 'stopped');
}

/** @param {string} folder */
function makeWritable(folder) {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    const { code } = /** @type {NodeJS.ErrnoException} */ (error);
    throw new CannotGoOn(`không ghi được vào thư mục dữ liệu ${folder} (${code ?? ''})`, `the data folder ${folder} cannot be written`);
  }
}
