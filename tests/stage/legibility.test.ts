// The legibility engine against the built stage in a real browser: what it foretells of words is what the page draws, for all that ships and for words that are too many.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { check } from '../../core/legibility.ts';
import { measure, type Turn } from '../../core/legibility/measures.ts';
import { screenPresets as presets } from '../../core/screen-presets.ts';
import type { Plan } from '../../core/plan.ts';
import type { Profile } from '../../core/profile.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { screens, type ScreenName } from '../../scripts/pictures/screens.ts';
import { planItems, shippedPlaylist } from '../../scripts/pictures/shipped-content.ts';
import { sampledItems } from '../support/sampled-items.ts';
import { describeStage } from '../support/bare-stage.ts';

const minute = 60_000;

/** Every screen of the pictures and the largest preset, with the screen whose playlist it plays. */
const cases: readonly (readonly [string, ScreenName, Profile])[] = [
  ...Object.entries(screens).map(([name, { profile }]) => [name, name as ScreenName, profile] as const),
  ...presets.filter(({ id }) => id === 'building').map(({ id, channel, profile }) => [`preset ${id}`, channel as ScreenName, profile] as const),
];

const tooLong = 'Người dân, doanh nghiệp trên địa bàn thành phố gửi phản ánh, kiến nghị tới chính quyền các cấp trên ứng dụng và theo dõi kết quả xử lý. '
  .repeat(6)
  .trim();
const awkward: Plan['items'] = {
  'too-long': { scene: 'message', props: { heading: { vi: tooLong } } },
  'long-caption': { scene: 'picture', props: { media: 'a'.repeat(64), alt: { vi: 'Một tranh' }, caption: { vi: tooLong } } },
};

/** Drawn letters against foretold ones: an engine that sees everything small would be safe and of no use. */
const mostForetold = 1.35;

/** What an office wrote; the stage's own lines may leave for it. */
function written({ props }: Turn): string[] {
  return Object.values(props as Record<string, { vi?: unknown } | undefined>).flatMap((text) => (typeof text?.vi === 'string' ? [text.vi] : []));
}

it.each([...presets.map(({ id, channel, profile }) => [id, channel, profile] as const), ...cases])(
  'finds no error in what ships, on the %s',
  (_, playlist, profile) => {
    const authored = shippedPlaylist(playlist in screens ? screens[playlist as ScreenName].playlist : playlist);
    const { items } = planItems(authored, 'HTTPS://SCAN.IHANOI.GOV.VN/Q/7K2M9P3QX');
    const found = authored.items.flatMap(({ id, seconds }) => {
      const item = items[id];
      const findings = item ? check(profile, { scene: item.scene, props: item.props, seconds, code: item.code }) : [];
      return findings.filter(({ severity }) => severity === 'error').map(({ what }) => `${id}: ${what.vi}`);
    });
    expect(found).toEqual([]);
  },
);

describeStage('the legibility engine', (rig) => {
  /** Smallest letters in which the page draws each text, what it hid, and whether something is cut. */
  async function drawn(screen: ScreenName, profile: Profile) {
    const { page, tell, shows } = await rig.open(profile.viewport);
    const now = Date.now();
    const given = planFor({ screen, now, tree: 'hanoi-districts', language: 'vi', turns: [] });
    const picture = Object.values(given.items).find(({ scene }) => scene === 'picture')?.props['media'] ?? '';
    const items: Plan['items'] = { ...sampledItems(given.items), ...awkward };
    items['long-caption'] = { scene: 'picture', props: { ...awkward['long-caption']?.props, media: picture } };
    const found = [];
    for (const [id, item] of Object.entries(items)) {
      const turn: Turn = { scene: item.scene, props: item.props, seconds: 20, code: item.code };
      const foretold = measure(profile, turn);
      if (!foretold.words?.length) continue;
      await tell({ type: 'plan', plan: { ...given, profile, items, turns: [{ id, start: now - 1_000, end: now + 10 * minute, item: id }] } });
      await shows(id);
      await page.evaluate(() => new Promise((resolve) => void requestAnimationFrame(() => requestAnimationFrame(resolve))));
      const seen = await page.evaluate(
        (texts) => {
          const layer = document.querySelector('[data-turn]');
          const plain = (text: string | null | undefined) => (text ?? '').replace(/\s+/g, ' ').trim();
          const elements = [...(layer?.querySelectorAll<HTMLElement>('h1, h2, p, li') ?? [])];
          return {
            sizes: texts.map((text) => {
              const begins = plain(text.split('  ')[0]).toLocaleLowerCase('vi');
              const holder = elements.filter((element) => plain(element.textContent).toLocaleLowerCase('vi').startsWith(begins)).at(-1);
              return holder && holder.getClientRects().length > 0 ? Number.parseFloat(getComputedStyle(holder).fontSize) : undefined;
            }),
            hidden: [...(layer?.querySelectorAll<HTMLElement>('[data-drop][hidden]') ?? [])].map((element) => plain(element.textContent)),
            clipped: layer?.querySelector('[data-clipped]') !== null,
          };
        },
        foretold.words.map(({ text }) => text),
      );
      found.push({ id, turn, foretold, seen });
    }
    await page.close();
    return found;
  }

  it.each([
    ['10:00', 255, 255],
    ['20:00', 128, 72],
  ] as const)('dims a street screen by the sun at %s, and the card of its code less', async (time, cardValue, most) => {
    const now = Date.parse(`2024-11-21T${time}:00+07:00`);
    const { profile } = screens.street;
    const { page, tell, shows } = await rig.open({ ...profile.viewport, fixedTime: now });
    const turns = [{ id: 'now', start: now - 1_000, end: now + 10 * minute, item: 'install' }];
    const plan = planFor({ screen: 'street', now, tree: 'hanoi-districts', language: 'vi', turns });
    await tell({ type: 'plan', plan: { ...plan, profile: { ...profile, dimmedBy: 'picture' } } });
    await shows('now');
    await page.waitForFunction((night) => document.querySelector('[data-turn] [data-night] .card, [data-turn] .night') !== null || !night, most < 255);
    const card = await page.$eval('[data-turn] svg.code', (code) => code.getBoundingClientRect().toJSON() as { left: number; top: number; width: number });
    const { data, width } = PNG.sync.read(await page.screenshot());
    await page.close();
    const red = (x: number, y: number) => data[(y * width + x) * 4] ?? 0;
    expect(Math.abs(red(card.left + 3, card.top + 3) - cardValue)).toBeLessThanOrEqual(2);
    let brightest = 0;
    for (let y = 0; y < profile.viewport.height; y++) for (let x = 0; x < card.left - 2; x++) brightest = Math.max(brightest, red(x, y));
    expect(brightest).toBeLessThanOrEqual(most);
    expect(brightest).toBeGreaterThan(most * 0.8);
  });

  it.each(cases)('foretells on the %s no larger words than the page draws, none much smaller, and every line that leaves', async (_, screen, profile) => {
    const found = await drawn(screen, profile);
    expect(found.length).toBeGreaterThanOrEqual(5);
    const wrong = found.flatMap(({ id, turn, foretold, seen }) => {
      const lost = seen.hidden.filter((text) => !foretold.leftOut?.includes(text) && written(turn).includes(text));
      const small = foretold.words?.flatMap(({ text, fontPx }, index) => {
        const size = seen.sizes[index];
        if (seen.clipped || (size !== undefined && size >= fontPx * 0.97 - 1 && size <= fontPx * mostForetold)) return [];
        return [`${id}: “${text}” foretold at ${fontPx} px, drawn at ${size ?? 'nothing'}`];
      });
      return [...(small ?? []), ...lost.map((text) => `${id}: “${text}” was hidden`)];
    });
    expect(wrong).toEqual([]);
    const errors = (turn: Turn) => check(profile, turn).filter(({ rule }) => rule === 'wordsFit');
    for (const { id, turn, seen } of found) expect([id, seen.clipped]).toEqual([id, errors(turn).length > 0]);
  });
});
