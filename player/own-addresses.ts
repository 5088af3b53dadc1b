// The box's own addresses in the network, as a technician would type them.
import { networkInterfaces } from 'node:os';

const most = 12;

export function ownAddresses(): string[] {
  return Object.entries(networkInterfaces())
    .flatMap(([name, all]) =>
      (all ?? []).filter(({ internal, address }) => !internal && !address.startsWith('fe80')).map(({ address }) => `${name} ${address}`),
    )
    .slice(0, most);
}
