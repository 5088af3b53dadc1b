// `npm run shots`: a picture of every scene on every screen at true pixels, and a contact sheet; `--docs` for the README's, `--only TEXT` for some.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { browserFlags, findBrowser } from './pictures/find-browser.ts';
import { contactSheet } from './pictures/contact-sheet.ts';
import { covers } from './pictures/covers.ts';
import { allShots, docShots, type Shot } from './pictures/list.ts';
import { atRest, openStagePage } from './pictures/open-stage-page.ts';
import { itemWith, planFor } from './pictures/plan-for.ts';
import { pictureScreens } from './pictures/screens.ts';
import { shippedBoard, shippedCampaign } from './pictures/shipped-content.ts';
import { serveStage } from './pictures/stage-server.ts';

/** A Thursday morning in the plan's own month. */
const instantOf = (time: string) => Date.parse(`2024-11-21T${time}:00+07:00`);
const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

async function take(browser: Browser, url: string, shot: Shot): Promise<Buffer | undefined> {
  const { viewport } = pictureScreens[shot.screen].profile;
  const now = instantOf(shot.time ?? '10:00');
  const { page, tell, shows } = await openStagePage(browser, url, { width: viewport.width, height: viewport.height, fixedTime: now });
  try {
    const length = 40_000;
    const start = now - Math.round(length * (shot.through ?? 0.1));
    const item = shot.item ?? '';
    const given = planFor({ screen: shot.screen, now, tree: shot.tree, language: shot.language, turns: [{ id: 'shot', start, end: start + length, item }] });
    const plan = { ...given, profile: { ...given.profile, ...shot.profile } };
    const shown = shot.item ?? itemWith(plan, shot.scene);
    if (shown === undefined || !plan.items[shown]) return undefined;
    await tell({ type: 'board', board: shippedBoard(shippedCampaign(shot.tree, now), shot.tree, now, shot.final) });
    await tell({ type: 'plan', plan: { ...plan, turns: plan.turns.map((turn) => ({ ...turn, item: shown })) } });
    if (shot.pairing)
      await tell({ type: 'pairing', profile: plan.profile, card: { code: '7K2M9P', server: 'Hà Nội · 192.168.1.20', words: ['sen', 'trống', 'cầu', 'hạc'] } });
    await shows('shot');
    if (shot.revoked) {
      await tell({ type: 'revoked', profile: plan.profile });
      await page.waitForSelector('[data-state="revoked"]', { state: 'attached' });
    }
    if (shot.cover) {
      await tell({ type: 'cover', cover: covers[shot.cover], profile: plan.profile });
      await page.waitForSelector(`[data-state="${covers[shot.cover].state}"]`, { state: 'attached' });
    }
    await atRest(page);
    return await page.screenshot();
  } finally {
    await page.close();
  }
}

async function main(): Promise<void> {
  const executablePath = findBrowser();
  if (executablePath === undefined) throw new Error('No Chromium or Chrome found. Install one, or name it in CHROMIUM_PATH.');
  const docs = process.argv.includes('--docs');
  const only = process.argv[process.argv.indexOf('--only') + 1];
  const shots = (docs ? docShots : allShots).filter(({ name }) => !process.argv.includes('--only') || name.includes(only ?? ''));
  const out = folder(docs ? 'docs/images' : 'shots');
  await mkdir(out, { recursive: true });
  const server = await serveStage();
  const browser = await chromium.launch({ executablePath, args: browserFlags });
  const taken: string[] = [];
  try {
    for (const shot of shots) {
      const picture = await take(browser, server.url, shot);
      if (!picture) continue;
      await writeFile(`${out}/${shot.name}.png`, picture);
      taken.push(`${shot.name}.png`);
    }
  } finally {
    await browser.close();
    await server.close();
  }
  if (!docs) await writeFile(`${out}/index.html`, contactSheet(taken));
  process.stdout.write(`${taken.length} pictures in ${docs ? 'docs/images' : 'shots'}/\n`);
}

await main();
