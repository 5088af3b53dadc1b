// A port for a test's own server.
import { createServer } from 'node:net';

/** Below the ports that systems hand out by themselves, so that nobody else is given one between the look and its use. */
const lowestPort = 15_000;
const ports = 15_000;

/** A port that was free a moment ago, and stays it unless somebody asks for exactly this one. */
export async function freePort(): Promise<number> {
  const port = lowestPort + Math.floor(Math.random() * ports);
  const isFree = await new Promise<boolean>((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
  return isFree ? port : freePort();
}
