// A code read off a running screen's picture and opened as different phones: each is led to the right place and counted once, in the row of that screen and item.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { scanPaths, scanReportSchema, type ScanRow } from '../core/scan-api.ts';
import { campaignViewSchema, settingsPaths } from '../core/settings-api.ts';
import { settingsOf } from '../server/testing/settings.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { codesIn } from './support/pixels.ts';
import { playlistsWith } from './support/playlists.ts';
import { signedInFetch, type StaffFetch } from './support/staff.ts';
import { settled } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const stores = { iphone: 'https://apps.apple.com/vn/app/ihanoi/id1', android: 'https://play.google.com/store/apps/details?id=vn.ihanoi' } as const;
const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  zalo: 'Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 Zalo android/24100731',
  bot: 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
} as const;

describe.skipIf(chromiumPath() === undefined)(`the code on a screen${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi code '));
  let trial: Trial;
  let staff: StaffFetch;

  beforeAll(async () => {
    // The code alone, in turns so short that the play of a scan is soon handed in.
    const playlists = playlistsWith(folder, (playlist) => ({
      ...playlist,
      items: playlist.items.filter(({ scene }) => scene === 'install').map((item) => ({ ...item, seconds: 8, windows: [] })),
    }));
    trial = await startTrial({ screen: 'reception', playlists });
    staff = await signedInFetch(trial.url, trial.signInLink);
  });
  afterAll(async () => {
    await trial.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const rows = async (): Promise<ScanRow[]> => scanReportSchema.parse(await staff('GET', scanPaths.report)).rows;
  const open = (path: string, agent: keyof typeof agents) => fetch(`${trial.url}${path}`, { redirect: 'manual', headers: { 'user-agent': agents[agent] } });

  it('is read from its picture, leads each phone to the installation, and is counted once in its own row', async () => {
    await staff('PUT', scanPaths.host, { host: 'q.hanoi.gov.vn', checked: true });
    const { campaign, revision } = campaignViewSchema.parse(await staff('GET', settingsPaths.campaign));
    const settings = settingsOf(campaign);
    const links = { ...settings.links, ios: { url: stores.iphone, confirmed: true }, android: { url: stores.android, confirmed: true } };
    await staff('PUT', settingsPaths.campaign, { revision, settings: { ...settings, links } });
    await trial.stage.waitForSelector('[data-scan^="HTTPS://Q.HANOI.GOV.VN/Q/"]', { state: 'attached', timeout: 60_000 });
    await settled(trial.stage);
    const [read = ''] = await codesIn(await trial.stage.screenshot());
    const { pathname } = new URL(read);
    expect(read).toBe(`HTTPS://Q.HANOI.GOV.VN${pathname}`);

    const code = pathname.split('/').at(-1) ?? '';
    const before = await rows();
    for (const agent of ['iphone', 'android'] as const) {
      const answer = await open(pathname, agent);
      expect([agent, answer.status, answer.headers.get('location')]).toEqual([agent, 302, stores[agent]]);
    }
    for (const agent of ['zalo', 'bot'] as const) {
      const answer = await open(pathname, agent);
      expect([agent, answer.status]).toEqual([agent, 200]);
      const page = await answer.text();
      for (const words of ['Công dân Thủ đô số – iHanoi', 'mã OTP', stores.iphone, stores.android]) expect(page).toContain(words);
    }
    await open(pathname, 'iphone');

    // Once the screen has handed in what it showed, nothing is in doubt any more.
    const of = (all: readonly ScanRow[]) => all.find((row) => row.code === code);
    await vi.waitFor(
      async () => {
        const scanned = of(await rows());
        expect(scanned?.unsettled).toBe(0);
        expect(scanned?.airMs).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 500 },
    );
    const after = await rows();
    const scanned = of(after);
    expect(scanned).toMatchObject({
      ...{ kind: 'screen', itemName: 'Mã cài đặt iHanoi', link: read },
      ...{ opens: 3, devices: 3, offScreen: 0, repeats: 1, previews: 0, bots: 1 },
    });
    const others = (all: readonly ScanRow[]) => all.filter((row) => row.code !== code).map(({ code: other, opens, bots }) => [other, opens, bots]);
    expect(others(after)).toEqual(others(before));
  });
});
