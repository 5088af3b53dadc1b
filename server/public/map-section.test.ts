// The map on the public page: one shape a unit of the tree in the class of its figure, a legend that counts them, and few bytes.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { scoreboardRoutes } from '../scoreboard/scoreboard-routes.ts';
import { startTestServer, type TestServer } from '../scoreboard/test-server.ts';
import { publishFigures } from '../scoreboard/testing/people.ts';
import { publicRoutes } from './public-routes.ts';

let server: TestServer;
afterEach(() => server.close());

const start = async (tree: string) => {
  server = await startTestServer([scoreboardRoutes, publicRoutes], { tree });
};
const page = async (query = '') => (await server.app.inject(`/scoreboard${query}`)).body;
const sample = readFileSync(new URL('../../assets/samples/scoreboard-hanoi-communes-2025.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/);
const [heading = '', ...lines] = sample;
const mapOf = (body: string) => /<figure class="map">.*?<\/figure>/s.exec(body)?.[0] ?? '';
const groupOf = (map: string, name: string) => new RegExp(`<g class="${name}">(.*?)</g>`, 's').exec(map)?.[1] ?? '';
const titles = (group: string) => [...group.matchAll(/<title>(.*?)<\/title>/g)].map(([, title = '']) => title);

test('colours each commune by its figure, hatches those without, and says the same in a legend', async () => {
  await start('hanoi-communes-2025');
  const columns = heading.split(',');
  const [code, count, base] = ['code', 'count', 'base'].map((name) => columns.indexOf(name));
  const rows = lines.slice(3).map((line) => line.split(','));
  const figures = rows.map((row) => [row[code ?? 0], row[count ?? 0], row[base ?? 0]].join(';'));
  await publishFigures(server, `Đơn vị;Lũy kế;Mẫu số\n${figures.join('\n')}\n`);
  const body = await page();
  const map = mapOf(body);
  const shaded = [0, 1, 2, 3, 4].flatMap((shade) => titles(groupOf(map, `shade-${shade}`)));
  const none = titles(groupOf(map, 'none'));
  expect([shaded.length, none.length]).toEqual([123, 3]);
  expect(new Set([...shaded, ...none].map((title) => title.split(':')[0])).size).toBe(126);
  for (const title of none) expect(title).toMatch(/^(Phường|Xã) .+: chưa có số liệu$/);

  const legend = [...map.matchAll(/<li><i class="([\w-]+)"><\/i><span>(.*?)<\/span> <b>(\d+) đơn vị<\/b><\/li>/g)].map(
    ([, name = '', text = '', units = '']) => ({ name, text, units: Number(units) }),
  );
  expect(legend.reduce((sum, { units }) => sum + units, 0)).toBe(126);
  for (const { name, text, units } of legend) {
    const held = titles(groupOf(map, name));
    expect(held).toHaveLength(units);
    const [from, until] =
      text === 'chưa có số liệu' ? [] : (/^([\d,]+) đến dưới ([\d,]+)%$/.exec(text) ?? []).slice(1).map((figure) => Number(figure.replace(',', '.')));
    for (const title of held.filter(() => from !== undefined)) {
      const rate = Number((/: ([\d,]+)%$/.exec(title)?.[1] ?? '').replace(',', '.'));
      expect(rate >= (from ?? 0) - 0.05 && rate <= (until ?? 0) + 0.05, `${title} in ${text}`).toBe(true);
    }
  }
  expect(map).toContain('Sơ đồ minh họa, không có giá trị xác định địa giới hành chính.');
  expect(map).not.toMatch(/<script|\sstyle=|href=/);
  expect(gzipSync(body).length, 'bytes of the page, compressed').toBeLessThan(25_000);
  expect(gzipSync(body).length - gzipSync(body.replace(map, '')).length, 'of which the map').toBeLessThan(12_000);
  expect(await page('?lang=en')).toContain('does not define administrative boundaries.');
});

test('is left out where the tree has no shapes', async () => {
  await start('hanoi-districts');
  await publishFigures(server, 'Đơn vị;Lũy kế;Mẫu số\nBa Đình;1.000;10.000\n');
  expect(await page()).toContain('class="board"');
  expect(await page()).not.toContain('class="map"');
});
