// `npm run shots` itself, and each of its pictures as a person would judge it: words whole and apart, strong enough, codes that a phone reads, nothing that axe finds, and nothing that differs from what was looked at.
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import axe from 'axe-core';
import { afterAll, expect, it } from 'vitest';
import { rules } from '../../core/legibility/rules.ts';
import { scaleFor } from '../../core/type-scale.ts';
import { changedShare, goldenFolder } from '../../scripts/pictures/goldens.ts';
import { allShots, goldenShots, type Shot } from '../../scripts/pictures/list.ts';
import { pictureScreens } from '../../scripts/pictures/screens.ts';
import { takeShot, type TakenShot } from '../../scripts/pictures/take-shot.ts';
import { overflowing } from './overflow.ts';
import { root } from '../support/children.ts';
import { photographed } from '../support/phone-camera.ts';
import { codesIn, sizeOf } from '../support/pixels.ts';
import { faintWords } from '../support/text-contrast.ts';
import { inkFaults } from '../support/text-ink.ts';
import { describeStage } from '../support/bare-stage.ts';

const whole = process.env['TEST_FULL'] === '1';
/** What seconds a day are worth: codes of a street and of a pole, the longest names, a square, an order. */
const daily = [...['install-960x576-vi', 'install-192x384-vi', 'scoreboard-1920x1080-vi-ranking-longest', 'motto-1080x1080-vi', 'alert-960x576-vi']];
/** Share of a small picture that may differ: what another version of the browser smooths otherwise. */
const mostChanged = 0.004;

describeStage('shots', (rig) => {
  const folder = mkdtempSync(join(tmpdir(), 'ihanoi shots '));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a phone at the nearest place of the screen's people reads, straight and from the side. */
  async function unread({ page, picture, profile }: TakenShot): Promise<string[]> {
    const code = await page.$('[data-turn] svg.code');
    if (!code) return [];
    const said = [await page.getAttribute('[data-turn]', 'data-scan')];
    const box = await code.evaluate((element) => element.getBoundingClientRect().toJSON() as { left: number; top: number; width: number; height: number });
    const photo = await photographed(picture, { pitchMm: profile.pitchMm, distanceM: profile.distanceM.near, part: box });
    const [plain, angled] = [await codesIn(picture), await codesIn(photo)];
    return [
      ...(String(plain) === String(said) ? [] : [`the picture reads ${String(plain)}`]),
      ...(String(angled) === String(said) ? [] : [`a phone at ${profile.distanceM.near} m reads ${String(angled) || 'nothing'}`]),
    ];
  }

  async function axeFinds({ page }: TakenShot): Promise<string[]> {
    await page.evaluate(axe.source);
    // A watermark lies over the words that have to stay legible, so it is faint.
    const { violations } = await page.evaluate(() => (window as unknown as { axe: typeof axe }).axe.run({ exclude: ['.watermark'] }));
    return violations.map(({ id, nodes }) => `axe ${id}: ${nodes[0]?.html.slice(0, 160) ?? ''}`);
  }

  async function regressed({ name }: Shot, { picture }: TakenShot): Promise<string[]> {
    if (!goldenShots.some((golden) => golden.name === name)) return [];
    const path = join(goldenFolder, `${name}.webp`);
    const changed = existsSync(path) ? await changedShare(picture, readFileSync(path)) : 1;
    return changed <= mostChanged ? [] : [`${(changed * 100).toFixed(2)} % differ from tests/goldens/${name}.webp`];
  }

  async function judge(shot: Shot): Promise<string[]> {
    const found = await takeShot(rig.browser, rig.url, shot, async (taken) => {
      const covered = shot.cover !== undefined || shot.technician !== undefined || shot.identify !== undefined || shot.revoked || shot.pairing;
      return [
        ...(covered ? [] : await overflowing(taken.page, scaleFor(taken.profile).least)),
        ...(await inkFaults(taken.page)),
        ...(await faintWords(taken.page, rules.textContrast.figure)),
        ...(covered ? [] : await unread(taken)),
        ...(await axeFinds(taken)),
        ...(await regressed(shot, taken)),
      ];
    });
    return (found ?? []).map((fault) => `${shot.name}: ${fault}`);
  }

  it('are taken by the command, at true pixels and with a contact sheet', async () => {
    const run = [join(root, 'scripts/shots.ts'), '--only', 'install-192x384-vi', '--out', folder];
    await promisify(execFile)(process.execPath, run, { cwd: root });
    const sheet = readFileSync(join(folder, 'index.html'), 'utf8');
    const files = readdirSync(folder).filter((file) => file.endsWith('.png'));
    expect(files).toContain('install-192x384-vi.png');
    for (const file of files) {
      expect(sizeOf(readFileSync(join(folder, file)))).toEqual({ width: 192, height: 384 });
      expect(sheet).toContain(`src="${file}"`);
    }
  });

  it('have a golden picture each that a person has looked at, and no other lies about', () => {
    expect(readdirSync(goldenFolder).sort()).toEqual(goldenShots.map(({ name }) => `${name}.webp`).sort());
  });

  it.skipIf(whole).each(daily)(`would be hung on a street: %s${whole ? ' (with all the others of its screen)' : ''}`, async (name) => {
    const shot = allShots.find((each) => each.name === name);
    expect(shot && (await judge(shot))).toEqual([]);
  });

  it.runIf(whole).each(Object.keys(pictureScreens))(
    `would be hung on a street, each of the %s${whole ? '' : ' (the whole suite only)'}`,
    async (screen) => {
      const [faults, waiting]: [string[], Shot[]] = [[], allShots.filter((each) => each.screen === screen)];
      // Pages mostly wait for their own pictures to come to rest.
      const work = async () => {
        for (let shot = waiting.shift(); shot; shot = waiting.shift()) {
          const { name } = shot;
          // A page that does not come in time hides nothing of the others.
          faults.push(...(await judge(shot).catch((fault: unknown) => [`${name}: ${String(fault)}`])));
        }
      };
      await Promise.all([work(), work(), work()]);
      expect(faults).toEqual([]);
    },
    30 * 60_000,
  );
});
