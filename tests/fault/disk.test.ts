// The disk under a real player is full, or can no longer be written; the screen goes on, its plays are kept, and people are told.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { openBench, openPage } from '../../player/testing/bench-player.ts';
import { messageItem, sampleManifest } from '../../player/testing/samples.ts';
import { startSmallServer } from '../../player/testing/small-server.ts';
import { startBox } from '../support/box.ts';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { root } from '../support/children.ts';
import { drawnShare } from '../support/pixels.ts';
import { visibleNow } from '../support/stage.ts';
import { startTrial } from '../support/trial.ts';
import { canMount, cannotMount, fillSmallDisk, onSmallDisk } from './support/small-disk.ts';

const whole = process.env['TEST_FULL'] === '1';

const outcomeSchema = z.object({
  smallWhenFull: z.boolean(),
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

describe.skipIf(!canMount)(`a player on a disk of 40 MiB${canMount ? '' : ` (${cannotMount})`}`, () => {
  it('fault 10: plays on when the disk is full, keeps its plays, says so, and takes new content when there is room again', { timeout: 180_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi-disk-'));
    try {
      const [command, ...words] = onSmallDisk(folder, '40m');
      const ran = spawnSync(command, [...words, process.execPath, join(root, 'tests/fault/support/full-disk.ts'), folder], {
        cwd: root,
        encoding: 'utf8',
        timeout: 170_000,
      });
      expect(ran.status, ran.stderr).toBe(0);
      const outcome = outcomeSchema.parse(JSON.parse(ran.stdout.trim().split('\n').at(-1) ?? ''));
      // Full: what plays goes on, the reserve makes room for a stop that comes now and for the plays, and what does not fit is refused with the reason.
      expect(outcome.smallWhenFull).toBe(true);
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

describe.skipIf(!canMount || chromiumPath() === undefined)(`a whole box on a disk without a byte left${canMount ? '' : ` (${cannotMount})`}`, () => {
  it('fault 10: has its first picture, and turn follows turn', { timeout: 180_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi-full-'));
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const wish = { folder, playerFolder: join(disk, 'player'), size: '960x576', kind: 'led', under: onSmallDisk(disk, '60m', '1G') };
    const box = await startBox(wish);
    try {
      const first = await visibleNow(box.page);
      expect(first?.state).toBe('playing');
      expect(drawnShare(await box.page.screenshot())).toBeGreaterThan(0.02);
      await vi.waitFor(async () => expect((await visibleNow(box.page))?.turn).not.toBe(first?.turn), { timeout: 90_000, interval: 100 });
      expect(drawnShare(await box.page.screenshot())).toBeGreaterThan(0.02);
    } finally {
      await box.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const filling = 'fault 10: goes on with its campaign when the disk fills under it, hands in its plays, and says so';
  it.skipIf(!whole)(whole ? filling : `${filling} (the whole suite only)`, { timeout: 180_000 }, async () => {
    const server = await startSmallServer();
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi-filling-'));
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const hash = server.publish(sampleManifest([messageItem('a', { seconds: 2 }), messageItem('b', { seconds: 2 })]));
    const wish = { folder, playerFolder: join(disk, 'player'), size: '1920x1080', kind: 'lcd', enrol: server.token, under: onSmallDisk(disk, '120m') };
    const box = await startBox(wish);
    try {
      await box.page.waitForSelector(`[data-manifest="${hash}"]`, { state: 'attached', timeout: 60_000 });
      const hasReserve = () => existsSync(`/proc/${box.pid}/root${disk}/player/reserve`);
      await vi.waitFor(() => expect(hasReserve()).toBe(true), { timeout: 30_000, interval: 100 });
      const warned = () => server.health.at(-1)?.warnings?.map(({ code }) => code);
      await vi.waitFor(
        () => {
          if (hasReserve()) fillSmallDisk(box.pid, disk);
          expect(warned()).toContain('disk-full');
        },
        { timeout: 60_000, interval: 200 },
      );
      const handedIn = server.plays.length;
      const turns = new Set<string>();
      await vi.waitFor(
        async () => {
          const now = await visibleNow(box.page);
          expect([now?.state, now?.manifest]).toEqual(['playing', hash]);
          expect(drawnShare(await box.page.screenshot())).toBeGreaterThan(0.02);
          turns.add(now?.turn ?? '');
          expect(turns.size).toBeGreaterThan(3);
        },
        { timeout: 60_000, interval: 100 },
      );
      await vi.waitFor(() => expect(server.plays.length).toBeGreaterThanOrEqual(handedIn + 4), { timeout: 30_000, interval: 100 });
    } finally {
      await box.stop();
      rmSync(folder, { recursive: true, force: true });
      await server.stop();
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
        await vi.waitFor(() => expect(player.health().journal.unsaved, 'what the disk does not take').toBeGreaterThan(0), { timeout: 20_000, interval: 20 });
        expect(player.health().manifest.playing).toBe(hash);
      } finally {
        lock(1);
        await bench.clear();
        await server.stop();
      }
    });
  },
);

const readOnly = process.getuid?.() === 0 ? 'root writes everywhere' : chromiumPath() === undefined ? noBrowser : undefined;

describe.skipIf(readOnly !== undefined)(`a whole box whose folder can only be read${readOnly === undefined ? '' : ` (skipped: ${readOnly})`}`, () => {
  it('fault 12: has its campaign on the glass after a start, and turn follows turn', { timeout: 240_000 }, async () => {
    const server = await startSmallServer();
    const trial = await startTrial({ screen: 'street', withoutServer: true, enrol: server.token });
    const lock = (mode: 'u-w' | 'u+w') => execFileSync('chmod', ['-R', mode, trial.playerFolder]);
    try {
      const hash = server.publish(sampleManifest([messageItem('a', { seconds: 2 }), messageItem('b', { seconds: 2 })]));
      await trial.stage.waitForSelector(`[data-manifest="${hash}"]`, { state: 'attached', timeout: 60_000 });
      await trial.killShell();
      lock('u-w');
      await trial.startShellAgain();
      const first = await vi.waitFor(
        async () => {
          const now = await visibleNow(trial.stage);
          expect([now?.state, now?.manifest]).toEqual(['playing', hash]);
          return now;
        },
        { timeout: 60_000, interval: 100 },
      );
      expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
      await vi.waitFor(async () => expect((await visibleNow(trial.stage))?.turn).not.toBe(first?.turn), { timeout: 30_000, interval: 100 });
      expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
      await vi.waitFor(() => expect(server.health.at(-1)?.warnings?.map(({ code }) => code)).toContain('disk-read-only'), { timeout: 60_000, interval: 100 });
    } finally {
      lock('u+w');
      await trial.stop();
      await server.stop();
    }
  });
});
