// What a device is known by for one day and one code: a salted hash. The address itself is written nowhere.
import { createHmac, randomBytes } from 'node:crypto';
import type { Placement } from '../../core/links.ts';

export interface Device {
  readonly address: string;
  readonly userAgent: string;
}

export const newSalt = (): string => randomBytes(32).toString('base64url');

/** Phones change the second half of an IPv6 address at will; the first half is their line. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!address.includes(':')) return address;
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? [];
  const groups = (part: string) => part.split(':').filter((group) => group !== '');
  const [before, after] = [groups(head), groups(tail)];
  const zeros = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0;
  return [...before, ...Array<string>(zeros).fill('0'), ...after]
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** Holds for one placement alone, so that nobody can be followed from code to code. */
export function deviceHash(salt: string, { owner, item }: Placement, { address, userAgent }: Device): string {
  return createHmac('sha256', salt)
    .update(JSON.stringify([owner, item, networkOf(address), userAgent]))
    .digest('base64url')
    .slice(0, 24);
}
