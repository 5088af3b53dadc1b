// A small value kept in two checked copies: the newest valid one wins, so that a torn write or a bad sector loses nothing.
import { join } from 'node:path';
import { z } from 'zod';
import { readIfThere, writeDurably } from './durable-file.ts';
import { sha256 } from './ed25519.ts';
import { faultText, type Log } from './log.ts';
import { giveUpReserve, isDiskFull } from './reserve.ts';
import { serial } from './serial.ts';

export interface TwoCopies<T> {
  readonly value: T | undefined;
  /** Keeps the value in memory at once and on disk when the promise ends; false when the disk refused it. */
  write(value: T): Promise<boolean>;
  /** Waits for the writes that were asked for. */
  settled(): Promise<void>;
}

export interface TwoCopiesOptions<Schema extends z.ZodType> {
  /** The data folder, whose reserve makes room when the disk is full. */
  readonly folder: string;
  readonly name: string;
  readonly schema: Schema;
  readonly log: Log;
  readonly mode?: number;
}

interface Copy<T> {
  readonly revision: number;
  readonly value: T;
}

function readCopy<Schema extends z.ZodType>(text: string, schema: Schema): Copy<z.infer<Schema>> | undefined {
  const [hash, body] = [text.slice(0, 64), text.slice(65).trimEnd()];
  if (sha256(body) !== hash) return undefined;
  const parsed = z.object({ revision: z.int().min(1), value: schema }).safeParse(JSON.parse(body));
  // Zod loses the generic's tie between schema and value.
  return parsed.success ? (parsed.data as Copy<z.infer<Schema>>) : undefined;
}

export async function openTwoCopies<Schema extends z.ZodType>({
  folder,
  name,
  schema,
  log,
  mode = 0o600,
}: TwoCopiesOptions<Schema>): Promise<TwoCopies<z.infer<Schema>>> {
  const paths = [join(folder, `${name}.a.json`), join(folder, `${name}.b.json`)];
  const inOrder = serial();
  const read = async (path: string) => {
    try {
      const bytes = await readIfThere(path);
      if (!bytes) return undefined;
      const copy = readCopy(bytes.toString('utf8'), schema);
      if (!copy) log.warn({ path }, 'a copy is damaged, the other one is used');
      return copy;
    } catch (fault) {
      log.warn({ path, fault: faultText(fault) }, 'a copy cannot be read');
      return undefined;
    }
  };
  const copies = await Promise.all(paths.map(read));
  let newest = copies.reduce((best, copy) => (copy && (!best || copy.revision > best.revision) ? copy : best), undefined);

  const save = async (copy: Copy<z.infer<Schema>>, at: readonly string[]): Promise<boolean> => {
    const body = JSON.stringify(copy);
    const writeAll = async () => {
      for (const path of at) await writeDurably(path, `${sha256(body)} ${body}\n`, mode);
    };
    try {
      await writeAll().catch(async (fault: unknown) => {
        if (!isDiskFull(fault)) throw fault;
        await giveUpReserve(folder);
        await writeAll();
      });
      return true;
    } catch (fault) {
      log.error({ name, fault: faultText(fault) }, 'cannot be kept on disk');
      return false;
    }
  };

  const mended = newest;
  if (mended)
    await save(
      mended,
      paths.filter((_, index) => copies[index]?.revision !== mended.revision),
    );
  return {
    get value() {
      return newest?.value;
    },
    write(value) {
      const copy = { revision: (newest?.revision ?? 0) + 1, value };
      newest = copy;
      return inOrder(() => save(copy, paths));
    },
    settled: () => inOrder(async () => undefined),
  };
}
