// The main job, end to end: real server, real player, real Chromium; looked at as a person would.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { root } from './support/children.ts';
import { codesIn, drawnShare, sizeOf } from './support/pixels.ts';
import { playlistsWith, tour } from './support/playlists.ts';
import { settled, visibleNow, waitForNextTurn, type Visible } from './support/stage.ts';
import { startTrial } from './support/trial.ts';

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

/** What a person saw of one turn. */
interface Sighting {
  readonly visible: Visible;
  readonly picture: Buffer;
  readonly text: string;
}

/** Looks on, in whatever order they come, until each of these scenes was seen from one turn's frame to another of the same turn. */
async function watch(stage: Page, scenes: ReadonlySet<string>): Promise<Map<string, Sighting>> {
  const seen = new Map<string, Sighting>();
  while (seen.size < scenes.size) {
    const visible = await visibleNow(stage);
    if (visible && !seen.has(visible.scene)) {
      await settled(stage);
      const picture = await stage.screenshot();
      const text = await stage.evaluate(() => document.querySelector<HTMLElement>('[data-item][data-turn]')?.innerText ?? '');
      if ((await visibleNow(stage))?.turn === visible.turn)
        seen.set(visible.scene, { visible, picture, text: text.normalize('NFC').replaceAll('\u00a0', ' ').toLowerCase() });
    }
    if (seen.size < scenes.size) await waitForNextTurn(stage, visible?.turn ?? '');
  }
  return seen;
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

/** Runs a trial whose playlists have one item of each scene, and looks on until all of them were seen. */
async function seenOn({ screen, tree }: (typeof screens)[number]): Promise<Map<string, Sighting>> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi tour '));
  const trial = await startTrial({ screen, tree, playlists: playlistsWith(folder, tour(4)) });
  try {
    // The first turns may still be the factory playlist's.
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    return await watch(trial.stage, scenesIn(join(folder, 'playlists', `${screen}.json`)));
  } finally {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

describe.skipIf(chromiumPath() === undefined)(`a trial screen plays the campaign${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  describe.each(screens)('$screen with $tree', (given) => {
    const { width, height, tree } = given;
    let seen: Map<string, Sighting>;

    // One screen after another: three at once draw more than two cores can.
    beforeAll(async () => {
      seen = await seenOn(given);
      expect(seen.size, 'scenes seen').toBeGreaterThan(4);
    }, 300_000);

    it('shows every scene of its playlist, each with a picture of its own', () => {
      for (const [scene, { picture, visible }] of seen) {
        expect(sizeOf(picture)).toEqual({ width, height });
        expect(drawnShare(picture), `${scene} draws something`).toBeGreaterThan(0.02);
        expect(visible.manifest).toMatch(/^[0-9a-f]{64}$/);
        expect(visible.state).toBe('playing');
      }
      expect(new Set([...seen.values()].map(({ picture }) => picture.toString('base64'))).size).toBe(seen.size);
    });

    it('shows a code that reads back from a screenshot as its link', async () => {
      const install = seen.get('install');
      expect(await codesIn(install?.picture ?? Buffer.alloc(0))).toEqual(['HTTPS://IHANOI.GOV.VN']);
      expect(install?.visible.scan).toBe('HTTPS://IHANOI.GOV.VN');
    });

    it('names units of its tree on the scoreboard and says that the figures are samples', () => {
      const text = seen.get('scoreboard')?.text ?? '';
      expect(text).toContain('số liệu minh họa');
      expect(unitNames(tree).filter((name) => text.includes(name.toLowerCase())).length, text).toBeGreaterThanOrEqual(3);
    });
  });
});
