// A playlist edited and published in the console changes what a running screen plays.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playlistViewSchema, playlistPaths } from '../core/playlist-api.ts';
import { sentItems } from '../core/playlist-draft.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { launchBrowser } from './support/desk.ts';
import { pixelsOfStill } from './support/pixels.ts';
import { playlistsWith, tour } from './support/playlists.ts';
import { visibleNow } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const browserPath = chromiumPath();

describe.skipIf(browserPath === undefined)(`a playlist edited in the console${browserPath === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi list '));
  let trial: Trial;
  let ends: (() => Promise<unknown>)[] = [];
  let staff: Page;

  const items = () => staff.getByTestId('playlist-item');
  const order = () => items().evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item') ?? ''));
  const row = (item: string) => staff.locator(`[data-testid="playlist-item"][data-item="${item}"]`);

  const words = 'Bộ phận một cửa nghỉ ngày 02/9';
  const lastItem = async () => {
    await items().first().waitFor();
    return (await order()).at(-1);
  };

  /** The playlist as the server has it. */
  async function kept() {
    const answer = await staff.request.get(new URL(playlistPaths.playlist('reception'), staff.url()).href);
    return playlistViewSchema.parse(await answer.json());
  }

  async function save() {
    await staff.getByTestId('save-playlist').click();
    await staff.getByTestId('playlist-saved').waitFor();
  }

  beforeAll(async () => {
    trial = await startTrial({ screen: 'reception', playlists: playlistsWith(folder, tour(3_600)) });
    ends = [() => trial.stop()];
    const browser = await launchBrowser();
    ends = [() => browser.close(), ...ends];
    staff = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await staff.goto(trial.signInLink);
    await staff.getByTestId('signed-in').waitFor();
    await staff.getByRole('link', { name: 'Danh sách phát' }).click();
    await staff.locator('[data-playlist="reception"]').getByTestId('playlist-link').click();
    await items().first().waitFor();
  });
  afterAll(async () => {
    for (const end of ends) await end();
    rmSync(folder, { recursive: true, force: true });
  });

  it('fault 53: loses an item that is switched off and published, on the screen that was showing it', async () => {
    const shown = (await visibleNow(trial.stage))?.item ?? '';
    const before = await kept();
    await row(shown).getByTestId('toggle-item').click();
    await save();
    expect((await visibleNow(trial.stage))?.item, 'saving alone changes no screen').toBe(shown);
    expect((await kept()).publishedRevision).toBe(before.publishedRevision);

    const name = before.items.find(({ id }) => id === shown)?.name ?? '';
    await staff.getByTestId('publish-diff').getByText(`“${name}”: tắt`).waitFor();
    const started = Date.now();
    await staff.getByTestId('publish-playlist').click();
    await trial.stage.waitForFunction((item) => document.querySelector<HTMLElement>('[data-item][data-turn]')?.dataset['item'] !== item, shown, {
      timeout: 10_000,
    });
    process.stdout.write(`publish to another item on screen: ${Date.now() - started} ms\n`);

    const result = staff.getByTestId('publish-result');
    await result.waitFor();
    expect(await result.locator('[data-channel]').evaluateAll((parts) => parts.map((part) => part.getAttribute('data-channel')))).toEqual(['reception']);
    await result.locator('[data-channel]', { hasText: /^Kênh (?!reception)/ }).waitFor();
    await staff.locator('[data-testid="playlist-screen"][data-condition="correct"]').waitFor();
  });

  it('takes a new order by button, by key and by dragging', async () => {
    const [first = '', second = '', third = '', ...others] = await order();
    await row(second).getByTestId('move-up').click();
    expect(await order()).toEqual([second, first, third, ...others]);
    await row(second).locator('[data-control="grip"]').press('End');
    expect(await order()).toEqual([first, third, ...others, second]);

    const grip = await row(third).locator('[data-control="grip"]').boundingBox();
    const target = await row(first).boundingBox();
    if (!grip || !target) throw new Error('the rows have no boxes');
    await staff.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
    await staff.mouse.down();
    await staff.mouse.move(grip.x + grip.width / 2, target.y + 4, { steps: 6 });
    await staff.mouse.up();
    expect(await order()).toEqual([third, first, ...others, second]);

    await save();
    expect((await kept()).items.map(({ id }) => id)).toEqual([third, first, ...others, second]);
  });

  it('fault 48: never overwrites what somebody else saved meanwhile, and puts both edits together', async () => {
    const [first = '', second = ''] = await order();
    await row(second).getByTestId('move-up').click();
    const theirs = await kept();
    const changed = sentItems(theirs.items).map((item) => (item.id === first ? { ...item, seconds: 3_000 } : item));
    const answer = await staff.request.put(new URL(playlistPaths.playlist('reception'), staff.url()).href, {
      headers: { origin: new URL(staff.url()).origin },
      data: { revision: theirs.revision, items: changed },
    });
    expect(answer.status()).toBe(200);
    await staff.getByTestId('playlist-overtaken').waitFor();
    expect((await order())[0], 'an edit under way is not taken out of the hand').toBe(second);

    await staff.getByTestId('save-playlist').click();
    const conflict = staff.getByTestId('playlist-conflict');
    await conflict.getByTestId('their-changes').getByText('số giây: 3600 → 3000').waitFor();
    expect((await order()).slice(0, 2)).toEqual([second, first]);
    expect(
      (await kept()).items.map(({ id }) => id),
      'nothing is saved yet',
    ).toEqual(changed.map(({ id }) => id));
    await save();
    const both = await kept();
    expect(both.items.slice(0, 2).map(({ id, seconds }) => [id, seconds])).toEqual([
      [second, 3_600],
      [first, 3_000],
    ]);
  });

  it('a message written here survives a reload, and stands on the running screen as new pixels once it is published', async () => {
    await staff.getByTestId('add-item').click();
    await staff.getByTestId('choose-message').click();
    await staff.getByTestId('field-heading').fill(words);
    await staff.getByTestId('item-seconds').fill('3600');
    const preview = staff.frameLocator('[data-testid="item-preview"] iframe');
    await preview.locator('[data-scene="message"]').getByText('Bộ phận một cửa').first().waitFor();
    await staff.getByTestId('item-done').click();
    staff.once('dialog', (dialog) => void dialog.accept());
    await staff.reload();
    const [, written = ''] = /^(message-.*)$/.exec((await lastItem()) ?? '') ?? [];
    const others = (await kept()).items.filter(({ enabled }) => enabled);
    for (const { id } of others) await row(id).getByTestId('toggle-item').click();
    await save();
    expect((await kept()).items.at(-1)).toMatchObject({ id: written, name: words, props: { heading: { vi: words } } });

    const before = await trial.stage.screenshot();
    await staff.getByTestId('publish-playlist').click();
    await trial.stage.locator(`[data-item="${written}"][data-turn]`).getByText('Bộ phận một cửa').first().waitFor({ timeout: 15_000 });
    expect(pixelsOfStill(await trial.stage.screenshot()).equals(pixelsOfStill(before)), 'other pixels').toBe(false);
  });
});
