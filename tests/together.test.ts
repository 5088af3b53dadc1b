// Two boxes of one wall with real players and Chromium: the same turn at the same instant, also on one whose clock is wrong, is set while it runs, or that joins late; and each shows its own part of one picture.
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import QRCode from 'qrcode';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { enrolmentTokenSchema, screenViewSchema } from '../core/screen-api.ts';
import { wallCanvas } from '../core/wall.ts';
import { wallScreens } from '../scripts/pictures/screens.ts';
import { freePort } from '../server/testing/free-port.ts';
import { startBox, startServerChild, type Box } from './support/box.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { root, type Child } from './support/children.ts';
import { noOtherClock, settableClock } from './support/other-clock.ts';
import { codesIn } from './support/pixels.ts';
import { playlistsWith } from './support/playlists.ts';
import { filmsApart, turnsApart, watchTurns } from './support/same-instant.ts';
import { signedInFetch, type StaffFetch } from './support/staff.ts';
import { settled, visibleNow, waitForScene } from './support/stage.ts';

const whole = process.env['TEST_FULL'] === '1';
/** Turns whose first frames are compared. */
const turns = whole ? 20 : 2;
const promisedMs = 100;
/** A loaded machine gets so many times the promise. */
const tolerance = 5;
const wrongBySeconds = 37 * 60;
const [leftProfile, rightProfile] = wallScreens;
const canvas = wallCanvas(leftProfile).profile.viewport;

const patienceMs = 120_000 + turns * 10_000;

const median = (values: readonly number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Infinity;

/** As wide as the whole wall, in both halves another code. */
async function wallPicture(): Promise<Buffer> {
  const codeOf = async (text: string, left: number) => ({ input: await QRCode.toBuffer(text, { scale: 10, margin: 4 }), left, top: 60 });
  return sharp({ create: { width: canvas.width, height: canvas.height, channels: 3, background: '#1b6b52' } })
    .composite([await codeOf('TRAI', 200), await codeOf('PHAI', wallCanvas(rightProfile).x + 300)])
    .png()
    .toBuffer();
}

describe.skipIf(chromiumPath() === undefined)(`two boxes of one wall${chromiumPath() === undefined ? ` (${noBrowser})` : ''}`, () => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi together '));
  let server: Child;
  let left: Box;
  let right: Box;
  let picture: Buffer;
  const clock = settableClock(join(folder, 'clock'), wrongBySeconds);

  async function addScreen(staff: StaffFetch, name: string, profile: typeof leftProfile): Promise<string> {
    const added = screenViewSchema.parse(await staff('POST', '/api/screens', { name, place: 'Sảnh', channel: 'reception', profile }));
    return enrolmentTokenSchema.parse(await staff('POST', `/api/screens/${added.id}/enrolment`)).token;
  }

  const open = async (name: string, enrol: string, env?: Record<string, string>): Promise<Box> => {
    const home = join(folder, name);
    mkdirSync(home);
    const box = await startBox({ ...{ folder: home, playerFolder: join(home, 'player'), size: '960x540', kind: 'lcd', enrol, env } });
    await box.page.waitForSelector('[data-state="playing"]:not([data-manifest="factory"])', { timeout: 60_000, state: 'attached' });
    return box;
  };

  beforeAll(async () => {
    const assets = join(folder, 'assets');
    cpSync(join(root, 'assets'), assets, { recursive: true });
    mkdirSync(join(assets, 'videos'));
    for (const file of ['moving-h264.mp4', 'poster.png']) cpSync(join(root, 'tests/fixtures/videos', file), join(assets, 'videos', file));
    picture = await wallPicture();
    writeFileSync(join(assets, 'pictures', 'wall.png'), picture);
    const alt = { vi: 'Tranh ghép' };
    const items = [
      { id: 'tranh', name: 'Tranh', scene: 'picture' as const, seconds: 3, props: { asset: 'pictures/wall.png', alt } },
      { id: 'phim', name: 'Phim', scene: 'video' as const, seconds: 4, props: { asset: 'videos/moving-h264.mp4', poster: 'videos/poster.png', alt } },
    ];
    const port = await freePort();
    server = startServerChild({ folder: join(folder, 'server'), port, playlists: playlistsWith(folder, (playlist) => ({ ...playlist, items })), assets });
    const staff = await signedInFetch(`http://127.0.0.1:${port}`, String((await server.message('ready'))['signInLink']));
    const [first, second] = [await addScreen(staff, 'Trái', leftProfile), await addScreen(staff, 'Phải', rightProfile)];
    [left, right] = await Promise.all([open('left', first), open('right', second, clock?.env)]);
  });
  afterAll(async () => {
    await Promise.all([left.stop(), right.stop()]);
    await server.end();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  });

  const say = (what: string, ms: number) => {
    process.stdout.write(`${what} ${Math.round(ms)} ms apart on two boxes (promise: ${promisedMs} ms)\n`);
    return ms;
  };

  it('show a film at the same place, also on a page that joins in its middle', async () => {
    await Promise.all([waitForScene(left.page, 'picture'), waitForScene(right.page, 'picture')]);
    await Promise.all([waitForScene(left.page, 'video'), waitForScene(right.page, 'video')]);
    await right.page.reload();
    await waitForScene(right.page, 'video');
    expect(say('A film that one joined late stands', await filmsApart(left.page, right.page))).toBeLessThan(tolerance * promisedMs);
  });

  const watched = async (): Promise<number[]> => {
    await Promise.all([watchTurns(left.page), watchTurns(right.page)]);
    return vi.waitFor(
      async () => {
        const found = await turnsApart(left.page, right.page);
        expect(found.length).toBeGreaterThanOrEqual(turns);
        return found;
      },
      { timeout: (turns + 4) * 10_000, interval: 500 },
    );
  };

  it(
    'show each turn at the same instant, though the clock of one is 37 minutes ahead',
    async () => {
      const apart = await watched();
      expect(say(`${apart.length} turns began, in the median`, median(apart))).toBeLessThan(tolerance * promisedMs);
    },
    patienceMs,
  );

  it.runIf(whole && clock !== undefined)(
    `go on together when the clock of one is set right while it runs${clock === undefined ? ` (${noOtherClock})` : whole ? '' : ' (the whole suite only)'}`,
    async () => {
      const aheadMs = () => right.page.evaluate(() => Date.now()).then((there) => there - Date.now());
      expect(await aheadMs()).toBeGreaterThan(wrongBySeconds * 1_000 - 5_000);
      const running = watched();
      await waitForScene(right.page, 'picture');
      clock?.set(0);
      const apart = await running;
      expect(Math.abs(await aheadMs())).toBeLessThan(5_000);
      expect(say(`${apart.length} turns while a clock was set began, in the median`, median(apart))).toBeLessThan(tolerance * promisedMs);
      expect(say('The worst of them began', Math.max(...apart))).toBeLessThan(2 * tolerance * promisedMs);
    },
  );

  /** Taken within one turn. */
  async function pictureOn({ page }: Pick<Box, 'page'>): Promise<Buffer> {
    const { turn } = await waitForScene(page, 'picture');
    await settled(page);
    const shot = await page.screenshot();
    return (await visibleNow(page))?.turn === turn ? shot : pictureOn({ page });
  }

  it(
    'show their own part of one picture, pixel by pixel',
    async () => {
      const shots = await Promise.all([left, right].map(pictureOn));
      for (const [index, [profile, code]] of [[leftProfile, 'TRAI'] as const, [rightProfile, 'PHAI'] as const].entries()) {
        const shot = shots[index] ?? Buffer.of();
        expect(await codesIn(shot)).toEqual([code]);
        const { width, height } = profile.viewport;
        const part = await sharp(picture)
          .extract({ left: wallCanvas(profile).x, top: 0, width, height })
          .removeAlpha()
          .raw()
          .toBuffer();
        const { data } = PNG.sync.read(shot);
        let most = 0;
        for (let pixel = 0; pixel < width * height; pixel++)
          for (let channel = 0; channel < 3; channel++) most = Math.max(most, Math.abs((data[pixel * 4 + channel] ?? 0) - (part[pixel * 3 + channel] ?? 0)));
        expect(most).toBeLessThanOrEqual(2);
      }
    },
    patienceMs,
  );
});
