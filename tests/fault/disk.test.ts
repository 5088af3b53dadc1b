// The disk under a real player is full, or can no longer be written; the screen goes on, its plays are kept, and people are told.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openBench, openPage } from '../../player/testing/bench-player.ts';
import { messageItem, sampleManifest } from '../../player/testing/samples.ts';
import { startSmallServer } from '../../player/testing/small-server.ts';
import { root } from '../support/children.ts';

/** A mount of one's own, as root or in a user namespace, where the machine lets people have one. */
const inOwnMount = ['--user', '--map-root-user', '--mount'];
const canMount = spawnSync('unshare', [...inOwnMount, 'true']).status === 0;
const skipped = ' (skipped: this machine lets nobody mount a small disk)';

const outcomeSchema = z.object({
  fullPlaying: z.string(),
  fullWarnings: z.array(z.string()),
  reserveWhenFull: z.boolean(),
  pendingWhenFull: z.int(),
  writtenWhenFull: z.int(),
  newWhenFull: z.string(),
  reserveAfter: z.boolean(),
  playingAfter: z.string(),
  warningsAfter: z.array(z.string()),
  first: z.string(),
  second: z.string(),
});

describe.skipIf(!canMount)(`a player on a disk of 40 MiB${canMount ? '' : skipped}`, () => {
  it('fault 10: plays on when the disk is full, keeps its plays, says so, and takes new content when there is room again', { timeout: 180_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi-disk-'));
    try {
      const script = 'mount -t tmpfs -o size=40m tmpfs "$1" && exec "$2" "$3" "$1"';
      const ran = spawnSync('unshare', [...inOwnMount, 'sh', '-c', script, 'sh', folder, process.execPath, join(root, 'tests/fault/support/full-disk.ts')], {
        cwd: root,
        encoding: 'utf8',
        timeout: 170_000,
      });
      expect(ran.status, ran.stderr).toBe(0);
      const outcome = outcomeSchema.parse(JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? ''));
      // Full: what plays goes on, the reserve makes room for the plays, and what does not fit is refused with the reason.
      expect(outcome.fullPlaying).toBe(outcome.first);
      expect(outcome.fullWarnings).toContain('disk-full');
      expect(outcome.reserveWhenFull).toBe(false);
      expect(outcome.writtenWhenFull).toBe(outcome.pendingWhenFull);
      expect(outcome.newWhenFull).toMatch(/no space/);
      // Room again: the new manifest comes, the reserve is made again, nobody is warned.
      expect(outcome.playingAfter).toBe(outcome.second);
      expect(outcome.reserveAfter).toBe(true);
      expect(outcome.warningsAfter).not.toContain('disk-full');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe.skipIf(process.getuid?.() === 0)(
  `a player whose folder can only be read${process.getuid?.() === 0 ? ' (skipped: root writes everywhere)' : ''}`,
  () => {
    it('fault 12: plays on, keeps its plays in memory, and says so', { timeout: 120_000 }, async () => {
      const bench = await openBench();
      const server = await startSmallServer();
      const lock = (mode: number) => execFileSync('chmod', ['-R', `u${mode === 0 ? '-' : '+'}w`, bench.folder]);
      try {
        const before = await bench.start({ enrol: server.token });
        const hash = server.publish(sampleManifest([messageItem('a', { seconds: 2 }), messageItem('b', { seconds: 2 })]));
        await vi.waitFor(() => expect(before.health().manifest.playing).toBe(hash), { timeout: 20_000, interval: 10 });
        await before.stop();
        lock(0);
        const player = await bench.start();
        const page = openPage(player);
        expect(page.plan?.manifest).toBe(hash);
        page.showNow();
        await vi.waitFor(() => expect((player.health().warnings ?? []).map(({ code }) => code)).toContain('disk-read-only'), { timeout: 20_000, interval: 20 });
        const { last } = player.health().journal;
        expect(last).toBeGreaterThan(0);
        expect(player.health().manifest.playing).toBe(hash);
      } finally {
        lock(1);
        await bench.clear();
        await server.stop();
      }
    });
  },
);
