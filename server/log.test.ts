import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { openLog } from './log.ts';

it('fault 49: a disk that takes no line of the log does not end the server', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi-log-'));
  const faults: unknown[] = [];
  const keep = (fault: unknown) => faults.push(fault);
  process.on('uncaughtException', keep);
  try {
    // Every write to it fails as on a full disk.
    symlinkSync('/dev/full', join(folder, 'server.log'));
    const { log } = openLog(folder);
    for (let line = 0; line < 3; line += 1) {
      log.info({ line }, 'màn hình');
      await pause(20);
    }
    expect(faults).toEqual([]);
  } finally {
    process.off('uncaughtException', keep);
    rmSync(folder, { recursive: true });
  }
});
