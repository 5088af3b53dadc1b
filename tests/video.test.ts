// The video scene in a real browser: every codec, its first frame before the swap, the position of the clock for whoever joins late, and faults that are told.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { Plan, PlanTurn } from '../core/plan.ts';
import type { Profile } from '../core/profile.ts';
import { type StagePage } from '../scripts/pictures/open-stage-page.ts';
import { planFor } from '../scripts/pictures/plan-for.ts';
import { screens } from '../scripts/pictures/screens.ts';
import { describeStage } from './support/bare-stage.ts';

const minute = 60_000;
const folder = fileURLToPath(new URL('fixtures/videos', import.meta.url));
/** Each fixture under a hash of its own. */
const media = Object.fromEntries(readdirSync(folder).map((file, index) => [String(index).padStart(64, '0'), `media/${file}`]));
const hashOf = (file: string) => Object.keys(media).find((hash) => media[hash] === `media/${file}`) ?? '';
const durationS = 4;
/** A tenth of a second on a machine that does nothing else. */
const togetherS = 0.5;

describeStage(
  'the video scene',
  (rig) => {
    const words = { alt: { vi: 'Thử phim' }, fit: 'contain' };
    const video = (file: string) => ({
      scene: 'video',
      props: { media: hashOf(file), poster: hashOf('poster.png'), captions: hashOf('captions.vtt'), ...words },
    });
    const items = {
      h264: video('moving-h264.mp4'),
      vp9: video('moving-vp9.webm'),
      av1: video('moving-av1.mp4'),
      sound: video('sound-only.mp4'),
      cut: video('truncated.mp4'),
    };

    function planOf(turns: PlanTurn[], profile: Profile = screens.reception.profile): Plan {
      const given = planFor({ screen: 'reception', now: Date.now(), tree: 'hanoi-districts', language: 'vi', turns });
      return { ...given, profile, items: { ...given.items, ...items }, media: { ...given.media, ...media } };
    }
    async function showing(item: string, start: number, profile?: Profile): Promise<StagePage> {
      const stage = await rig.open({ width: 960, height: 540 });
      await stage.tell({ type: 'plan', plan: planOf([{ id: 'now', start, end: start + 10 * minute, item }], profile) });
      return stage;
    }
    /** Waits until the video stands where the clock says, and tells that it moves. */
    const inTime = (stage: StagePage, start: number) =>
      stage.page.waitForFunction(
        ({ begin, duration, tolerance }) => {
          const element = document.querySelector<HTMLVideoElement>('[data-turn="now"] video');
          if (!element || element.paused) return false;
          const wanted = ((Date.now() - begin) / 1_000) % duration;
          const away = Math.abs(element.currentTime - wanted);
          return Math.min(away, element.duration - away) < tolerance;
        },
        { begin: start, duration: durationS, tolerance: togetherS },
        { timeout: 15_000 },
      );

    it.each([
      ['kiosk', 'contain'],
      ['reception', 'cover'],
    ] as const)('of a film in landscape that is to fill a %s shows at least half: %s', async (screen, fit) => {
      const { profile } = screens[screen];
      const stage = await rig.open(profile.viewport);
      const [item, start] = ['filling', Date.now()];
      const given = planOf([{ id: 'now', start, end: start + 10 * minute, item }], profile);
      await stage.tell({
        type: 'plan',
        plan: { ...given, items: { ...given.items, filling: { ...items.h264, props: { ...items.h264.props, fit: 'cover' } } } },
      });
      await stage.shows('now');
      expect(await stage.page.$eval('[data-turn="now"] video', (element) => getComputedStyle(element).objectFit)).toBe(fit);
      await stage.page.close();
    });

    it.each(['h264', 'vp9', 'av1'])('plays %s silently, with its captions, at the position of the clock for one that joins late', async (item) => {
      const start = Date.now() - 2_500;
      const stage = await showing(item, start);
      await stage.shows('now');
      await inTime(stage, start);
      expect(
        await stage.page.$eval('[data-turn="now"] video', (element) => [(element as HTMLVideoElement).muted, (element as HTMLVideoElement).videoWidth]),
      ).toEqual([true, 320]);
      await stage.page.waitForFunction(() => document.querySelector('.said')?.textContent.replaceAll('\u00a0', ' ').includes('xã Ỗ'));
      await stage.page.close();
    });

    it('tells of a film that stands still while it is shown', async () => {
      const stage = await showing('h264', Date.now());
      await stage.shows('now');
      // As with a decoder that hangs: its time can be set, and does not move by itself.
      await stage.page.$eval('[data-turn="now"] video', (element) => {
        let stands = (element as HTMLVideoElement).currentTime;
        Object.defineProperty(element, 'currentTime', {
          get: () => stands,
          set(time: number) {
            stands = time;
            element.dispatchEvent(new Event('seeking'));
          },
        });
      });
      const failed = await stage.page.waitForFunction(() => window.shotBridge.said.find(({ type }) => type === 'failed'), undefined, { timeout: 30_000 });
      expect(await failed.jsonValue()).toMatchObject({ turn: 'now', reason: 'the video stands still' });
      await stage.page.close();
    });

    it('is sound only where the screen has sound and stands indoors', async () => {
      const { profile } = screens.reception;
      for (const [given, muted] of [
        [{ ...profile, sound: true }, false],
        [{ ...profile, sound: true, audience: 'public' }, true],
      ] as const) {
        const stage = await showing('h264', Date.now(), given);
        await stage.shows('now');
        expect(await stage.page.$eval('[data-turn="now"] video', (element) => (element as HTMLVideoElement).muted)).toBe(muted);
        await stage.page.close();
      }
    });

    it('stands still as its poster where riders look', async () => {
      const stage = await showing('h264', Date.now(), screens.street.profile);
      await stage.shows('now');
      expect(await stage.page.$$eval('[data-turn="now"] video', (all) => all.length)).toBe(0);
      expect(await stage.page.$eval('[data-turn="now"] img', (image) => (image as HTMLImageElement).naturalWidth)).toBe(320);
      await stage.page.close();
    });

    it.each(['sound', 'cut'])('keeps what is shown and tells why when the file is broken (%s)', async (item) => {
      const stage = await rig.open({ width: 960, height: 540 });
      const start = Date.now();
      const turns = [
        { id: 'good', start, end: start + 2_500, item: 'h264' },
        { id: 'bad', start: start + 2_500, end: start + 10 * minute, item },
      ];
      await stage.tell({ type: 'plan', plan: planOf(turns) });
      await stage.shows('good');
      await stage.page.waitForFunction(() => window.shotBridge.said.some((message) => message.type === 'failed' && message.turn === 'bad'));
      expect(await stage.page.getAttribute('[data-turn]', 'data-turn')).toBe('good');
      await stage.page.close();
    });
  },
  folder,
);
