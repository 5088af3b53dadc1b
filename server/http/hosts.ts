// Which hosts answer what: the public's pages, the players' documents and the staff's console can each have hosts of their own.
import type { Access } from '../access.ts';
import { ApiFailure } from '../api-failure.ts';
import type { App } from '../context.ts';

export const sides = ['public', 'players', 'staff'] as const;
export type Side = (typeof sides)[number];

/** Names without a port, lower case; a side that is absent answers to every host. */
export type Hosts = Readonly<Partial<Record<Side, readonly string[]>>>;

/** Routes that need no person, by the beginning of their address, and whose they are. Watchers of the server ask by whatever name the machine has. */
const open: readonly (readonly [RegExp, readonly Side[]])[] = [
  [/^\/(?:healthz|readyz|metrics)$/, sides],
  [/^\/media\//, sides],
  [/^\/manifests\//, ['players', 'staff']],
  [/^\/(?:roots|assignments|snapshots|orders)\//, ['players']],
  [/^\/(?:q|Q|scoreboard|embed|public)(?:\/|$)/, ['public']],
  [/^\/(?:$|console|stage\/|api\/)/, ['staff']],
];

/** Whose a route is; of none, which the test of all routes does not let pass, where nobody has said. */
export function sidesOf(url: string, access: Access): readonly Side[] {
  if (access === 'player') return ['players'];
  if (access !== 'public') return ['staff'];
  return open.find(([begins]) => begins.test(url))?.[1] ?? [];
}

/** @param asked the Host header, with or without a port */
export function answersTo(hosts: Hosts, of: readonly Side[], asked: string | undefined): boolean {
  const name = (asked ?? '').toLowerCase().replace(/:\d+$/, '');
  return of.some((side) => hosts[side]?.includes(name) ?? true);
}

/** Answers only where a route belongs. A route for everybody answers to any host, also one that is nobody's. */
export function keepToHosts(app: App, hosts: Hosts): void {
  if (Object.keys(hosts).length === 0) return;
  app.addHook('onRequest', async (request) => {
    const { url, config } = request.routeOptions;
    if (url === undefined || config.access === undefined) return;
    const of = sidesOf(url, config.access);
    if (of.length < sides.length && !answersTo(hosts, of, request.host)) throw new ApiFailure('wrong-host');
  });
}
