// The server's process: reads the command line, starts, says where it is, and stops cleanly.
import { resolve } from 'node:path';
import { readCommandLine, usage } from './command-line.ts';
import { openLog } from './log.ts';
import { checkFolder, checkPort, portLine } from './startup-check.ts';

function fail(line: string): never {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}

const commandLine = readCommandLine(process.argv.slice(2));
if (!commandLine.ok) fail(`${commandLine.reason}\n${usage}`);
const settings = { ...commandLine.settings, data: resolve(commandLine.settings.data) };
const { host, port, data } = settings;
for (const check of [() => checkFolder(data), () => checkPort(host, port)]) {
  const startable = await check();
  if (!startable.ok) fail(startable.line);
}

const { log, flush } = openLog(data);
const { startServer } = await import('./start-server.ts');
try {
  const server = await startServer({ ...settings, log, now: Date.now });
  const { url, signInLink, docs, enrol, problems } = server;
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  if (process.send) process.send({ type: 'ready', url, signInLink, docs, enrol });
  else process.stdout.write(`Máy chủ · Server: ${url}\nĐăng nhập (một lần) · Sign in (once): ${signInLink}\n`);
  log.info({ url }, 'server ready');

  let stopping = false;
  const stop = (why: string) => {
    if (stopping) return;
    stopping = true;
    log.info({ why }, 'server stops');
    server.stop().then(
      () => {
        flush();
        process.exit(0);
      },
      (error: unknown) => {
        log.error({ err: error }, 'the server did not stop cleanly');
        flush();
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', () => stop('SIGTERM'));
  process.on('SIGINT', () => stop('SIGINT'));
  // Whoever started the server is gone; nobody else would stop it.
  process.on('disconnect', () => stop('disconnect'));
} catch (error) {
  log.fatal({ err: error }, 'the server could not start');
  flush();
  const { code, message } = error as NodeJS.ErrnoException;
  fail(
    code === 'EADDRINUSE' || code === 'EACCES'
      ? portLine(host, port, code)
      : `Máy chủ không khởi động được: ${message} · The server could not start: ${message}`,
  );
}
