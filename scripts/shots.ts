// `npm run shots`: a picture of every scene on every screen at true pixels, and a contact sheet; `--docs` for the README's, `--goldens` for those that later ones are held against.
import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { browserFlags, findBrowser } from './pictures/find-browser.ts';
import { contactSheet } from './pictures/contact-sheet.ts';
import { goldenFolder, goldenPicture } from './pictures/goldens.ts';
import { allShots, docShots, goldenShots } from './pictures/list.ts';
import { serveStage } from './pictures/stage-server.ts';
import { takeShot } from './pictures/take-shot.ts';

const folder = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

/** `--only TEXT` takes those whose name has it, `--out DIR` puts them elsewhere. */
const { values: asked } = parseArgs({
  options: { docs: { type: 'boolean' }, goldens: { type: 'boolean' }, only: { type: 'string', default: '' }, out: { type: 'string' } },
});
const [list, place] = asked.docs ? [docShots, folder('docs/images')] : asked.goldens ? [goldenShots, goldenFolder] : [allShots, folder('shots')];
const out = asked.out ?? place;
const shots = list.filter(({ name }) => name.includes(asked.only));

const executablePath = findBrowser();
if (executablePath === undefined) throw new Error('No Chromium or Chrome found. Install one, or name it in CHROMIUM_PATH.');
await mkdir(out, { recursive: true });
const server = await serveStage();
const browser = await chromium.launch({ executablePath, args: browserFlags });
const taken: string[] = [];
try {
  for (const shot of shots) {
    const picture = await takeShot(browser, server.url, shot, async (shown) => shown.picture);
    if (!picture) continue;
    const file = asked.goldens ? `${shot.name}.webp` : `${shot.name}.png`;
    await writeFile(`${out}/${file}`, asked.goldens ? await goldenPicture(picture) : picture);
    taken.push(file);
  }
} finally {
  await browser.close();
  await server.close();
}
if (!asked.docs && !asked.goldens) await writeFile(`${out}/index.html`, contactSheet(taken));
process.stdout.write(`${taken.length} pictures in ${out}\n`);
