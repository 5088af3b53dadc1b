import { chmod, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { openIdentity } from './identity.ts';
import { silentLog } from './testing/bench-player.ts';
import { openTwoCopies } from './two-copies.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ihanoi-copies-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const open = () => openTwoCopies({ folder, name: 'value', schema: z.object({ n: z.int() }), log: silentLog });
const paths = () => [join(folder, 'value.a.json'), join(folder, 'value.b.json')] as const;

describe('two copies', () => {
  test('has nothing at first, then the last value that was written', async () => {
    const kept = await open();
    expect(kept.value).toBeUndefined();
    await Promise.all([kept.write({ n: 1 }), kept.write({ n: 2 })]);
    expect((await open()).value).toEqual({ n: 2 });
  });

  test('survives one copy torn at any byte, and mends it', async () => {
    await (await open()).write({ n: 7 });
    const whole = await readFile(paths()[0]);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths()), fc.integer({ min: 0, max: whole.length - 2 }), async (path, bytes) => {
        await truncate(path, bytes);
        expect((await open()).value).toEqual({ n: 7 });
        expect(await readFile(path)).toEqual(whole);
      }),
      { numRuns: 40 },
    );
  });

  test('takes the newer of two valid copies', async () => {
    const kept = await open();
    await kept.write({ n: 1 });
    const old = await readFile(paths()[0]);
    await kept.write({ n: 2 });
    await writeFile(paths()[0], old);
    expect((await open()).value).toEqual({ n: 2 });
  });

  test('has nothing when both are damaged', async () => {
    await (await open()).write({ n: 7 });
    for (const path of paths()) await writeFile(path, 'x');
    expect((await open()).value).toBeUndefined();
  });

  test('keeps the value in memory when the disk takes nothing', async () => {
    await writeFile(join(folder, 'in-the-way'), '');
    const kept = await openTwoCopies({ folder: join(folder, 'in-the-way'), name: 'value', schema: z.object({ n: z.int() }), log: silentLog });
    expect(await kept.write({ n: 3 })).toBe(false);
    expect(kept.value).toEqual({ n: 3 });
  });
});

describe('identity', () => {
  test('is the same key after a restart, readable by its owner alone', async () => {
    const first = await openIdentity(folder, silentLog);
    await first.bind({ server: 'http://127.0.0.1:8080' });
    const second = await openIdentity(folder, silentLog);
    expect(second.key.publicKey).toBe(first.key.publicKey);
    expect(second.binding).toEqual({ server: 'http://127.0.0.1:8080' });
    for (const copy of ['a', 'b']) expect((await stat(join(folder, `identity.${copy}.json`))).mode & 0o777).toBe(0o600);
  });

  test('outlives the loss of either copy', async () => {
    const { publicKey } = (await openIdentity(folder, silentLog)).key;
    for (const copy of ['a', 'b']) {
      const path = join(folder, `identity.${copy}.json`);
      await truncate(path, 40);
      expect((await openIdentity(folder, silentLog)).key.publicKey).toBe(publicKey);
      await rm(path);
      expect((await openIdentity(folder, silentLog)).key.publicKey).toBe(publicKey);
      await chmod(path, 0o600);
    }
  });
});
