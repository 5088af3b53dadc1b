// The map of the communes on a real page, by its pixels: each unit in the colour that the legend gives its figure, hatched without one, the screen's own outlined.
import { PNG } from 'pngjs';
import { expect, it } from 'vitest';
import { cityMapOf } from '../../core/map/city-map.ts';
import { mapCaption, mapScale } from '../../core/map/map-classes.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { atRest, type StagePage } from '../../scripts/pictures/open-stage-page.ts';
import { planFor } from '../../scripts/pictures/plan-for.ts';
import { screens } from '../../scripts/pictures/screens.ts';
import { shippedBoard, shippedCampaign } from '../../scripts/pictures/shipped-content.ts';
import { describeStage } from '../support/bare-stage.ts';

const tree = 'hanoi-communes-2025';

/** Real figures (a sample has its watermark across), three units without any; rates from 12 to 59 %. */
function figures(): Snapshot {
  const now = Date.now();
  const { snapshot } = shippedBoard(shippedCampaign(tree, now), tree, now);
  const rows = snapshot.rows.slice(3).map((row, index) => ({ ...row, base: 1_000, count: 120 + ((index * 37) % 470) }));
  return { ...snapshot, sample: false, rows };
}

describeStage('the map of the communes', (rig) => {
  async function show(screen: 'reception' | 'kiosk', shownTree: typeof tree | 'hanoi-districts', snapshot: Snapshot): Promise<StagePage> {
    const stage = await rig.open(screens[screen].profile.viewport);
    const turn = { id: 'now', start: Date.now() - 1_000, end: Date.now() + 600_000, item: 'view-map' };
    await stage.tell({ type: 'board', board: { snapshot, previous: null } });
    await stage.tell({ type: 'plan', plan: planFor({ screen, now: Date.now(), tree: shownTree, language: 'vi', turns: [turn] }) });
    await stage.shows('now');
    await atRest(stage.page);
    return stage;
  }

  it.each(['reception', 'kiosk'] as const)('says in colours what the figures say, on the %s', async (screen) => {
    const snapshot = figures();
    const scale = mapScale(snapshot);
    const { page } = await show(screen, tree, snapshot);
    const places = await page.evaluate(
      (spots) => {
        const svg = document.querySelector<SVGSVGElement>('[data-turn] .whole svg');
        const matrix = svg?.getScreenCTM();
        return spots.map(([code, x, y]) => {
          const point = new DOMPoint(x, y).matrixTransform(matrix ?? undefined);
          return { code, x: Math.floor(point.x), y: Math.floor(point.y) };
        });
      },
      Object.entries(cityMapOf(tree)?.units ?? {}).map(([code, { at }]) => [code, at[0] ?? 0, at[1] ?? 0] as const),
    );
    const ramp = await page.evaluate(() => [0, 1, 2, 3, 4].map((shade) => getComputedStyle(document.documentElement).getPropertyValue(`--shade-${shade}`)));
    const { data, width } = PNG.sync.read(await page.screenshot());
    const pixel = (x: number, y: number) => `#${data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).toString('hex')}`;

    const own = await page.getAttribute('[data-turn] .whole [data-own]', 'data-own');
    expect(own).toBe('c09784');
    const wrong: string[] = [];
    let seen = 0;
    for (const { code, x, y } of places) {
      const row = snapshot.rows.find(({ unit }) => unit === code);
      const around = Array.from({ length: 25 }, (_, index) => pixel(x + (index % 5) - 2, y + Math.floor(index / 5) - 2));
      if (!row) {
        // The hatch: more than one colour, and none of a class.
        if (new Set(around).size < 2 || around.some((colour) => ramp.includes(colour))) wrong.push(`${code}: ${around.join()}`);
        continue;
      }
      if (code === own) continue;
      const shade = ramp[scale.classes[scale.classOf(row) ?? -1]?.shade ?? -1];
      // The pin of the screen's own unit may stand on its neighbours.
      const isPin = around.every((colour) => colour !== shade) && around.some((colour) => colour === '#fff4df' || colour === '#8f1620');
      if (isPin) continue;
      seen += 1;
      if (pixel(x, y) !== shade) wrong.push(`${code}: ${pixel(x, y)}, not ${shade}`);
    }
    expect(wrong).toEqual([]);
    expect(seen).toBeGreaterThan(115);

    const legend = await page.$$eval('[data-turn] li', (items) =>
      items.map((item) => ({ colour: item.querySelector('i')?.style.background ?? '', text: (item as HTMLElement).innerText.replace(/\s+/g, ' ') })),
    );
    expect(legend).toHaveLength(scale.classes.length + 1);
    expect(legend.at(-1)?.text).toMatch(/^Chưa có số liệu 3 /);
    expect(legend.reduce((sum, { text }) => sum + Number(/ (\d+) đơn vị$/.exec(text)?.[1]), 0)).toBe(126);
    expect((await page.innerText('[data-turn]')).replaceAll(/\s+/g, ' ')).toContain(mapCaption.vi);
    await page.close();
  });

  it('gives way to the city’s progress where a tree has no shapes', async () => {
    const now = Date.now();
    const { snapshot } = shippedBoard(shippedCampaign('hanoi-districts', now), 'hanoi-districts', now);
    const { page } = await show('reception', 'hanoi-districts', snapshot);
    expect(await page.$$('[data-turn] .whole svg')).toEqual([]);
    expect(await page.innerText('[data-turn]')).toContain('Toàn thành phố');
    await page.close();
  });
});
