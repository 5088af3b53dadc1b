// The server is killed; the screen goes on, and what it played meanwhile arrives exactly once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { drawnShare } from './support/pixels.ts';
import { playlistsWith, tour } from './support/playlists.ts';
import { journalOf, storedAt } from './support/plays.ts';
import { visibleNow, waitForNextTurn } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

describe.skipIf(chromiumPath() === undefined)(`a screen without its server${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi outage '));
  let trial: Trial;
  const written = () => journalOf(trial.playerFolder).map(({ entry }) => entry);

  beforeAll(async () => {
    trial = await startTrial({ screen: 'street', playlists: playlistsWith(folder, tour(2)) });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
  });
  afterAll(async () => {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('fault 33: goes on when the server is killed, and hands in its plays exactly once', async () => {
    await trial.killServer();
    const killedAt = Date.now();
    const manifest = (await visibleNow(trial.stage))?.manifest;
    for (let turns = 0; turns < 4; turns++) {
      const before = await visibleNow(trial.stage);
      expect(before?.manifest).toBe(manifest);
      expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
      await waitForNextTurn(trial.stage, before?.turn ?? '');
    }
    const meanwhile = written().filter(({ kind, at }) => kind === 'open' && at > killedAt);
    expect(meanwhile.length).toBeGreaterThanOrEqual(3);

    await trial.startServerAgain();
    const last = written().at(-1)?.seq ?? 0;
    await vi.waitFor(() => expect(storedAt(trial.serverFolder).at(-1)?.seq ?? 0).toBeGreaterThanOrEqual(last), { timeout: 90_000, interval: 250 });

    const bySeq = new Map(written().map((entry) => [entry.seq, entry]));
    const stored = storedAt(trial.serverFolder);
    expect(stored.map(({ seq }) => seq)).toEqual(Array.from({ length: stored.length }, (_, index) => index + 1));
    for (const { seq, kind, at } of stored) expect({ kind, at }).toEqual({ kind: bySeq.get(seq)?.kind, at: bySeq.get(seq)?.at });
    for (const { seq } of meanwhile) expect(stored.some((entry) => entry.seq === seq)).toBe(true);
  });

  it('carries on with its campaign when the whole box starts without any server', async () => {
    const manifest = (await visibleNow(trial.stage))?.manifest;
    await trial.killServer();
    await trial.killShell();
    await trial.startShellAgain();
    const visible = await vi.waitFor(async () => {
      const now = await visibleNow(trial.stage);
      expect(now?.state).toBe('playing');
      return now;
    });
    expect(visible?.manifest).toBe(manifest);
    const interrupted = written().filter((entry) => entry.kind === 'close' && entry.outcome === 'interrupted');
    expect(interrupted.length).toBeGreaterThanOrEqual(1);
  });
});

describe.skipIf(chromiumPath() === undefined)('a box that never met a server', () => {
  it('plays the factory playlist from its first boot on', async () => {
    const trial = await startTrial({ screen: 'street', withoutServer: true });
    try {
      const visible = await visibleNow(trial.stage);
      expect(visible?.manifest).toBe('factory');
      expect(drawnShare(await trial.stage.screenshot())).toBeGreaterThan(0.02);
    } finally {
      await trial.stop();
    }
  });
});
