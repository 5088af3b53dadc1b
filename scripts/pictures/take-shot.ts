// One picture of the list, taken of the built stage at true pixels; whoever wants to look at the page as it stands does so before it closes.
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import type { Plan } from '../../core/plan.ts';
import type { Profile } from '../../core/profile.ts';
import { wallCanvas } from '../../core/wall.ts';
import { awkwardBoard } from './awkward-boards.ts';
import { awkwardDiagnosis } from './awkward-diagnosis.ts';
import { covers } from './covers.ts';
import type { Shot } from './list.ts';
import { atRest, openStagePage, showAllOfWall } from './open-stage-page.ts';
import { itemWith, planFor } from './plan-for.ts';
import { pictureScreens, wallScreens } from './screens.ts';
import { shippedBoard, shippedCampaign } from './shipped-content.ts';

/** A Thursday morning in the plan's own month. */
const instantOf = (time: string) => Date.parse(`2024-11-21T${time}:00+07:00`);
const turnMs = 40_000;
const frameColour = '#16181a';

/** Of a wall: the whole picture, or the part that one of its screens shows. */
type Room = 'whole' | 'part';

export interface TakenShot {
  readonly page: Page;
  readonly picture: Buffer;
  readonly profile: Profile;
}

/** What the shot's screen plays; `undefined` where it has nothing to show of that scene. */
function planOf(shot: Shot, now: number): Plan | undefined {
  const start = now - Math.round(turnMs * (shot.through ?? 0.1));
  const turn = { id: 'shot', start, end: start + turnMs, item: shot.item ?? '' };
  const plan = planFor({ screen: shot.screen, now, tree: shot.tree, language: shot.language, turns: [turn] });
  const item = shot.item ?? itemWith(plan, shot.scene);
  if (item === undefined || !plan.items[item]) return undefined;
  return { ...plan, profile: { ...plan.profile, ...shot.profile }, turns: [{ ...turn, item }] };
}

/** The shot's page, on a screen with this profile. The caller closes it. */
async function draw(browser: Browser, url: string, shot: Shot, plan: Plan, now: number, room: Room = 'whole'): Promise<Page> {
  const { profile } = plan;
  const size = room === 'part' ? profile.viewport : pictureScreens[shot.screen].profile.viewport;
  const { page, tell, shows } = await openStagePage(browser, url, { width: size.width, height: size.height, fixedTime: now });
  if (profile.wall && room === 'whole') await showAllOfWall(page, size);
  const campaign = shippedCampaign(shot.tree, now);
  await tell({ type: 'board', board: shot.data ? awkwardBoard(shot.data, campaign, shot.tree, now) : shippedBoard(campaign, shot.tree, now, shot.final) });
  await tell({ type: 'plan', plan });
  if (shot.pairing) await tell({ type: 'pairing', profile, card: { code: '7K2M9P', server: 'Hà Nội · 192.168.1.20', words: ['sen', 'trống', 'cầu', 'hạc'] } });
  await shows('shot');
  if (shot.revoked) {
    await tell({ type: 'revoked', profile });
    await page.waitForSelector('[data-state="revoked"]', { state: 'attached' });
  }
  if (shot.cover) {
    await tell({ type: 'cover', cover: covers[shot.cover], profile });
    await page.waitForSelector(`[data-state="${covers[shot.cover].state}"]`, { state: 'attached' });
  }
  if (shot.identify !== undefined) {
    await tell({ type: 'identify', name: shot.identify, number: 1_284, seconds: 120, profile });
    await page.waitForSelector('[data-identify]');
  }
  if (shot.technician) {
    for (let press = 0; press < 5; press++) await page.mouse.click(10, 10);
    await page.waitForSelector('[data-technician="pin"]');
    if (shot.technician === 'diagnosis') await tell({ type: 'technician', answer: { result: 'diagnosis', diagnosis: awkwardDiagnosis(now) } });
    await page.waitForSelector(`[data-technician="${shot.technician}"]`);
  }
  await atRest(page);
  return page;
}

/** What people see of a wall: the pictures of its screens, each drawn by itself, in their places with the frames between them. */
async function wallPicture(browser: Browser, url: string, shot: Shot, plan: Plan, now: number): Promise<Buffer> {
  const { width, height } = pictureScreens[shot.screen].profile.viewport;
  const parts = await Promise.all(
    wallScreens.map(async (profile) => {
      const page = await draw(browser, url, shot, { ...plan, profile }, now, 'part');
      const input = await page.screenshot();
      await page.close();
      const { x: left, y: top } = wallCanvas(profile);
      return { input, left, top };
    }),
  );
  return sharp({ create: { width, height, channels: 3, background: frameColour } })
    .composite(parts)
    .png()
    .toBuffer();
}

/** On a wall the page is that of the whole picture, of which each screen shows a part. */
export async function takeShot<Seen>(browser: Browser, url: string, shot: Shot, look: (taken: TakenShot) => Promise<Seen>): Promise<Seen | undefined> {
  const now = instantOf(shot.time ?? '10:00');
  const plan = planOf(shot, now);
  if (!plan) return undefined;
  const page = await draw(browser, url, shot, shot.screen === 'wall' ? { ...plan, profile: wallScreens[0] } : plan, now);
  try {
    const picture = shot.screen === 'wall' ? await wallPicture(browser, url, shot, plan, now) : await page.screenshot();
    return await look({ page, picture, profile: plan.profile });
  } finally {
    await page.close();
  }
}
