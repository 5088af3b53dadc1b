// Where the server is reached: what staff open, and what players are told.
import { networkInterfaces } from 'node:os';

const everywhere = new Set(['0.0.0.0', '::']);
/** As many as an assignment holds. */
const most = 8;

function withHost(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Addresses of a server that listens on a host and port, best first. */
export function serverAddresses(host: string, port: number, url: string | undefined): [string, ...string[]] {
  const own = url === undefined ? [] : [url.replace(/\/+$/, '')];
  const local = withHost(everywhere.has(host) ? '127.0.0.1' : host, port);
  const network = everywhere.has(host)
    ? Object.values(networkInterfaces()).flatMap((list) =>
        (list ?? []).filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => withHost(address, port)),
      )
    : [];
  const [best = local, ...others] = [...new Set([...own, local, ...network])].slice(0, most);
  return [best, ...others];
}

/** The same server as staff should open it: browsers make passkeys for a name, and for no address of numbers. */
export function consoleHost(url: string): string {
  return url.replace(/^http:\/\/(?:127\.0\.0\.1|\[::1\])(?=[:/]|$)/, 'http://localhost');
}
