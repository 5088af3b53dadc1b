// The second shell: starts the player and its window in the system's Chromium. Only wires.
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { faultText } from '../player/log.ts';
import { openLogFile } from '../player/log-file.ts';
import { machineClock } from '../player/machine-clock.ts';
import { answerPlayed } from '../player/played-command.ts';
import { startPlayer } from '../player/player.ts';
import { product, productVersion } from '../player/product.ts';
import { readShellArguments } from '../player/shell-arguments.ts';
import { isSupervised } from '../player/supervised.ts';
import { feedSystemd } from '../player/systemd-watchdog.ts';
import { browserPath } from './browser-path.ts';
import { openChromiumShell } from './shell.ts';

/** Ends this run with one line for the person at the terminal. */
function leave(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

if (process.argv[2] === 'played') {
  const answer = await answerPlayed(process.argv.slice(3));
  if (!answer.ok) leave(answer.problem);
  process.stdout.write(`${answer.text}\n`);
  process.exit(0);
}
const reading = readShellArguments(process.argv.slice(2));
if (!reading.ok) leave(reading.problem);
const { args } = reading;
const dataFolder = resolve(args.dataFolder);
await mkdir(dataFolder, { recursive: true, mode: 0o700 }).catch((fault: unknown) =>
  leave(`Không ghi được thư mục dữ liệu · The data folder cannot be written: ${faultText(fault)}`),
);
const browser =
  (await browserPath(args.browser, process.env)) ??
  leave(
    'Không tìm thấy trình duyệt: cài Chromium hoặc chỉ đường dẫn bằng --browser. · No browser was found: install Chromium or name its path with --browser.',
  );

const { log, tail } = openLogFile(join(dataFolder, 'player.log'), machineClock);
log.info({ version: productVersion, browser, window: args.window }, 'the player starts');

const player = await startPlayer({
  dataDir: dataFolder,
  enrol: args.enrol,
  server: args.server,
  factoryProfile: args.profile,
  budgetBytes: args.budgetBytes,
  brightnessProgram: args.brightnessProgram,
  playlistsDir: join(product, 'playlists'),
  assetsDir: join(product, 'assets'),
  version: productVersion,
  log,
  readLog: tail,
  restart: isSupervised() ? () => void stop(0) : undefined,
});
const watchdog = feedSystemd({ env: process.env, seenWithin: (ms) => player.seenWithin(ms), clock: machineClock, log });
player.onFirstPicture(() => {
  watchdog.ready();
  process.send?.({ type: 'playing' });
});

const opening = openChromiumShell({
  player,
  mode: args.window,
  browserPath: browser,
  stageFolder: args.stageFolder === undefined ? join(product, 'dist', 'stage') : resolve(args.stageFolder),
  dataFolder,
  clock: machineClock,
  log,
  onRefused(line) {
    log.error({}, line);
    process.stderr.write(`${line}\n`);
    void stop(1);
  },
  hopeless() {
    process.stderr.write(`Trình duyệt không chạy ổn định, trình phát khởi động lại. · No browser stays; the player starts anew.\n`);
    void stop(1);
  },
});

let stopping = false;
async function stop(code: number): Promise<void> {
  if (stopping) return;
  stopping = true;
  watchdog.stop();
  try {
    await (await opening).close();
    await player.stop();
    log.info({}, 'the player has stopped');
    process.exit(code);
  } catch (fault) {
    log.error({ fault: faultText(fault) }, 'the player did not stop cleanly');
    process.exit(1);
  }
}
process.on('SIGTERM', () => void stop(0));
process.on('SIGINT', () => void stop(0));
process.on('disconnect', () => void stop(0));

try {
  const shell = await opening;
  process.send?.({ type: 'stage', url: shell.watchUrl });
  if (!process.send) process.stdout.write(`${shell.watchUrl}\n`);
} catch (fault) {
  log.error({ fault: faultText(fault) }, 'the window cannot be opened');
  await player.stop();
  leave(`Không mở được cửa sổ trình duyệt · The browser's window cannot be opened: ${faultText(fault)}`);
}
