// The permanent pages of snapshots: what became of each, what can be downloaded, and that its signature can be checked without this server.
import { createPublicKey, verify } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { importPaths } from '../../core/import-api.ts';
import { boardPaths } from '../../core/board-api.ts';
import { immutable } from '../http/immutable.ts';
import { scoreboardRoutes } from '../scoreboard/scoreboard-routes.ts';
import { startTestServer, type TestServer } from '../scoreboard/test-server.ts';
import { publishFigures } from '../scoreboard/testing/people.ts';
import { publicRoutes } from './public-routes.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes, publicRoutes]);
});
afterEach(() => server.close());

const figures = (count: string) => `Đơn vị;Lũy kế;Mẫu số;Chỉ tiêu\nBa Đình;${count};10.000;5.000\nBa Vì;3.000;12.000;\nTây Hồ;;\n`.replace('Tây Hồ;;\n', '');
const get = (url: string) => server.app.inject(url);
const plain = (body: string) =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

async function post(url: string, payload: string | object, type = 'application/json') {
  const answer = await server.app.inject({ method: 'POST', url, payload, headers: { authorization: server.authorization, 'content-type': type } });
  expect([answer.statusCode, answer.statusCode === 200 ? '' : answer.body]).toEqual([200, '']);
  return answer.json<{ id: string; number: number; sha256: string }>();
}
const take = (csv: string, query = '', why?: string) => publishFigures(server, csv, query, why);
const reason = 'Quận Ba Đình gửi nhầm số <của> tháng trước.';

test('a snapshot keeps its page, with definition, ground, downloads and its way to check', async () => {
  const { sha256 } = await take(figures('1.000'));
  const answer = await get('/scoreboard/1');
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.body).not.toMatch(/<script|javascript:|\sstyle=|\son\w+=/i);
  const text = plain(answer.body);
  for (const words of [
    ...['Kỳ số liệu số 1', 'Tài khoản iHanoi đã tạo', 'Người dân từ đủ 15 tuổi trở lên (số tự đặt, 01/11/2024)', 'Số liệu tự tạo để minh họa'],
    ...['Chốt số liệu 17:00 ngày 26/11/2024', 'Đang công bố', 'Kỳ này chưa bị đính chính hay rút', '18,2% toàn thành phố', 'SỐ LIỆU MINH HỌA', sha256],
  ])
    expect(text).toContain(words);
  expect(answer.headers['cache-control']).not.toContain('immutable');
});

test('a page that is not there is a page for people, in their language, and a failure for a program', async () => {
  await take(figures('1.000'));
  const reading = (url: string) => server.app.inject({ url, headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });
  for (const url of ['/scoreboard/2', '/scoreboard/1x', '/scoreboard/0', '/scoreboard/history?campaign=chua-co', '/scoreboard/history?before=x']) {
    const answer = await reading(url);
    expect([url, answer.statusCode, answer.headers['content-type'], answer.headers['cache-control']]).toEqual([
      url,
      404,
      'text/html; charset=utf-8',
      'no-store',
    ]);
    expect(plain(answer.body), url).toMatch(/Không có trang này.*Mọi kỳ số liệu đã công bố đều còn trong danh sách/);
    expect(answer.body).toContain('href="/scoreboard/history"');
  }
  expect(plain((await reading('/scoreboard/2?lang=en')).body)).toContain('There is no such page');
  const answer = await get('/scoreboard/2');
  expect([answer.statusCode, answer.json<{ error: { code: string } }>().error.code]).toEqual([404, 'not-found']);
});

test('the figures can be downloaded, kept for ever, read by other sites, and imported again', async () => {
  await take(figures('1.000'));
  const { headers, body } = await get('/scoreboard/1/figures.csv');
  expect(headers).toMatchObject({ 'cache-control': immutable, 'access-control-allow-origin': '*', 'content-type': 'text/csv; charset=utf-8' });
  expect(body.split('\r\n')).toEqual([
    '\ufeffSTT,Mã,Đơn vị,Chỉ tiêu,Lũy kế,Mẫu số,Tỷ lệ,Xếp hạng',
    '1,d271,Huyện Ba Vì,,3000,12000,"25,0%",1',
    '2,d001,Quận Ba Đình,5000,1000,10000,"10,0%",2',
    '',
  ]);
  const again = await post(importPaths.imports, body, 'text/csv');
  expect(again).toMatchObject({ accepted: 2, errors: 0 });
});

test('signed bytes, signature and key from the page are enough to check it, and one changed figure is found out', async () => {
  await take(figures('1.000'));
  const page = (await get('/scoreboard/1')).body;
  const [signed = '', signature = '', key = ''] = ['signed.bin', '.sig', '.pem'].map(
    (end) => [...page.matchAll(/href="([^"]+)" download/g)].find(([, url = '']) => url.endsWith(end))?.[1],
  );
  const [bytes, sig, pem] = await Promise.all([signed, signature, key].map(async (url) => get(url)));
  for (const answer of [bytes, sig, pem]) expect(answer?.headers['cache-control']).toBe(immutable);
  const holds = (content: Buffer) => verify(null, content, createPublicKey(pem?.body ?? ''), sig?.rawPayload ?? Buffer.alloc(0));
  const content = bytes?.rawPayload ?? Buffer.alloc(0);
  expect(content.toString()).toMatch(/^ihanoi\/1\/snapshot\n\{.*"count":1000/);
  expect(holds(content)).toBe(true);
  expect(holds(Buffer.from(content.toString().replace('"count":1000', '"count":1001')))).toBe(false);
  expect((await get(signature.replace(/[0-9a-f]{32}/, '0'.repeat(32)))).statusCode).toBe(404);
});

test('a correction is a new number: the old page stays, says by what it was corrected and why, and keeps its bytes', async () => {
  await take(figures('900'));
  await take(figures('1.000'));
  const before = (await get('/scoreboard/2/signed.bin')).body;
  await take(figures('950'), '?corrects=2', reason);
  expect((await get('/scoreboard/2/signed.bin')).body).toBe(before);
  const old = await get('/scoreboard/2');
  expect(plain(old.body)).toContain('Đã đính chính bằng kỳ số 3 . Lý do: Quận Ba Đình gửi nhầm số &lt;của&gt; tháng trước.');
  expect(plain(old.body)).toContain('1.000');
  expect(plain((await get('/scoreboard/3')).body)).toContain('Đính chính kỳ số 2');
  const board = plain((await get('/scoreboard')).body);
  expect(board).toContain('Đính chính kỳ số 2. Lý do: Quận Ba Đình gửi nhầm số &lt;của&gt; tháng trước.');
  // Growth is against what stood before the wrong figures.
  expect(board).toMatch(/Quận Ba Đình\s+9,5% Lũy kế 950 Mẫu số 10\.000 Đạt chỉ tiêu 19,0% So với kỳ trước \+50 /);
  const history = plain((await get('/scoreboard/history')).body);
  expect(history).toMatch(/Kỳ số liệu số 3.*Đang công bố.*Kỳ số liệu số 2.*Đã đính chính bằng kỳ số 3.*Kỳ số liệu số 1.*Đã có kỳ mới hơn/);
});

test('what was taken back altogether leaves a page that says so, and no figures', async () => {
  const preview = await post(importPaths.imports, figures('1.000'), 'text/csv');
  await post(importPaths.confirm(preview.id), {});
  await post(boardPaths.undo(preview.id), {});
  expect(plain((await get('/scoreboard')).body)).toContain('được rút lại, hiện chưa có số liệu thay thế');
  expect(plain((await get('/embed/scoreboard')).body)).toContain('Đang chờ kỳ số liệu mới');
  expect(plain((await get('/scoreboard/1')).body)).toContain('Đã rút bằng kỳ số 2');
  expect((await get('/scoreboard/2')).statusCode).toBe(200);
});

test('a real campaign shows no page of made-up figures', async () => {
  await take(figures('1.000'));
  await server.changeCampaign({ trial: false });
  for (const url of ['/scoreboard/1', '/scoreboard/1/figures.csv', '/scoreboard/1/signed.bin']) expect((await get(url)).statusCode).toBe(404);
});

test('the history goes on page by page', async () => {
  for (let count = 1; count <= 53; count++) await take(figures(String(count)));
  const first = await get('/scoreboard/history');
  expect(first.body.match(/<li>/g)).toHaveLength(50);
  const older = (/href="([^"]+before=\d+)"/.exec(first.body)?.[1] ?? '').replaceAll('&amp;', '&');
  expect(plain((await get(older)).body)).toMatch(/Kỳ số liệu số 3 .*Kỳ số liệu số 2 .*Kỳ số liệu số 1 /);
});
