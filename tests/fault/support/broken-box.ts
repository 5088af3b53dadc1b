// A whole box that a test breaks again and again: its campaign has two pictures that can be made to break their page, and it is asked how soon the right picture is back.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, vi } from 'vitest';
import { drawnShare } from '../../support/pixels.ts';
import { playlistsWith } from '../../support/playlists.ts';
import { visibleNow } from '../../support/stage.ts';
import { startTrial, type Trial } from '../../support/trial.ts';

/** Marks that the scenes of this box carry in the text of their pictures, to be broken when a test wants it. */
const marks = { throws: 'cảnh này ném lỗi', hangs: 'cảnh này treo máy' } as const;
export const turnSeconds = 2;
/** A loaded machine gets so many times the promise. */
const tolerance = 5;

export interface BrokenBox {
  readonly trial: Trial;
  /** A player that has seen no fall yet: one that falls four times takes shelter, as it should. */
  renewed(): Promise<void>;
  /** Waits until its campaign has stood for a while: before, one under which the box falls again and again is taken back, as it should. */
  proven(): Promise<void>;
  logged(msg: string, since: number): Record<string, unknown>[];
  /** Something of the campaign is really on screen: the DOM says so and the picture is not empty. */
  picture(page: Page): Promise<void>;
  /** Breaks something, and measures until the right picture is back. */
  back(what: string, promiseMs: number, breakIt: () => unknown, isBroken: () => Promise<boolean> | boolean): Promise<number>;
  /** None of these processes is left. */
  gone(pids: readonly number[]): () => boolean;
  /** From now on, the picture of this item breaks whoever draws it. */
  breakScene(item: keyof typeof marks, how: 'throw' | 'loop'): Promise<void>;
  stop(): Promise<void>;
}

export async function startBrokenBox(seconds = turnSeconds): Promise<BrokenBox> {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi page '));
  const message = (id: string) => ({ id, name: id, scene: 'message' as const, props: { heading: { vi: `Thông điệp ${id}` } }, seconds });
  const pictureOf = (id: keyof typeof marks) => ({
    ...{ id, name: id, scene: 'picture' as const, seconds },
    props: { asset: 'pictures/report-street.svg', alt: { vi: marks[id] }, caption: { vi: `Tranh ${id}` } },
  });
  const items = [message('mot'), pictureOf('throws'), message('hai'), pictureOf('hangs')];
  const trial = await startTrial({ screen: 'street', playlists: playlistsWith(folder, (playlist) => ({ ...playlist, items })) });
  const plays = () => trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
  await plays();

  const log = () =>
    readFileSync(join(trial.playerFolder, 'player.log'), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);

  const picture = async (page: Page) => {
    const visible = await visibleNow(page);
    expect(visible).toMatchObject({ state: 'playing', scene: expect.stringMatching(/message|picture/) as string });
    expect(visible?.manifest).not.toBe('factory');
    expect(drawnShare(await page.screenshot({ timeout: 5_000 }))).toBeGreaterThan(0.02);
  };

  return {
    trial,
    async renewed() {
      await trial.killShell();
      await trial.startShellAgain();
      await plays();
    },
    async proven() {
      const manifest = (await visibleNow(trial.stage))?.manifest ?? '';
      const isProven = (copy: string) => copy.includes(`"manifest":"${manifest}"`) && copy.includes('"unproven":null');
      const copies = () => ['a', 'b'].map((copy) => readFileSync(join(trial.playerFolder, `playing.${copy}.json`), 'utf8'));
      await vi.waitFor(() => expect(copies().some(isProven)).toBe(true), { timeout: 60_000, interval: 100 });
    },
    logged: (msg, since) => log().filter((line) => line['msg'] === msg && Date.parse(String(line['time'])) >= since),
    picture,
    async back(what, promiseMs, breakIt, isBroken) {
      const begun = performance.now();
      await breakIt();
      await vi.waitFor(async () => expect(await isBroken()).toBe(true), { timeout: promiseMs * tolerance, interval: 50 });
      await vi.waitFor(async () => picture(await trial.rejoin()), { timeout: promiseMs * tolerance, interval: 100 });
      const ms = Math.round(performance.now() - begun);
      process.stdout.write(`${what}: the right picture is back after ${ms} ms (promise: ${promiseMs} ms)\n`);
      expect(ms).toBeLessThan(promiseMs * tolerance);
      return ms;
    },
    gone: (pids) => () => {
      const alive = [...trial.browserProcesses('browser'), ...trial.browserProcesses('renderer'), ...trial.browserProcesses('gpu-process')];
      return pids.every((pid) => !alive.includes(pid));
    },
    breakScene: (item, how) =>
      trial.stage.evaluate(
        ([text, act]) => {
          const set = Element.prototype.setAttribute;
          Element.prototype.setAttribute = function setAttribute(name, value) {
            if (name === 'alt' && value === text) {
              if (act === 'throw') throw new Error('this scene throws');
              for (;;);
            }
            set.call(this, name, value);
          };
        },
        [marks[item], how] as const,
      ),
    async stop() {
      await trial.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
