// Where lines break, as a reader would want it: names and captions whole, no word alone; and the card for who looks for a screen.
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { allShots, type Shot } from '../../scripts/pictures/list.ts';
import { takeShot } from '../../scripts/pictures/take-shot.ts';
import { describeStage } from '../support/bare-stage.ts';
import { overflowing } from './overflow.ts';
import { pictureScreens } from '../../scripts/pictures/screens.ts';
import { scaleFor } from '../../core/type-scale.ts';

/** The words of the first such element, line by line as they stand. */
function linesOf(page: Page, selector: string): Promise<string[]> {
  return page.$eval(selector, (element) => {
    const lines = new Map<number, string[]>();
    const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(/\S+/g)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        const top = Math.round(range.getBoundingClientRect().top);
        lines.set(top, [...(lines.get(top) ?? []), word]);
      }
    }
    return [...lines].sort(([a], [b]) => a - b).map(([, words]) => words.join(' '));
  });
}

describeStage('lines', (rig) => {
  const shot = (name: string): Shot => {
    const found = allShots.find((each) => each.name === name);
    if (!found) throw new Error(`no shot is called ${name}`);
    return found;
  };
  const look = <Seen>(name: string, see: (page: Page) => Promise<Seen>) => takeShot(rig.browser, rig.url, shot(name), ({ page }) => see(page));

  it('keep the name of a xã whole on a street', async () => {
    const seen = await look('scoreboard-960x576-vi-communes-own', async (page) => {
      const own = await linesOf(page, 'li.first .name');
      return { own, cut: await overflowing(page, scaleFor(pictureScreens.street.profile).least) };
    });
    expect(seen).toEqual({ own: ['Xã Đan Phượng'], cut: [] });
  });

  it('leave no short word of a list alone', async () => {
    const lines = await look('message-1080x1920-vi-weekend', (page) => linesOf(page, 'h1'));
    expect(lines).toContain('nhà văn hóa, chợ,');
  });

  it.each(['video-1080x1920-vi', 'video-1080x1920-lcd-vi', 'video-1080x1080-vi'])('of a caption are those of its writer: %s', async (name) => {
    const lines = await look(name, (page) => linesOf(page, '.said'));
    expect(lines).toEqual(['Tổ chuyển đổi số cộng đồng', 'hướng dẫn từng bước, ngay tại quầy.']);
  });

  it.each(['960x576', '1056x288', '192x384'])('let the number of a street screen that is looked for stand large in its middle: %s', async (size) => {
    const { box, room } = (await look(`install-${size}-identify`, (page) =>
      page.$eval('[data-identify] .number', (number) => {
        const range = document.createRange();
        range.selectNodeContents(number);
        const { left, right, top, bottom } = range.getBoundingClientRect();
        return { box: { left, right, top, bottom }, room: { width: innerWidth, height: innerHeight } };
      }),
    )) ?? { box: { left: 0, right: 0, top: 0, bottom: 0 }, room: { width: 1, height: 1 } };
    expect(Math.abs((box.left + box.right) / 2 / room.width - 0.5)).toBeLessThan(0.03);
    expect(Math.abs((box.top + box.bottom) / 2 / room.height - 0.5)).toBeLessThan(0.06);
    expect(Math.max((box.right - box.left) / room.width, (box.bottom - box.top) / room.height)).toBeGreaterThan(0.7);
  });

  it.each(['1920x1080', '1080x1920'])('name a screen that is looked for indoors, no unit cut in half: %s', async (size) => {
    const lines = (await look(`install-${size}-identify`, (page) => linesOf(page, '[data-identify] .name'))) ?? [];
    for (const part of ['Một cửa', 'Văn Miếu', 'Quốc Tử Giám']) expect(lines.filter((line) => line.includes(part))).toHaveLength(1);
  });
});
