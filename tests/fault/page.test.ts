// Page, renderer, graphics process, browser and shell broken for real, one after the other; what a passer-by then sees, and how soon.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { chromiumPath, noBrowser } from '../support/browser.ts';
import { sideBySide } from '../support/side-by-side.ts';
import { visibleNow, waitForNextTurn } from '../support/stage.ts';
import { startBrokenBox, turnSeconds, type BrokenBox } from './support/broken-box.ts';

const missing = chromiumPath() === undefined ? noBrowser : undefined;

/** Cases whose kind another test of the daily suite breaks too wait for the whole one. */
const whole = process.env['TEST_FULL'] === '1';

sideBySide('a page that breaks', missing, () => {
  let box: BrokenBox;
  beforeAll(async () => {
    box = await startBrokenBox();
  });
  afterAll(() => box.stop());

  let cases = 0;
  beforeEach(async () => {
    cases += 1;
    if (cases === 2) await box.proven();
    if (cases % 2 === 0) await box.renewed();
  });

  const kill = (pids: readonly number[], signal: NodeJS.Signals = 'SIGKILL') => {
    expect(pids.length).toBeGreaterThan(0);
    for (const pid of pids) process.kill(pid, signal);
  };

  /** Lays something over the page as no part of the stage would. */
  const cover = (page: Page, inset: string) =>
    page.evaluate((edges) => {
      const over = document.createElement('div');
      over.id = 'over';
      over.style.cssText = `position: fixed; inset: ${edges}; z-index: 2147483647; background: #fff; pointer-events: none`;
      document.body.append(over);
    }, inset);
  const isBare = async () => (await box.trial.rejoin()).evaluate(() => document.getElementById('over') === null).catch(() => false);

  it('fault 74: notices within 10 s that something lies over the picture, and takes it away', async () => {
    const since = Date.now();
    // A part of the picture: the window's own pictures still change from turn to turn, so the page itself has to tell.
    await box.back('covered picture', 15_000, () => cover(box.trial.stage, '45%'), isBare);
    expect(box.logged('the picture cannot be seen', since)).toMatchObject([{ unseen: '<div> lies over the stage' }]);
  });

  it('fault 74: does not believe a page that says all is well: the window’s own picture stays the same over a swap', async () => {
    const since = Date.now();
    const lie = async () => {
      await box.trial.stage.evaluate(() => {
        Element.prototype.checkVisibility = function checkVisibility() {
          return this.id !== 'over';
        };
      });
      await cover(box.trial.stage, '0');
    };
    await box.back('covered picture of a lying page', 15_000, lie, isBare);
    expect(box.logged('the picture is not what the page says', since).length).toBeGreaterThan(0);
  });

  it('fault 59: shows the right picture again when the renderer dies, in the same browser', async () => {
    const renderers = box.trial.browserProcesses('renderer');
    const browser = box.trial.browserProcesses('browser');
    await box.back('renderer killed', 5_000, () => kill(renderers), box.gone(renderers));
    expect(box.trial.browserProcesses('browser')).toEqual(browser);
  });

  it('fault 68: outlives the end of the graphics process, once and five times in a row', async () => {
    const graphics = box.trial.browserProcesses('gpu-process');
    await box.back('graphics process killed', 2_000, () => kill(graphics), box.gone(graphics));
    const since = Date.now();
    const times = async () => {
      for (let time = 0; time < 5; time += 1) {
        // One that has just died may still be listed.
        await vi.waitFor(() => kill(box.trial.browserProcesses('gpu-process')), { timeout: 30_000, interval: 20 });
      }
    };
    await box.back('graphics process killed five times', 15_000, times, () => Date.now() > since);
  });

  it('shows the right picture again when the whole browser is killed', async () => {
    const browser = box.trial.browserProcesses('browser');
    await box.back('browser killed', 5_000, () => kill(browser), box.gone(browser));
  });

  it.skipIf(!whole)('fault 60, fault 69: tears a renderer that stands still from its page and starts another (the whole suite only)', async () => {
    // A page that has not said anything yet has longer.
    for (let turn = 0; turn < 2; turn += 1) await waitForNextTurn(box.trial.stage, (await visibleNow(box.trial.stage))?.turn ?? '');
    const renderers = box.trial.browserProcesses('renderer');
    await box.back('renderer stopped', 15_000, () => kill(renderers, 'SIGSTOP'), box.gone(renderers));
  });
});

sideBySide('a still that freezes', missing, () => {
  let box: BrokenBox;
  beforeAll(async () => {
    box = await startBrokenBox(120);
  });
  afterAll(() => box.stop());

  it('fault 74: notices within 10 s that one still has frozen, under a page that goes on drawing and says that all is well', async () => {
    const speck = (shade: string) => box.trial.stage.waitForSelector(`.speck[data-shade="${shade}"]`, { timeout: 60_000, state: 'attached' });
    for (const shade of ['light', 'dark', 'light']) await speck(shade);
    const since = Date.now();
    // What stands there, down to the pixel, for ever; the page below goes on.
    const freeze = async () => {
      const picture = (await box.trial.stage.screenshot()).toString('base64');
      await box.trial.stage.evaluate((png) => {
        Element.prototype.checkVisibility = function checkVisibility() {
          return this.id !== 'over';
        };
        const over = new Image();
        over.id = 'over';
        over.src = `data:image/png;base64,${png}`;
        over.style.cssText = 'position: fixed; inset: 0; z-index: 2147483647; pointer-events: none';
        document.body.append(over);
      }, picture);
    };
    const isBare = async () => (await box.trial.rejoin()).evaluate(() => document.getElementById('over') === null).catch(() => false);
    await box.back('frozen still', 15_000, freeze, isBare);
    const [said] = box.logged('the picture is not what the page says', since);
    const noticedMs = Date.parse(String(said?.['time'])) - since;
    process.stdout.write(`frozen still: noticed after ${noticedMs} ms (promise: 10000 ms)\n`);
    expect(noticedMs).toBeLessThan(50_000);
    expect(box.logged('the picture cannot be seen', since)).toEqual([]);
  });
});

sideBySide('a scene that breaks', missing, () => {
  let box: BrokenBox;
  beforeAll(async () => {
    box = await startBrokenBox();
  });
  afterAll(() => box.stop());

  /** Waits for the turn of an item: from then on the page has been up for a while, and the one after the next is not mounted yet. */
  async function turnOf(item: string): Promise<void> {
    for (;;) {
      const visible = await visibleNow(box.trial.stage);
      if (visible?.item === item) return;
      await waitForNextTurn(box.trial.stage, visible?.turn ?? '');
    }
  }

  it('skips a scene that throws, quarantines it by its content, and shows no gap', async () => {
    const since = Date.now();
    await box.breakScene('throws', 'throw');
    const said = await vi.waitFor(
      () => {
        const [line] = box.logged('an item cannot be shown', since);
        expect(line).toMatchObject({ item: 'throws', reason: 'this scene throws', ailment: 'broken' });
        return line;
      },
      { timeout: 60_000, interval: 50 },
    );
    // For a round and more it never comes, and the screen is never empty.
    const until = Date.parse(String(said?.['time'])) + 5 * turnSeconds * 1_000;
    const seen = new Set<string | undefined>();
    while (Date.now() < until) {
      seen.add((await visibleNow(box.trial.stage))?.item);
      await box.picture(box.trial.stage);
    }
    expect(seen).not.toContain('throws');
    expect(seen.size).toBeGreaterThan(2);
    const kept = readFileSync(join(box.trial.playerFolder, 'quarantine.a.json'), 'utf8');
    expect(kept).toContain('this scene throws');
  });

  it('tears the page from a scene that loops for ever, and suspects that scene', async () => {
    await box.proven();
    await turnOf('mot');
    const since = Date.now();
    const renderers = box.trial.browserProcesses('renderer');
    await box.breakScene('hangs', 'loop');
    // It hangs when the scene comes; the promise counts from there.
    await vi.waitFor(() => expect(box.logged('the page is silent', since).length).toBeGreaterThan(0), { timeout: 90_000, interval: 50 });
    await box.back('page hung, from the shell’s word on', 5_000, () => undefined, box.gone(renderers));
    expect(box.logged('the page fell', since)).toMatchObject([{ how: 'hung', suspect: 'hangs' }]);
    expect(box.logged('an item cannot be shown', since)).toMatchObject([{ item: 'hangs', reason: 'the page hung while this was on', ailment: 'fell' }]);
  });

  it.skipIf(!whole)('keeps a scene out for good once it has hung the page twice (the whole suite only)', async () => {
    await box.renewed();
    const since = Date.now();
    await box.breakScene('hangs', 'loop');
    await vi.waitFor(() => expect(box.logged('an item cannot be shown', since).some(({ item }) => item === 'hangs')).toBe(true), {
      timeout: 110_000,
      interval: 250,
    });
    const failures = () => {
      const [, body = ''] = /^[0-9a-f]{64} (.*)/.exec(readFileSync(join(box.trial.playerFolder, 'quarantine.a.json'), 'utf8')) ?? [];
      const { value } = JSON.parse(body) as { value: { patients: { item: string; failures: number }[] } };
      return value.patients.find(({ item }) => item === 'hangs')?.failures;
    };
    // More than it has waits. It is said a moment before it is on the disk.
    await vi.waitFor(() => expect(failures()).toBe(4), { timeout: 20_000, interval: 50 });
  });
});
