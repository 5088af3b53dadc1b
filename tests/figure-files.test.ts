// Figures in every shape and letters in which offices send them, from the file to the pixels of a running screen; and their correction.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importPreviewSchema, importPaths } from '../core/import-api.ts';
import { issuedSchema } from '../core/board-api.ts';
import { campaignViewSchema, settingsPaths } from '../core/settings-api.ts';
import { formatRate } from '../core/vietnamese.ts';
import { officeFiles, type OfficeFile, type OfficeUnit } from '../server/scoreboard/testing/office-files.ts';
import { settingsOf } from '../server/testing/settings.ts';
import { chromiumPath, noBrowser } from './support/browser.ts';
import { root } from './support/children.ts';
import { differingShare } from './support/pixels.ts';
import { firstPageOnly, playlistsWith } from './support/playlists.ts';
import { signedInFetch, type StaffFetch } from './support/staff.ts';
import { settled, waitForScene } from './support/stage.ts';
import { startTrial, type Trial } from './support/trial.ts';

const browserPath = chromiumPath();
const whole = process.env['TEST_FULL'] === '1';
type Tree = OfficeFile['tree'];
/** The daily suite takes a few of the most different shapes. */
const every = 9;
const filesOf = (tree: Tree) => officeFiles.filter((file) => file.tree === tree).filter((_, index) => whole || index % every === 0);

/** The units of the sample as they stood there. */
function sampleOf(tree: Tree): OfficeUnit[] {
  const lines = readFileSync(join(root, `assets/samples/scoreboard-${tree}.csv`), 'utf8')
    .trim()
    .split('\n')
    .slice(1);
  return lines.map((line) => {
    const [code = '', written = '', count = '', base = ''] = line.split(',');
    const kind = ['thị xã', 'quận', 'huyện', 'phường', 'xã'].find((each) => written.startsWith(`${each} `)) ?? '';
    return { unit: { code, kind, name: written.slice(kind.length + 1) }, count: Number(count), base: Number(base) };
  });
}

// The communes are the whole suite's: a box more.
describe.skipIf(browserPath === undefined).each<Tree>(whole ? ['hanoi-districts', 'hanoi-communes-2025'] : ['hanoi-districts'])(
  `files of figures of %s${browserPath === undefined ? ` (${noBrowser})` : ''}`,
  (tree) => {
    const folder = mkdtempSync(join(tmpdir(), 'ihanoi files '));
    let trial: Trial;
    let staff: StaffFetch;
    let units = sampleOf(tree);

    beforeAll(async () => {
      trial = await startTrial({ screen: 'reception', tree, playlists: playlistsWith(folder, firstPageOnly) });
      staff = await signedInFetch(trial.url, trial.signInLink);
      // Many weeks go by here within a minute.
      const { campaign, revision } = campaignViewSchema.parse(await staff('GET', settingsPaths.campaign));
      const settings = { ...settingsOf(campaign), holds: { basePercent: 2, dayPercent: 100, stepPercent: 100, stepCount: 100 } };
      await staff('PUT', settingsPaths.campaign, { revision, settings, basis: { number: '12/QĐ-UBND', date: '2024-11-01', office: 'UBND thành phố' } });
      await waitForScene(trial.stage, 'scoreboard');
      last = await picture();
    });
    afterAll(async () => {
      await trial.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    /** Figures some days later: the leader grows visibly, and so does everybody. */
    const grow = () => (units = units.map((each) => ({ ...each, count: Math.min(each.base, each.count + Math.ceil(each.base * 0.007)) })));
    /** Of those that are ranked with the unit in these words: phường and xã are apart, each on pages of its own. */
    const best = (words: string) => {
      const kind = ['phường', 'xã'].find((each) => words.toLocaleLowerCase('vi').includes(`\n${each} `));
      const ranked = units.filter(({ unit }) => kind === undefined || unit.kind === kind);
      return Math.max(...ranked.map(({ count, base }) => count / base));
    };
    /** The picture before what comes next. */
    let last: Buffer = Buffer.alloc(0);
    const board = () => trial.stage.locator('[data-item] [data-snapshot]').first();

    async function publish(bytes: Uint8Array, query: Record<string, string>, reason?: string): Promise<number> {
      const path = `${importPaths.imports}?${new URLSearchParams(query).toString()}`;
      const { id, rows, errors } = importPreviewSchema.parse(await staff('POST', path, bytes));
      const asked = rows.filter(({ choices }) => choices.length > 0);
      expect(errors).toBe(asked.length);
      // Below its heading such a file has the units in their order.
      const choices = asked.map(({ line }) => ({ line, unit: units[line - 2]?.unit.code ?? '' }));
      return issuedSchema.parse(await staff('POST', importPaths.confirm(id), { choices, ...(reason === undefined ? {} : { reason }) })).number;
    }

    const picture = async () => {
      await settled(trial.stage);
      return trial.stage.screenshot();
    };
    /** The figures are out: people see the leader's new rate, and another picture. */
    async function isSeen(number: number): Promise<void> {
      await trial.stage.waitForSelector(`[data-item] [data-snapshot="${number}"]`, { state: 'attached', timeout: 30_000 });
      const leader = (await board().locator('[data-rank="1"]').first().innerText()).normalize('NFC');
      expect(leader).toContain(formatRate(best(leader)));
      const before = last;
      last = await picture();
      expect(differingShare(before, last)).toBeGreaterThan(0.001);
    }

    it.each(filesOf(tree))('$name', async ({ sheet, make }) => {
      grow();
      await isSeen(await publish(make(units), sheet === undefined ? {} : { sheet }));
    });

    it('are corrected under a new number with a reason, which is on the screen at once, and the page says why', async () => {
      const [file] = filesOf(tree);
      if (!file) throw new Error('there are no files');
      const wrong = Number(await board().getAttribute('data-snapshot'));
      grow();
      const reason = 'Đơn vị gửi nhầm số của tuần trước.';
      const number = await publish(file.make(units), { corrects: String(wrong) }, reason);
      expect(number).toBe(wrong + 1);
      await isSeen(number);
      const page = await (await fetch(`${trial.url}/scoreboard/${wrong}`)).text();
      expect(page).toContain(reason);
    });
  },
);
