// Where approvers sign what street screens take, the console says before anything is done what a screen will show, on a telephone too.
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { screenViewSchema, type ScreenView } from '../core/screen-api.ts';
import { channelPaths, channelSchema, channelsViewSchema } from '../core/channel-api.ts';
import { bindKey } from '../server/screens/screen-store.ts';
import { addApprover, command } from '../server/testing/test-approvers.ts';
import { giveSecondFactors } from '../server/testing/test-people.ts';
import { newBox } from '../server/testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../server/testing/test-server.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';

const patience = { timeout: 30_000 };
const twoSign = 'cần 2 người duyệt ký';

describe.skipIf(chromiumPath() === undefined)(`signatures in the console${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  let server: TestServer;
  let staff: Staff;
  let browser: Browser;
  let desk: Page;
  let crossing: ScreenView;

  const open = async (hash: string, testid: string) => {
    await desk.goto(`${server.url}/console/${hash}`);
    await desk.getByTestId(testid).waitFor(patience);
  };
  const fitsThePage = () => desk.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);

  beforeAll(async () => {
    server = await startTestServer();
    await addApprover(server);
    await addApprover(server);
    await server.stop();
    expect(await command(server, 'sign-root', '--root-key', join(server.folder, 'keys', 'root.pem'), '--traffic', '2')).toMatchObject({ ok: true });
    server = await server.again();
    staff = await signIn(server);
    const screens = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
    const profile = screens.find(({ channel }) => channel === 'street')?.profile;
    const made = await staff.call('POST', '/api/screens', { name: 'Ngã tư Láng Hạ', channel: 'street', profile });
    const { id, revision, name, place, unit, contact, hours } = screenViewSchema.parse(made.body);
    await bindKey(server.context.db, id, newBox().publicKey, server.context.now());
    await giveSecondFactors(server);
    const other = channelSchema.parse((await staff.call('POST', channelPaths.channels, { name: 'Kênh nút giao', playlist: 'street' })).body);
    await staff.call('PUT', `/api/screens/${id}`, { revision, name, place, unit, contact, hours, profile, tags: ['Nút giao'] });
    const rules = channelsViewSchema.parse((await staff.call('GET', channelPaths.channels)).body);
    await staff.call('PUT', channelPaths.rules, { revision: rules.revision, rules: [{ of: 'tag', subject: 'nút giao', channel: other.id }] });
    const found = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
    crossing = screenViewSchema.parse(found.find((each) => each.id === id));
    browser = await chromium.launch({ executablePath: chromiumPath() ?? '', args: ['--no-sandbox'] });
    desk = await browser.newPage({ viewport: { width: 390, height: 844 } });
    const [cookie, value] = staff.cookie.split('=');
    await desk.context().addCookies([{ name: cookie ?? '', value: value ?? '', url: server.url }]);
  });
  afterAll(async () => {
    await browser.close();
    await server.end();
  });

  it('are told of before a screen is given to the rules, as before it is given a channel of its own', async () => {
    await open(`#/screens/${crossing.id}`, 'screen-channel');
    const choice = desk.getByTestId('screen-channel');
    await choice.locator('option', { hasText: 'Theo quy tắc: Kênh nút giao' }).waitFor({ ...patience, state: 'attached' });
    expect(await desk.getByTestId('awaits-signatures').count()).toBe(0);
    await choice.selectOption('', patience);
    expect(await desk.getByTestId('awaits-signatures').innerText(patience)).toContain(twoSign);
    await choice.selectOption(crossing.channel, patience);
    expect(await desk.getByTestId('awaits-signatures').count()).toBe(0);
    await choice.selectOption(crossing.channelOfRules, patience);
    expect(await desk.getByTestId('awaits-signatures').innerText(patience)).toContain(twoSign);
    expect(await fitsThePage()).toBe(true);
  });

  it('are told of on the page for a new screen, which offers every channel by its name', async () => {
    await open('#/screens/new', 'awaits-signatures');
    expect(await desk.getByTestId('new-screen-channel').locator('option').allInnerTexts()).toContain('Kênh nút giao');
    expect(await desk.getByTestId('new-screen-channel').locator('option:checked').innerText()).toBe('Màn hình LED ngoài đường');
    expect(await fitsThePage()).toBe(true);
  });

  it('are what free words of an alert wait for, and the page names the screen while they are written', async () => {
    await open('#/orders/alert', 'alert-form');
    await desk.getByTestId('alert-template').selectOption('free', patience);
    await desk.getByTestId('free-event-vi').fill('Sự cố', patience);
    await desk.getByTestId('free-headline-vi').fill('Tránh khu vực chợ Hôm.', patience);
    await desk.getByTestId('alert-area').fill('Phường Láng', patience);
    await desk.getByTestId('alert-word').fill('diễn tập', patience);
    await desk.getByText('Tất cả', { exact: true }).click(patience);
    expect(await desk.getByTestId('free-signed').innerText(patience)).toMatch(/chờ 2 người duyệt ký.*Ngã tư Láng Hạ/);
    expect(await desk.getByTestId('alert-send').innerText()).toBe('Gửi người duyệt ký');
    await desk.getByTestId('alert-template').selectOption('storm', patience);
    await desk.getByTestId('slot-time').fill('20 giờ tối nay', patience);
    await desk.getByTestId('free-signed').waitFor({ ...patience, state: 'detached' });
    expect(await desk.getByTestId('alert-send').innerText()).toBe('Phát diễn tập');
    expect(await desk.getByTestId('alert-send').isEnabled()).toBe(true);
    expect(await fitsThePage()).toBe(true);
  });

  it('are asked for on a CAP message by a mark, which is off until somebody sets it', async () => {
    const iso = (ms: number) => new Date(Date.now() + ms).toISOString().replace(/\.\d+Z$/, '+00:00');
    const xml = `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>mua</identifier><sender>kttv@hanoi.gov.vn</sender><sent>${iso(-60_000)}</sent>
      <status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><language>vi-VN</language><category>Met</category><event>Mưa</event>
      <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><expires>${iso(3_600_000)}</expires>
      <headline>Mưa lớn, tránh đường ngập.</headline><area><areaDesc>Thành phố Hà Nội</areaDesc></area></info></alert>`;
    await open('#/orders/alert', 'cap');
    await desk.getByTestId('cap').locator('summary').click(patience);
    await desk.getByTestId('cap-file').setInputFiles({ name: 'mua.cap', mimeType: 'application/cap+xml', buffer: Buffer.from(xml) }, patience);
    const mark = desk.getByTestId('cap-signed');
    await mark.waitFor(patience);
    expect([await mark.isChecked(), await desk.getByTestId('cap-reach').innerText()]).toEqual([false, expect.not.stringContaining('Ngã tư Láng Hạ')]);
    await mark.check(patience);
    await desk.getByTestId('cap-reach').filter({ hasText: 'Ngã tư Láng Hạ' }).waitFor(patience);
    expect(await desk.getByTestId('cap-send').innerText()).toBe('Gửi người duyệt ký');
    await desk.getByTestId('cap-word').fill('cảnh báo thật', patience);
    await desk.getByTestId('cap-send').click(patience);
    expect(await desk.getByTestId('cap-done').innerText(patience)).toContain('Còn chờ 2 người ký');
    expect(await fitsThePage()).toBe(true);
  });
});
