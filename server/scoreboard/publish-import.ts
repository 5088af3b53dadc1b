// Makes an import the figures in force, by one person's word or by that of two. Runs inside a transaction.
import type { ServerContext } from '../context.ts';
import type { Queries } from '../database/open-database.ts';
import type { Compared } from './compare-import.ts';
import { setImportState, type PendingImport } from './import-store.ts';
import { addSnapshot, comparedWith, type CurrentSnapshots } from './snapshot-store.ts';

export interface Publication {
  readonly pending: PendingImport;
  readonly compared: Compared;
  /** Name of whoever imported. */
  readonly author: string;
  /** Of a correction. */
  readonly reason: string | undefined;
}

export async function publishImport(
  trx: Queries,
  { keys, now }: Pick<ServerContext, 'keys' | 'now'>,
  { pending, compared, author, reason }: Publication,
): Promise<CurrentSnapshots> {
  const { draft, corrected } = compared;
  const { id } = pending.preview;
  const instead = corrected ? { reason: reason ?? '', comparedTo: corrected.comparedTo } : {};
  const current = await addSnapshot(trx, keys, draft, now(), { author, importId: id, ...instead });
  await setImportState(trx, id, 'confirmed');
  return { current, previous: await comparedWith(trx, current) };
}
