// Looks after the disk under the data folder: a reserve that is given up when it is full and made again later, and what is wrong told to people.
import { randomBytes } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { WarningCode } from '../core/warnings.ts';
import { writeDurably } from './durable-file.ts';
import { faultText, type Log } from './log.ts';
import type { MachineClock } from './machine-clock.ts';
import { giveUpReserve, isDiskFull, reserveIn } from './reserve.ts';
import { serial } from './serial.ts';
import type { Warnings } from './warnings.ts';

export interface DiskCare {
  /** Something could not be written; where the disk is full there is room again afterwards. */
  troubled(fault: unknown): Promise<void>;
  /** Looks now. */
  look(): Promise<void>;
  stop(): Promise<void>;
}

export interface DiskCareOptions {
  readonly folder: string;
  readonly warnings: Warnings;
  readonly clock: MachineClock;
  readonly log: Log;
  /** Lets media go that no manifest names. */
  readonly dropCache: () => Promise<unknown>;
  readonly reserveBytes?: number;
}

/** Months of plays and every other small file. */
const defaultReserveBytes = 8 * 2 ** 20;
const lookEveryMs = 60_000;
const lookAgainMs = 10_000;
const tightShare = 0.2;
const tightBytes = 2 * 2 ** 30;

const codes: Readonly<Record<string, WarningCode>> = {
  EROFS: 'disk-read-only',
  EACCES: 'disk-read-only',
  EPERM: 'disk-read-only',
  EIO: 'disk-failing',
};
const lasting = ['disk-full', 'disk-read-only', 'disk-failing'] as const;

export function startDiskCare({ folder, warnings, clock, log, dropCache, reserveBytes = defaultReserveBytes }: DiskCareOptions): DiskCare {
  const inOrder = serial();
  const reserve = reserveIn(folder);
  const probe = join(folder, 'probe');
  let cancel = () => {};
  let isStopped = false;
  let isTroubled = false;

  const say = (code: WarningCode | undefined, detail?: string) => {
    isTroubled = code !== undefined;
    for (const each of lasting) warnings.hold(each, each === code, detail);
  };
  const tryToWrite = async () => {
    const handle = await open(probe, 'w');
    try {
      await handle.writeFile(Buffer.alloc(4_096, 1));
      await handle.datasync();
    } finally {
      await handle.close();
    }
    await rm(probe, { force: true });
  };
  /** @returns whether the reserve is there; without it the disk counts as full */
  const keepReserve = async (): Promise<boolean> => {
    const { bavail, blocks, bsize } = await statfs(folder);
    const free = bavail * bsize;
    warnings.hold('disk-tight', free < tightShare * blocks * bsize && free < tightBytes, `${Math.floor(free / 2 ** 20)} MiB`);
    const { size } = await stat(reserve).catch(() => ({ size: 0 }));
    if (size === reserveBytes) return true;
    if (free < 2 * reserveBytes) return false;
    // Bytes that no file system can leave out.
    await writeDurably(reserve, randomBytes(reserveBytes));
    return true;
  };
  const takeUp = async (fault: unknown) => {
    const code = isDiskFull(fault) ? 'disk-full' : codes[(fault as NodeJS.ErrnoException).code ?? ''];
    if (!code) return;
    if (!isTroubled) log.error({ fault: faultText(fault), code }, 'the disk takes nothing');
    if (code !== 'disk-full') return say(code, faultText(fault));
    // Room is made before it is told of.
    await giveUpReserve(folder);
    say(code, faultText(fault));
    await dropCache().catch((unable: unknown) => log.warn({ fault: faultText(unable) }, 'no media can be let go'));
  };
  const lookNow = async () => {
    try {
      await tryToWrite();
      const hasReserve = await keepReserve();
      if (isTroubled && hasReserve) log.info({}, 'the disk takes what is written again');
      say(hasReserve ? undefined : 'disk-full');
    } catch (fault) {
      await takeUp(fault);
    }
  };
  const again = () => {
    if (isStopped) return;
    cancel = clock.after(isTroubled ? lookAgainMs : lookEveryMs, () => void inOrder(lookNow).then(again));
  };
  void inOrder(lookNow).then(again);

  return {
    troubled: (fault) => inOrder(() => takeUp(fault)),
    look: () => inOrder(lookNow),
    stop() {
      isStopped = true;
      cancel();
      return inOrder(async () => cancel());
    },
  };
}
