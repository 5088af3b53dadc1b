// The disk under a real server is nearly full: it takes no more files and says so, and still takes what screens have played.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { openBench, openPage } from '../../player/testing/bench-player.ts';
import { mediaPaths } from '../../core/media-api.ts';
import { freePort } from '../../server/testing/free-port.ts';
import { root, startChild } from '../support/children.ts';
import { signedInFetch } from '../support/staff.ts';
import { canMount, cannotMount, onSmallDisk } from './support/small-disk.ts';

describe.skipIf(!canMount)(`a server on a disk with 150 MB left${canMount ? '' : ` (${cannotMount})`}`, () => {
  it('fault 49: refuses files with the reason, plays on, and takes the plays of its screens', { timeout: 120_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi-server-disk-'));
    const port = await freePort();
    const under = onSmallDisk(folder, '400m', '250M');
    const server = startChild(join(root, 'dist/server/main.js'), ['--data', join(folder, 'server'), '--port', String(port)], { under });
    const bench = await openBench();
    try {
      const { signInLink, enrol } = (await server.message('ready')) as { signInLink: string; enrol: Record<string, string> };
      const url = `http://127.0.0.1:${port}`;
      const staff = await signedInFetch(url, signInLink);
      const upload = { name: 'Ảnh lễ phát động', bytes: 1_000_000, modifiedAt: Date.now() };
      await expect(staff('POST', mediaPaths.uploads, upload)).rejects.toThrow(/507 .*storage-full/);

      const player = await bench.start({ server: url, enrol: enrol['street'] ?? '' });
      await vi.waitFor(() => expect(player.health().manifest.playing).not.toBe('factory'), { timeout: 60_000, interval: 50 });
      openPage(player).showNow();
      await vi.waitFor(() => expect(player.health().journal.last).toBeGreaterThan(0), { timeout: 20_000, interval: 50 });
      await vi.waitFor(() => expect(player.health().journal.pending).toBe(0), { timeout: 60_000, interval: 50 });
    } finally {
      await bench.clear();
      await server.end();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
