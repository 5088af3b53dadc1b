// The server's process: reads the command line, starts, says where it is, and stops cleanly.
import { resolve } from 'node:path';
import { readCommandLine, usage } from './command-line.ts';
import { databasePlace, DatabaseTaken } from './database/database-place.ts';
import { openLog } from './log.ts';
import { checkFolder, checkPort, portLine } from './startup-check.ts';

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

/** A word in first place is a command beside the server; what begins with a dash is the server itself. */
const [first = ''] = process.argv.slice(2);
if (first !== '' && !first.startsWith('-')) {
  const { commands } = await import('./maintenance/commands.ts');
  const command = Object.hasOwn(commands, first) ? commands[first] : undefined;
  if (!command) fail(`${first}: ${Object.keys(commands).join(', ')}`);
  const { ok, lines } = await command(process.argv.slice(3), { databaseUrl: process.env['DATABASE_URL'], now: Date.now() });
  const text = `${lines.join('\n')}\n`;
  if (ok) process.stdout.write(text);
  else process.stderr.write(text);
  process.exit(ok ? 0 : 1);
}

const commandLine = readCommandLine(process.argv.slice(2), process.env);
if (!commandLine.ok) fail(`${commandLine.reason}\n${usage}`);
const settings = { ...commandLine.settings, data: resolve(commandLine.settings.data) };
const { host, port, data } = settings;
const database = databasePlace(data, commandLine.databaseUrl);
if (!database.ok) fail(database.reason);
for (const check of [() => checkFolder(data), () => checkPort(host, port)]) {
  const startable = await check();
  if (!startable.ok) fail(startable.line);
}

const serverLog = openLog(data);
const { log } = serverLog;

/** Ends the process; while the server is still starting there is nothing to close, and what it writes is whole or not there. */
let close = async (): Promise<void> => {};
let stopping = false;
async function stop(why: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ why }, 'server stops');
  let code = 0;
  try {
    await close();
  } catch (error) {
    log.error({ err: error }, 'the server did not stop cleanly');
    code = 1;
  }
  serverLog.flush();
  process.exit(code);
}
process.on('SIGTERM', () => void stop('SIGTERM'));
process.on('SIGINT', () => void stop('SIGINT'));
// Whoever started the server is gone; nobody else would stop it.
process.on('disconnect', () => void stop('disconnect'));

try {
  const { startServer } = await import('./start-server.ts');
  const lost = () => void stop('another server took the database');
  const server = await startServer({ ...settings, database: database.place, log, now: Date.now, lost });
  close = () => server.stop();
  const { url, signInLink, docs, enrol, problems } = server;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (process.send) process.send({ type: 'ready', url, signInLink, docs, enrol });
  else process.stdout.write(`Máy chủ · Server: ${url}\nĐăng nhập (một lần) · Sign in (once): ${signInLink}\n`);
  log.info({ url }, 'server ready');
} catch (error) {
  log.fatal({ err: error }, 'the server could not start');
  serverLog.flush();
  const { code, message } = error as NodeJS.ErrnoException;
  if (error instanceof DatabaseTaken) fail(message);
  fail(
    code === 'EADDRINUSE' || code === 'EACCES'
      ? portLine(host, port, code)
      : `Máy chủ không khởi động được: ${message} · The server could not start: ${message}`,
  );
}
