// The picture to share as people see it: in the product's font, with figures in columns, bars as long as the figures say, and the mark of made-up ones.
import sharp from 'sharp';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { widthEm } from '../../../core/legibility/text-layout.ts';
import { scoreboardRoutes } from '../../scoreboard/scoreboard-routes.ts';
import { startTestServer, type TestServer } from '../../scoreboard/test-server.ts';
import { publishFigures } from '../../scoreboard/testing/people.ts';
import { boardWords } from '../board-words.ts';
import { publicRoutes } from '../public-routes.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes, publicRoutes]);
});
afterEach(() => server.close());

const figures = 'Đơn vị;Lũy kế;Mẫu số\nBa Đình;5.000;10.000\nBa Vì;3.000;12.000\nTây Hồ;1.111;10.000\n';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Whether a pixel is about this colour. */
  is(x: number, y: number, colour: readonly [number, number, number]): boolean;
  green(x: number, y: number): number;
}

async function pictureOf(number: number, query = ''): Promise<Picture & { bytes: Buffer }> {
  const answer = await server.app.inject(`/scoreboard/${number}/card.png${query}`);
  expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'image/png']);
  const { data, info } = await sharp(answer.rawPayload).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  return {
    ...{ width, height, bytes: answer.rawPayload },
    green: (x, y) => data[(y * width + x) * 3 + 1] ?? 0,
    is: (x, y, colour) => colour.every((value, channel) => Math.abs((data[(y * width + x) * 3 + channel] ?? 0) - value) < 40),
  };
}
const gold = [255, 200, 69] as const;
const ivory = [255, 244, 223] as const;
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);
/** First and last column of a band that holds ink of a colour. */
function inkBetween({ width, is }: Picture, top: number, bottom: number, colour: readonly [number, number, number]): [number, number] {
  const inked = numbers(0, width).filter((x) => numbers(top, bottom).some((y) => is(x, y, colour)));
  return [inked[0] ?? -1, inked.at(-1) ?? -1];
}

test('is drawn in the product’s font, though no machine has it installed', async () => {
  await publishFigures(server, figures);
  const picture = await pictureOf(1);
  expect([picture.width, picture.height]).toEqual([1080, 1350]);
  const [first, last] = inkBetween(picture, 130, 196, ivory);
  const title = widthEm(boardWords.vi.title, 800) * 58;
  expect(first).toBeGreaterThan(70);
  expect(Math.abs(last - first - title)).toBeLessThan(title * 0.02);
});

test('has bars as long as the figures say, and figures that end below each other', async () => {
  await publishFigures(server, figures);
  const picture = await pictureOf(1);
  const isBar = (y: number) => picture.is(164, y, gold);
  const bars = numbers(520, 1_100).filter((y) => isBar(y) && !isBar(y - 1));
  expect(bars).toHaveLength(3);
  const lengths = bars.map((y) => numbers(156, 1_020).findLast((x) => picture.is(x, y + 4, gold)) ?? 0).map((x) => (x - 156) / 852);
  [0.5, 0.25, 0.1111].forEach((share, index) => expect(lengths[index]).toBeCloseTo(share, 2));
  for (const bar of bars) expect(Math.abs(inkBetween(picture, bar - 60, bar - 4, ivory)[1] - 1_005)).toBeLessThan(5);
});

test('says across the rows that figures are made up', async () => {
  await publishFigures(server, figures);
  await publishFigures(server, figures, '?sample=false', 'Số liệu thật của kỳ này');
  const [made, real] = [await pictureOf(1), await pictureOf(2)];
  /** Edges below the last row, where nothing but the mark stands. */
  const edges = ({ green }: Picture) =>
    numbers(880, 1_060).reduce((sum, y) => sum + numbers(100, 900).filter((x) => Math.abs(green(x, y) - green(x + 1, y)) > 6).length, 0);
  expect(edges(real)).toBeLessThan(50);
  expect(edges(made)).toBeGreaterThan(500);
  expect(made.is(90, 60, gold)).toBe(true);
});

test('is linked from the page of its snapshot, comes in English too, and is not there without figures', async () => {
  await publishFigures(server, figures);
  expect((await server.app.inject('/scoreboard/1')).body).toContain('href="/scoreboard/1/card.png"');
  expect((await server.app.inject('/scoreboard/1?lang=en')).body).toContain('href="/scoreboard/1/card.png?lang=en"');
  expect((await pictureOf(1)).bytes).not.toEqual((await pictureOf(1, '?lang=en')).bytes);
  expect((await server.app.inject('/scoreboard/2/card.png')).statusCode).toBe(404);
});

test('keeps the name of a group nearer to its own rows than to those of the group before', async () => {
  await server.close();
  server = await startTestServer([scoreboardRoutes, publicRoutes], { tree: 'hanoi-communes-2025' });
  const rows = ['Phường Ba Đình;5.000;10.000', 'Phường Hồng Hà;3.000;12.000', 'Phường Láng;1.111;10.000', 'Xã Ba Vì;4.000;9.000', 'Xã Sóc Sơn;2.000;9.000'];
  await publishFigures(server, ['Đơn vị;Lũy kế;Mẫu số', ...rows].join('\n'), '?sample=false', 'Số liệu của kỳ này');
  const picture = await pictureOf(1);
  const inked = (y: number) => numbers(72, 400).some((x) => picture.is(x, y, gold) || picture.is(x, y, ivory));
  /** Bands of ink from top to bottom: name, then of each row its words and its bar. */
  const bands = numbers(520, 1_100).flatMap((y) => (inked(y) && !inked(y - 1) ? [{ top: y, end: numbers(y, 1_100).find((below) => !inked(below)) ?? 0 }] : []));
  const names = bands.filter(({ top, end }) => numbers(top, end).some((y) => numbers(72, 80).some((x) => picture.is(x, y, gold))));
  expect(names).toHaveLength(2);
  const second = bands.findIndex(({ top }) => top === names[1]?.top);
  const [before, name, after] = bands.slice(second - 1, second + 2);
  if (!before || !name || !after) throw new Error('there is nothing around the name of the second group');
  expect(after.top - name.end).toBeLessThan(name.top - before.end);
});
