// The main job, end to end: real server, real player, real Chromium; looked at as a person would.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { root } from './support/children.ts';
import { codesIn, drawnShare, sizeOf } from './support/pixels.ts';
import { playlistsWith, tour } from './support/playlists.ts';
import { settled, visibleNow, waitForNextTurn, waitForScene } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const screens = [
  { screen: 'street', width: 960, height: 576, tree: 'hanoi-districts' },
  { screen: 'reception', width: 1920, height: 1080, tree: 'hanoi-communes-2025' },
  { screen: 'kiosk', width: 1080, height: 1920, tree: 'hanoi-districts' },
] as const;

/** Scenes that a playlist file has items for. */
function scenesIn(path: string): Set<string> {
  const { items } = JSON.parse(readFileSync(path, 'utf8')) as { items: { scene: string }[] };
  return new Set(items.map(({ scene }) => scene));
}

/** Names as a scoreboard writes them: communes with their kind, because many bear a former district's name. */
function unitNames(tree: string): string[] {
  const lines = readFileSync(join(root, 'assets/units/hanoi-units.csv'), 'utf8').normalize('NFC').trim().split('\n').slice(1);
  const level = tree === 'hanoi-districts' ? 'district' : 'commune';
  return lines
    .map((line) => line.split(','))
    .filter((unit) => unit[3] === level)
    .map(([, kind = '', name = '']) => (level === 'district' ? name : `${kind} ${name}`));
}

describe.skipIf(chromiumPath() === undefined)(`a trial screen plays the campaign${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  describe.each(screens)('$screen with $tree', ({ screen, width, height, tree }) => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi tour '));
    let trial: Trial;

    beforeAll(async () => {
      trial = await startTrial({ screen, tree, playlists: playlistsWith(folder, tour(6)) });
      // The first turns may still be the factory playlist's.
      await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    });
    afterAll(async () => {
      await trial.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    it('shows every scene of its playlist, each with a picture of its own', async () => {
      const pictures = new Map<string, Buffer>();
      const missing = scenesIn(join(folder, 'playlists', `${screen}.json`));
      // In whatever order they come: one round of the playlist is enough.
      for (let visible = await visibleNow(trial.stage); missing.size > 0; visible = await visibleNow(trial.stage)) {
        if (!visible || !missing.delete(visible.scene)) {
          await waitForNextTurn(trial.stage, visible?.turn ?? '');
          continue;
        }
        await settled(trial.stage);
        const picture = await trial.stage.screenshot();
        if ((await visibleNow(trial.stage))?.turn === visible.turn) pictures.set(visible.scene, picture);
        expect(sizeOf(picture)).toEqual({ width, height });
        expect(drawnShare(picture), `${visible.scene} draws something`).toBeGreaterThan(0.02);
        expect(visible.manifest).toMatch(/^[0-9a-f]{64}$/);
        expect(visible.state).toBe('playing');
      }
      expect(new Set([...pictures.values()].map((picture) => picture.toString('base64'))).size).toBe(pictures.size);
    });

    it('shows a code that reads back from a screenshot as its link', async () => {
      const visible = await waitForScene(trial.stage, 'install');
      await settled(trial.stage);
      const codes = await codesIn(await trial.stage.screenshot());
      expect(codes).toEqual(['HTTPS://IHANOI.GOV.VN']);
      expect(visible.scan).toBe(codes[0]);
    });

    it('names units of its tree on the scoreboard and says that the figures are samples', async () => {
      await waitForScene(trial.stage, 'scoreboard');
      const text = await trial.stage.evaluate(() => document.querySelector<HTMLElement>('[data-item][data-turn]')?.innerText ?? '');
      expect(text.normalize('NFC').toLowerCase()).toContain('số liệu minh họa');
      const plain = text.normalize('NFC').replaceAll('\u00a0', ' ').toLowerCase();
      expect(unitNames(tree).filter((name) => plain.includes(name.toLowerCase())).length, plain).toBeGreaterThanOrEqual(3);
    });
  });
});
