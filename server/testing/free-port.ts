// A port for a test's own server.
import { createServer, type ListenOptions } from 'node:net';

/** Below the ports that systems hand out by themselves, so that nobody else is given one between the look and its use. */
const usual = { lowest: 15_000, count: 15_000 };

/** Whether something could listen there; it goes on listening where it is to be kept. */
function canListen(options: ListenOptions, isKept: boolean): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().unref();
    server.once('error', () => resolve(false));
    server.listen(options, () => (isKept ? resolve(true) : server.close(() => resolve(true))));
  });
}

/** Tests that run side by side may come to the same port between the look and its use: whoever has its name first keeps it as long as the process lives. Linux alone has such names. */
const claim = (port: number): Promise<boolean> =>
  process.platform === 'linux' ? canListen({ path: `\0ihanoi-display test port ${port}` }, true) : Promise.resolve(true);

/** A port on which nothing listens, and which no other test of this machine is given while this process lives. */
export async function freePort({ lowest, count } = usual): Promise<number> {
  const port = lowest + Math.floor(Math.random() * count);
  const isFree = (await claim(port)) && (await canListen({ port, host: '127.0.0.1' }, false));
  return isFree ? port : freePort({ lowest, count });
}
