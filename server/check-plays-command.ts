// `main.js check-plays`: holds the sums of all plays against the plays themselves, beside the running server.
import { parseArgs } from 'node:util';
import { formatCount } from '../core/vietnamese.ts';
import { existingDatabase } from './database/database-place.ts';
import { openDatabase, transact } from './database/open-database.ts';
import { checkPlays } from './plays/check-plays.ts';

export const checkPlaysUsage = 'node main.js check-plays --data DIR';

/** A server that has gone wrong may differ everywhere; the first lines say as much as all of them. */
const mostLines = 200;

/** @param words the command line after `check-plays` @returns what to print: the sums where all holds, otherwise every difference */
export async function checkPlaysCommand(
  words: readonly string[],
  databaseUrl: string | undefined,
): Promise<{ readonly ok: boolean; readonly lines: readonly string[] }> {
  let data;
  try {
    ({ data } = parseArgs({ args: [...words], options: { data: { type: 'string' } } }).values);
  } catch (error) {
    return { ok: false, lines: [(error as Error).message, checkPlaysUsage] };
  }
  if (!data) return { ok: false, lines: [`--data: ${checkPlaysUsage}`] };
  const existing = existingDatabase(data, databaseUrl);
  if (!existing.ok) return { ok: false, lines: [existing.reason] };
  const db = await openDatabase(existing.place);
  try {
    const { chains, entries, turns, ms, problems } = await transact(db, (trx) => checkPlays(trx));
    const hours = (ms / 3_600_000).toFixed(3);
    const [vi, en] = [`${formatCount(turns)} lượt phát, ${hours.replace('.', ',')} giờ`, `${formatCount(turns, 'en')} plays, ${hours} hours`];
    const read = [`${formatCount(entries)} mục nhật ký của ${chains} chuỗi`, `${formatCount(entries, 'en')} entries of ${chains} chains`];
    if (problems.length === 0) return { ok: true, lines: [`Khớp: ${vi}; đã đối chiếu ${read[0]} · All of it holds: ${en}; read ${read[1]}`] };
    const rest = problems.length > mostLines ? [`… ${problems.length - mostLines}`] : [];
    const head = `KHÔNG KHỚP, ${formatCount(problems.length)} chỗ · DIFFERS in ${formatCount(problems.length, 'en')} places (${en}; ${read[1]})`;
    return { ok: false, lines: [head, ...problems.slice(0, mostLines), ...rest] };
  } finally {
    await db.destroy();
  }
}
