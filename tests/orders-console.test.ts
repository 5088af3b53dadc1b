// What a clerk orders in the console happens on the real screen, is seen in the console, and is taken back there.
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { capPaths } from '../core/cap-api.ts';
import { confirmWords } from '../core/order-api.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { wordsOn } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const patience = { timeout: 30_000 };

describe.skipIf(chromiumPath() === undefined)(`orders given in the console${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let trial: Trial;
  let browser: Browser;
  let desk: Page;

  const open = (path: string) => desk.evaluate((hash) => void (location.hash = hash), path);
  const end = async (kind: string, reason: string) => {
    const order = desk.locator(`[data-testid="order"][data-kind="${kind}"]`);
    await order.getByTestId('end-open').click(patience);
    await order.getByTestId('end-reason').fill(reason, patience);
    await order.getByTestId('end-send').click(patience);
    await order.waitFor({ state: 'detached', ...patience });
  };
  const programmeIsBack = () => trial.stage.waitForSelector('[data-state="playing"] [data-item][data-turn]', { state: 'attached', ...patience });
  const uncovered = () => trial.stage.waitForSelector('[data-cover]', { state: 'detached', ...patience });

  beforeAll(async () => {
    trial = await startTrial({ screen: 'street' });
    await trial.stage.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    // The size of a phone: whoever has to stop a screen is rarely at a desk.
    desk = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await desk.goto(trial.signInLink);
    await desk.getByTestId('screen-stop').waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await browser.close();
    await trial.stop();
  });

  it('darkens a screen from its card, with a reason, and brings it back', async () => {
    await desk.getByTestId('screen-stop').click(patience);
    await desk.getByTestId('screen-stop-reason').fill('Hình bị lỗi', patience);
    await desk.getByTestId('screen-stop-send').click(patience);
    await trial.stage.waitForSelector('[data-cover^="stop-"]', patience);
    expect(await wordsOn(trial.stage, '[data-cover^="stop-"]')).toContain('tạm ngừng phục vụ');
    await desk.getByTestId('see-orders').click(patience);
    await desk.locator('[data-testid="order"][data-kind="stop"][data-obeyed="1"]').waitFor(patience);
    expect(await desk.getByTestId('order').innerText()).toContain('1/1 màn hình đã tạm ngừng');
    await end('stop', 'Đã sửa xong');
    await uncovered();
    await programmeIsBack();
  });

  it('darkens every screen of an operator, who is written on a screen’s page, and says so in the list', async () => {
    await open('#/orders/stop');
    await desk.getByText('Theo đơn vị vận hành', { exact: true }).click(patience);
    expect(await desk.getByTestId('no-operator').innerText(), 'before anybody is named').toContain('trang của màn hình');
    await open('#/screens');
    await desk.locator('[data-testid="screen-card"]:has([data-testid="showing"])').getByTestId('screen-edit').click(patience);
    await desk.getByTestId('screen-operator').fill('Công ty Ánh Sáng', patience);
    await desk.getByTestId('screen-save').click(patience);
    await desk.getByTestId('screen-saved').waitFor(patience);

    await open('#/orders/stop');
    await desk.getByText('Theo đơn vị vận hành', { exact: true }).click(patience);
    await desk.getByTestId('pick-operator').check(patience);
    await desk.getByTestId('order-reason').fill('Màn hình bị xâm nhập', patience);
    await desk.getByTestId('stop-send').click(patience);
    await trial.stage.waitForSelector('[data-cover^="stop-"]', patience);
    await desk.locator('[data-testid="order"][data-kind="stop"][data-obeyed="1"]').waitFor(patience);
    expect(await desk.getByTestId('order').innerText()).toContain('Do Công ty Ánh Sáng vận hành');
    await end('stop', 'Đã kiểm tra');
    await uncovered();
    await programmeIsBack();
  });

  it('shows on the stage the very sentence that the preview showed', async () => {
    await open('#/orders/alert');
    await desk.getByTestId('alert-template').selectOption('closed-road', patience);
    await desk.getByTestId('slot-road').fill('Nguyễn Trãi', patience);
    await desk.getByTestId('slot-until').fill('17:00', patience);
    await desk.getByText('Thật', { exact: true }).click(patience);
    await desk.getByText('Tất cả', { exact: true }).click(patience);
    // The word for a drill does not send the real thing.
    await desk.getByTestId('alert-word').fill(confirmWords.drill, patience);
    expect(await desk.getByTestId('alert-send').isDisabled()).toBe(true);
    const preview = await desk.getByTestId('alert-preview').innerText();
    await desk.getByTestId('alert-word').fill('cảnh báo thật', patience);
    await desk.getByTestId('alert-send').click(patience);
    const card = await trial.stage.waitForSelector('[data-cover^="alert-"]', patience);
    const sentence = (await card.$eval('h1', (heading) => heading.textContent)).replace(/\s/g, ' ').trim();
    expect(sentence).toBe('Đường Nguyễn Trãi cấm xe đến 17:00. Đi đường khác.');
    expect(preview).toContain(sentence);
    await desk.locator('[data-testid="order"][data-kind="alert"][data-obeyed="1"]').waitFor(patience);
    expect(await desk.getByTestId('order-left').innerText()).toMatch(/^còn /);
    await end('alert', 'Đường đã thông');
    await uncovered();
    await programmeIsBack();
  });

  it('shows a CAP message that is real and in force, its update in its place, nothing of any other, and ends it by its cancel', async () => {
    const iso = (fromNow: number) => new Date(Date.now() + fromNow).toISOString().replace(/\.\d+Z$/, '+00:00');
    const cap = (
      id: string,
      over: { status?: string; type?: string; headline?: string; ends?: number; references?: string; before?: string; area?: string },
    ) => {
      const {
        status = 'Actual',
        type = 'Alert',
        headline = 'Mưa lớn, tránh đường ngập.',
        ends = 3_600_000,
        references = '',
        before = '',
        area = 'Thành phố Hà Nội',
      } = over;
      return `${before}<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier><sender>kttv@hanoi.gov.vn</sender><sent>${sentAt}</sent>
        <status>${status}</status><msgType>${type}</msgType><scope>Public</scope>${references}<info><language>vi-VN</language><category>Met</category><event>Mưa</event>
        <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><expires>${iso(ends)}</expires><headline>${headline}</headline>
        <area><areaDesc>${area}</areaDesc></area></info></alert>`;
    };
    const sentAt = iso(-60_000);
    const send = (xml: string, areas = {}) =>
      desk.evaluate(async ([path, body]) => (await fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body })).status, [
        capPaths.send,
        JSON.stringify({ xml, areas, confirm: confirmWords.live }),
      ] as const);
    const entity = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>';
    const others = [
      ...[{ status: 'Test' }, { status: 'Exercise' }, { status: 'Draft' }, { type: 'Ack' }, { ends: -1_000 }],
      ...[{ headline: '&lt;script&gt;alert(1)&lt;/script&gt;' }, { headline: '&x;', before: entity }],
    ];
    for (const [index, over] of others.entries()) expect(await send(cap(`no-${index}`, over))).toBe(422);
    // An area that nobody here knows is asked about, and is nothing once somebody says that it lies elsewhere.
    const area = 'Tỉnh Lào Cai';
    expect(await send(cap('away', { area }))).toBe(409);
    expect(await send(cap('away', { area }), { [area]: [] })).toBe(422);
    expect(await trial.stage.locator('[data-cover]').count()).toBe(0);

    const references = (id: string) => `<references>kttv@hanoi.gov.vn,${id},${sentAt}</references>`;
    const sentence = async () => {
      const heading = await trial.stage.waitForSelector('[data-cover^="alert-"] h1', patience);
      return (await heading.textContent())?.replace(/\s/g, ' ').trim();
    };
    expect(await send(cap('yes', {}))).toBe(200);
    expect(await sentence()).toBe('Mưa lớn, tránh đường ngập.');
    expect(await send(cap('more', { type: 'Update', headline: 'Mưa đã giảm, đường còn ngập.', references: references('yes') }))).toBe(200);
    await expect.poll(sentence).toBe('Mưa đã giảm, đường còn ngập.');
    expect(await trial.stage.locator('[data-cover]').count(), 'an update takes the place of what it updates').toBe(1);
    expect(await send(cap('end', { type: 'Cancel', references: references('more') }))).toBe(200);
    await uncovered();
    await programmeIsBack();
  });

  it('begins a solemn programme on the stage and ends it', async () => {
    await open('#/orders/solemn');
    const form = desk.getByTestId('solemn-form');
    await form.getByTestId('solemn-occasion').fill('Quốc tang', patience);
    await form.getByText('Tất cả', { exact: true }).click(patience);
    await form.getByTestId('order-reason').fill('Thông báo của Trung ương', patience);
    await form.getByTestId('solemn-send').click(patience);
    await trial.stage.waitForSelector('[data-state="solemn"]', { state: 'attached', ...patience });
    expect(await wordsOn(trial.stage, '[data-cover^="solemn-"]')).toContain('Quốc tang');
    await end('solemn', 'Hết thời gian');
    await uncovered();
    await programmeIsBack();
  });

  it('stands on a phone without a sideways scroll, in every form', async () => {
    for (const form of ['stop', 'alert', 'solemn']) {
      await open(`#/orders/${form}`);
      await desk.getByTestId(`${form}-form`).waitFor(patience);
      expect(await desk.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
    }
  });
});
