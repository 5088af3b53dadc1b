// Room on the disk that is held back for small files: given up when the disk is full, made again when there is room.
import { rm } from 'node:fs/promises';
import { join } from 'node:path';

/** @param folder the data folder */
export const reserveIn = (folder: string) => join(folder, 'reserve');

/** The disk, or this user's share of it, has no room left. */
export const isDiskFull = (fault: unknown) => ['ENOSPC', 'EDQUOT'].includes((fault as NodeJS.ErrnoException).code ?? '');

/** Afterwards small files find room, as far as the reserve was there. */
export async function giveUpReserve(folder: string): Promise<void> {
  for (const path of [reserveIn(folder), `${reserveIn(folder)}.new`]) await rm(path, { force: true }).catch(() => undefined);
}
