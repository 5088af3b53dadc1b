// What a real screen showed is in the console's report and in the file that a clerk downloads there.
import { readFileSync } from 'node:fs';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileTypes } from '../server/reports/file-types.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { startTrial, type Trial } from './support/trial.ts';

const patience = { timeout: 30_000 };
const documentPath = 'word/document.xml';
const wordsIn = (file: Uint8Array) => new TextDecoder().decode(unzipSync(file)[documentPath]);
/** As people read it: names and dates are held together by other spaces. */
const readIn = (file: Uint8Array) => wordsIn(file).replaceAll('\u00a0', ' ');
/** The Word file as somebody changed it. */
const withWords = (file: Uint8Array, from: string, to: string) =>
  Buffer.from(zipSync({ ...unzipSync(file), [documentPath]: strToU8(wordsIn(file).replace(from, to)) }));

describe.skipIf(chromiumPath() === undefined)(`reports in the console${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let trial: Trial;
  let browser: Browser;
  let desk: Page;

  beforeAll(async () => {
    trial = await startTrial({ screen: 'street' });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    desk = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await desk.goto(trial.signInLink);
    await desk.getByTestId('signed-in').waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
  });

  it('show what the screen played, and give it as a file', async () => {
    await desk.evaluate(() => void (location.hash = '#/reports'));
    const turns = desk.getByTestId('total-turns');
    // A turn lasts ten seconds; the page asks again when a period is chosen.
    await expect
      .poll(
        async () => {
          await desk.getByTestId('span-today').click(patience);
          await desk.getByTestId('span-week').click(patience);
          return Number(await turns.innerText(patience));
        },
        { timeout: 60_000, interval: 2_000 },
      )
      .toBeGreaterThan(0);
    expect(await desk.getByTestId('report-row').first().innerText()).toContain('LED nút giao');

    await desk.getByTestId('letterhead').click(patience);
    await desk.getByTestId('letterhead-office').fill('Ủy ban nhân dân phường Ba Đình', patience);
    await desk.getByTestId('letterhead-save').click(patience);
    await desk.getByTestId('letterhead-saved').waitFor(patience);
    const [download] = await Promise.all([desk.waitForEvent('download', patience), desk.getByTestId('file-display-docx').click(patience)]);
    expect(download.suggestedFilename()).toMatch(/^bang-chung-phat-.*\.docx$/);
    const text = readIn(readFileSync(await download.path()));
    expect(text).toContain('ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH');
    expect(text).toContain('LED nút giao');
  });

  it('fill each line of a phone: no field and no choice stands beside nothing', async () => {
    await desk.setViewportSize({ width: 390, height: 844 });
    for (const [testid, lines] of [
      ['report-item', '.field, .row'],
      ['report-by-hours', 'label'],
    ] as const) {
      /** Right ends of the lines, measured from that of the whole. */
      const open = await desk.getByTestId(testid).evaluate((control, parts) => {
        const whole = control.closest('section, fieldset');
        const boxes = [...(whole?.querySelectorAll(parts) ?? [])].map((part) => part.getBoundingClientRect());
        const edge = Math.max(...boxes.map(({ right }) => right));
        return boxes.map(({ top }) => edge - Math.max(...boxes.filter((box) => box.top === top).map(({ right }) => right)));
      }, lines);
      expect(open.length, testid).toBeGreaterThan(4);
      for (const gap of open) expect(gap, `${testid}: ${open.join(', ')}`).toBeLessThan(40);
    }
    await desk.setViewportSize({ width: 1280, height: 900 });
  });

  it('are written into the office’s own template once it has sent one, and a bad one is refused in words', async () => {
    const send = (buffer: Buffer) =>
      desk.getByTestId('template-file').setInputFiles({ name: 'Mẫu của phường.docx', mimeType: fileTypes.docx, buffer }, patience);
    await send(Buffer.from('%PDF-1.7'));
    expect(await desk.getByTestId('failure').innerText(patience)).toContain('Lưu thành .docx');
    const [fetched] = await Promise.all([desk.waitForEvent('download', patience), desk.getByTestId('template-form').click(patience)]);
    await send(withWords(readFileSync(await fetched.path()), 'CỘNG HÒA', 'MẪU CỦA PHƯỜNG CỘNG HÒA'));
    await desk.getByTestId('template-saved').waitFor(patience);
    expect(await desk.getByTestId('template-kept').innerText()).toContain('Mẫu của phường.docx');
    const [download] = await Promise.all([desk.waitForEvent('download', patience), desk.getByTestId('file-results-docx').click(patience)]);
    const text = readIn(readFileSync(await download.path()));
    for (const words of ['MẪU CỦA PHƯỜNG CỘNG HÒA', 'ỦY BAN NHÂN DÂN PHƯỜNG BA ĐÌNH', 'SỐ LIỆU MINH HỌA', 'Xếp hạng']) expect(text).toContain(words);
    expect(text).not.toContain('{{');
    await desk.getByTestId('template-drop').click(patience);
    await desk.getByTestId('template-dropped').waitFor(patience);
  });
});
