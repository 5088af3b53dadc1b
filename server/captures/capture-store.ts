// The latest picture of what each screen really shows.
import type { Queries } from '../database/open-database.ts';

export interface Capture {
  readonly takenAt: number;
  readonly jpeg: Uint8Array;
}

/** Keeps a picture unless a newer one is there. */
export async function keepCapture(db: Queries, screen: string, { takenAt, jpeg }: Capture, sha256: string, receivedAt: number): Promise<void> {
  const row = { taken_at: takenAt, received_at: receivedAt, sha256, jpeg };
  await db
    .insertInto('captures')
    .values({ screen, ...row })
    .onConflict((conflict) => conflict.column('screen').doUpdateSet(row).where('captures.taken_at', '<', takenAt))
    .execute();
}

export async function readCapture(db: Queries, screen: string): Promise<Capture | undefined> {
  const row = await db.selectFrom('captures').select(['taken_at', 'jpeg']).where('screen', '=', screen).executeTakeFirst();
  return row && { takenAt: row.taken_at, jpeg: row.jpeg };
}

/** Pictures that were taken before go. @returns how many went */
export async function forgetCaptures(db: Queries, before: number): Promise<number> {
  return Number((await db.deleteFrom('captures').where('taken_at', '<', before).executeTakeFirst()).numDeletedRows);
}

/** When each screen's picture was taken. */
export async function captureTimes(db: Queries): Promise<Map<string, number>> {
  const rows = await db.selectFrom('captures').select(['screen', 'taken_at']).execute();
  return new Map(rows.map(({ screen, taken_at }) => [screen, taken_at]));
}
