// Takes batches of plays, several in one transaction: what costs is the flush to the disk, and one holds for all.
import type { Envelope } from '../../core/signed.ts';
import { transact, type Queries } from '../database/open-database.ts';
import { addBatch, readBatch, type ReadBatch, type Taken, type Terms } from './take-batch.ts';

/** So many are written in one transaction: others wait for the database no longer than that takes. */
const writtenTogether = 4;

interface Waiting {
  readonly batch: ReadBatch;
  readonly terms: Terms;
  readonly done: (taken: Taken) => void;
  readonly failed: (error: unknown) => void;
}

export interface BatchTaker {
  take(envelope: Envelope, terms: Terms): Promise<Taken>;
}

/** Batches that come while others are being written are written together next. */
export function batchTaker(db: Queries): BatchTaker {
  const waiting: Waiting[] = [];
  let writing = false;

  const add = (some: readonly Waiting[]) =>
    transact(db, async (trx) => {
      const taken: Taken[] = [];
      for (const { batch, terms } of some) taken.push(await addBatch(trx, batch, terms));
      return taken;
    });

  async function write(some: readonly Waiting[]): Promise<void> {
    try {
      for (const [index, taken] of (await add(some)).entries()) some[index]?.done(taken);
    } catch (error) {
      // A fault of one is no fault of the others: each alone.
      if (some.length === 1) some[0]?.failed(error);
      else for (const each of some) await write([each]);
    }
  }

  async function writeAll(): Promise<void> {
    if (writing) return;
    writing = true;
    while (waiting.length > 0) await write(waiting.splice(0, writtenTogether));
    writing = false;
  }

  return {
    async take(envelope, terms) {
      const read = await readBatch(db, envelope);
      if (!read.ok) return read;
      const taken = new Promise<Taken>((done, failed) => waiting.push({ batch: read.batch, terms, done, failed }));
      void writeAll();
      return taken;
    },
  };
}
