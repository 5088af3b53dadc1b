// An alert in free words for a street screen where approvers sign: written in the console, signed by two people's passkeys on their own pages, and then on the glass.
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { confirmWords } from '../core/order-api.ts';
import { invitedSchema, peoplePaths } from '../core/people-api.ts';
import { commands } from '../server/maintenance/commands.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { addPasskey, virtualAuthenticator } from './support/passkeys.ts';
import { differingShare } from './support/pixels.ts';
import { settled, wordsOn } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const patience = { timeout: 30_000 };
const people = ['Nguyễn Thị Lan', 'Trần Văn Hải'] as const;

describe.skipIf(chromiumPath() === undefined)(`an alert in free words that approvers sign${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let trial: Trial;
  let browser: Browser;
  /** A telephone: whoever writes one is rarely at a desk. */
  let desk: Page;
  let approvers: Page[];

  const open = (page: Page, path: string) => page.evaluate((hash) => void (location.hash = hash), path);
  const atLocalhost = (link: string) => Object.assign(new URL(link), { hostname: 'localhost' }).href;
  const seen = async () => {
    await settled(trial.stage);
    return trial.stage.screenshot();
  };

  async function approver(name: string, index: number): Promise<Page> {
    const asked = { name, role: 'approver', unit: null, login: `nguoi.duyet.${index}` };
    const text = await desk.evaluate(
      async ([path, body]) => {
        const answer = await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
        return answer.text();
      },
      [peoplePaths.people, JSON.stringify(asked)] as const,
    );
    const { link } = invitedSchema.parse(JSON.parse(text));
    const page = await (await browser.newContext({ viewport: { width: 390, height: 844 } })).newPage();
    await virtualAuthenticator(page);
    await page.goto(atLocalhost(link));
    await page.getByTestId('sign-out').waitFor(patience);
    await addPasskey(page, { password: `mưa rào Hồ Gươm ${index}`, name: `Khóa ${index}` });
    return page;
  }

  beforeAll(async () => {
    trial = await startTrial({ screen: 'street' });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    desk = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await desk.goto(trial.signInLink);
    await desk.getByTestId('sign-out').waitFor({ timeout: 60_000 });
    approvers = [];
    for (const [index, name] of people.entries()) approvers.push(await approver(name, index));
    await trial.killServer();
    const words = ['--data', trial.serverFolder, '--root-key', join(trial.serverFolder, 'keys', 'root.pem'), '--traffic', '2'];
    expect(await commands['sign-root']?.(words, { databaseUrl: undefined, now: Date.now() })).toMatchObject({ ok: true });
    await trial.startServerAgain();
    for (const page of [desk, ...approvers]) await page.reload();
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
  });

  it('waits until the second of them has signed, and is then what people read', async () => {
    const sentence = 'Cháy chợ Hôm. Không đi đường Trần Xuân Soạn.';
    await open(desk, '#/orders/alert');
    await desk.getByTestId('alert-template').selectOption('free', patience);
    await desk.getByTestId('free-event-vi').fill('Cháy lớn', patience);
    await desk.getByTestId('free-headline-vi').fill(sentence, patience);
    await desk.getByText('Thật', { exact: true }).click(patience);
    await desk.getByText('Tất cả', { exact: true }).click(patience);
    await desk.getByTestId('free-signed').waitFor(patience);
    await desk.getByTestId('alert-area').fill('Phường Hai Bà Trưng', patience);
    await desk.getByTestId('alert-word').fill(confirmWords.live, patience);
    await desk.getByTestId('alert-send').click(patience);
    expect(await desk.getByTestId('alert-done').innerText(patience)).toContain('Còn chờ 2 người ký');
    expect(await desk.getByTestId('alert-request').innerText(patience)).toMatch(/Chờ ký bằng khóa truy cập\s+Đã ký 0\/2/);

    for (const [index, page] of approvers.entries()) {
      expect(await trial.stage.locator('[data-cover]').count()).toBe(0);
      await open(page, '#/approvals');
      const card = page.locator('[data-testid="awaited"][data-kind="alert"]');
      expect(await card.innerText(patience)).toMatch(new RegExp(`Đã ký ${index}/2.*${sentence}`, 's'));
      expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
      const before = await seen();
      await card.getByTestId('sign').click(patience);
      if (index + 1 < approvers.length) {
        await card.locator('.badge', { hasText: `Đã ký ${index + 1}/2` }).waitFor(patience);
        continue;
      }
      await card.waitFor({ state: 'detached', ...patience });
      await trial.stage.waitForSelector('[data-cover^="alert-"]', patience);
      expect(differingShare(before, await seen())).toBeGreaterThan(0.3);
    }
    const shown = await wordsOn(trial.stage, '[data-cover^="alert-"]');
    for (const words of [sentence, 'Phường Hai Bà Trưng']) expect(shown).toContain(words);
    await desk.locator('[data-testid="order"][data-kind="alert"][data-obeyed="1"]').waitFor(patience);
    expect(await desk.getByTestId('alert-request').count()).toBe(0);
  });

  it('says before it is signed whose place it takes, and then takes it', async () => {
    const [sentence, next] = ['Cháy chợ Hôm. Không đi đường Trần Xuân Soạn.', 'Đường Trần Xuân Soạn đã đi lại được. Cảm ơn bà con.'];
    const number = Number(await desk.locator('[data-testid="order"][data-kind="alert"]').getAttribute('data-order', patience));
    await desk.getByTestId('alert-follows').selectOption(String(number), patience);
    expect(await desk.getByTestId('alert-form').getAttribute('data-drill'), 'as real as the one before').toBe('false');
    expect(await desk.getByTestId('alert-area').inputValue(), 'for the same area').toBe('Phường Hai Bà Trưng');
    await desk.getByText('Diễn tập', { exact: true }).click(patience);
    expect(await desk.getByTestId('alert-follows').inputValue(), 'a drill replaces no real alert').toBe('');
    await desk.getByText('Thật', { exact: true }).click(patience);
    expect(await desk.getByTestId('alert-follows').inputValue()).toBe(String(number));
    await desk.getByTestId('free-signed').waitFor(patience);
    await desk.getByTestId('free-event-vi').fill('Hết cháy', patience);
    await desk.getByTestId('free-headline-vi').fill(next, patience);
    await desk.getByTestId('alert-word').fill(confirmWords.live, patience);
    await desk.getByTestId('alert-send').click(patience);
    const line = `Thay thông báo số ${number}: “${sentence}”`;
    expect(await desk.getByTestId('alert-request').getByTestId('alert-ends').innerText(patience)).toBe(line);
    for (const page of approvers) {
      const card = page.locator('[data-testid="awaited"][data-kind="alert"]');
      expect(await card.getByTestId('alert-ends').innerText(patience)).toBe(line);
      await card.getByTestId('sign').click(patience);
    }
    await trial.stage.waitForSelector(`[data-cover="alert-${number + 1}"]`, patience);
    const shown = await wordsOn(trial.stage, `[data-cover="alert-${number + 1}"]`);
    expect(shown).toContain(next);
    expect(shown).not.toContain(sentence);
    await desk.locator(`[data-testid="order"][data-order="${number + 1}"][data-obeyed="1"]`).waitFor(patience);
    expect(await desk.locator(`[data-testid="order"][data-order="${number}"]`).count()).toBe(0);
  });
});
