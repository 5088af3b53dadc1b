// The server's log: JSON lines in its data folder, times in ISO 8601, secrets left out.
import { existsSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pino, { type Logger } from 'pino';

const largestBytes = 20 * 2 ** 20;

export interface ServerLog {
  readonly log: Logger;
  flush(): void;
}

/** A log that has grown large is put aside at the next start; one older is kept. */
export function openLog(folder: string): ServerLog {
  const dest = join(folder, 'server.log');
  if (existsSync(dest) && statSync(dest).size > largestBytes) renameSync(dest, `${dest}.1`);
  const file = pino.destination({ dest, sync: false });
  // A disk that is full costs lines, not the server.
  file.on('error', () => undefined);
  const log = pino(
    { base: { process: 'server' }, timestamp: pino.stdTimeFunctions.isoTime, redact: ['req.headers.authorization', 'req.headers.cookie'] },
    file,
  );
  return { log, flush: () => file.flushSync() };
}
