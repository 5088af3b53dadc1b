// The public pages as a browser gets them: what they say and what they load.
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { scoreboardRoutes } from '../scoreboard/scoreboard-routes.ts';
import { startTestServer, type TestServer } from '../scoreboard/test-server.ts';
import { publishFigures } from '../scoreboard/testing/people.ts';
import { publicRoutes } from './public-routes.ts';

let server: TestServer;
beforeEach(async () => {
  server = await startTestServer([scoreboardRoutes, publicRoutes]);
});
afterEach(() => server.close());

const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  zalo: 'Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 Zalo android/24100731',
  facebook: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/489.0]',
  desktop: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
};
const get = (url: string, agent: keyof typeof agents = 'desktop') => server.app.inject({ url, headers: { 'user-agent': agents[agent] } });

const take = (csv: string, query = '') => publishFigures(server, csv, query);
const first = 'Đơn vị;Lũy kế;Mẫu số\nBa Đình;1.000;10.000\nBa Vì;3.000;12.000\nTây Hồ;100;1.000\n';
const second = 'Đơn vị;Lũy kế;Mẫu số\nBa Đình;2.500;10.000\nBa Vì;2.900;12.000\nTây Hồ;250;1.000\n';
const plain = (body: string) =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

/** Nothing of a page may need more than its policy gives. */
function expectLockedDown(answer: Awaited<ReturnType<typeof get>>, ancestors: string) {
  const policy = String(answer.headers['content-security-policy']);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`frame-ancestors ${ancestors}`);
  expect(policy).not.toContain('unsafe');
  const style = /<style>(.*?)<\/style>/s.exec(answer.body)?.[1] ?? '';
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(answer.body).not.toMatch(/<script|javascript:|\sstyle=|\son\w+=/i);
  expect(answer.headers['set-cookie']).toBeUndefined();
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
}

describe('/scoreboard', () => {
  test('says that there is nothing yet before the first snapshot', async () => {
    const answer = await get('/scoreboard');
    expect(answer.statusCode).toBe(200);
    expectLockedDown(answer, "'none'");
    expect(plain(answer.body)).toContain('Chưa có kỳ số liệu nào');
    expect(plain(answer.body)).toContain('Chiến dịch mẫu');
  });

  test('shows ranks with ties, rates, growth, provenance, the sample mark and who has no figures', async () => {
    await take(first);
    await take(second);
    const answer = await get('/scoreboard');
    expectLockedDown(answer, "'none'");
    const text = plain(answer.body);
    expect(text).toMatch(/Hạng Đơn vị Tỷ lệ Lũy kế Mẫu số So với kỳ trước/);
    expect(text).toMatch(/1 \(đồng hạng\) Quận Ba Đình .{0,20}tăng 1 bậc\s+25,0% Lũy kế 2\.500 Mẫu số 10\.000 So với kỳ trước \+1\.500 \(\+15,0 điểm %\)/);
    expect(text).toMatch(/3 Huyện Ba Vì\s+24,2% Lũy kế 2\.900 Mẫu số 12\.000 So với kỳ trước -100/);
    for (const words of [
      'Tài khoản iHanoi đã tạo',
      'Người dân từ đủ 15 tuổi trở lên',
      'Số liệu tự tạo để minh họa',
      '17:00 ngày 26/11/2024',
      'SỐ LIỆU MINH HỌA',
      '5.650 trên 23.000',
    ])
      expect(text).toContain(words);
    expect(text).toMatch(/Chưa có số liệu: Quận Bắc Từ Liêm, .*, Huyện Ứng Hòa/);
    expect(text).not.toContain('giảm');
  });

  test('has no sample mark over real figures, greys them and then takes them away', async () => {
    await server.changeCampaign({ trial: false });
    await take(first);
    expect(plain((await get('/scoreboard')).body)).not.toMatch(/SỐ LIỆU MINH HỌA|Chiến dịch mẫu ·/);
    server.wait(37 * 3_600_000);
    expect((await get('/scoreboard')).body).toContain('<body class="grey">');
    server.wait(140 * 3_600_000);
    const gone = plain((await get('/scoreboard')).body);
    expect(gone).toContain('quá cũ');
    expect(gone).not.toContain('Ba Đình');
  });

  test('shows a real campaign no sample that an earlier trial left', async () => {
    await take(first);
    await server.changeCampaign({ trial: false });
    expect(plain((await get('/scoreboard')).body)).not.toContain('Ba Đình');
  });

  test('escapes what settings say', async () => {
    await server.changeCampaign({ name: { vi: '<script>alert("x")</script>' } });
    const { body } = await get('/scoreboard');
    expect(body).not.toContain('<script>');
    expect(body).toContain('&lt;script&gt;alert(&quot;x&quot;)');
  });

  test('speaks English where it is asked to, and says so', async () => {
    await take(first);
    const { body } = await get('/scoreboard?lang=en');
    expect(body).toContain('<html lang="en"');
    expect(plain(body)).toMatch(/Rank Unit Rate Total so far Base .*25\.0%/);
    expect(body).toContain('href="/scoreboard/1?lang=en"');
  });

  test('is asked for again by its tag, and comes anew only when something changed', async () => {
    await take(first);
    const { etag, 'cache-control': kept } = (await get('/scoreboard')).headers;
    expect(kept).toBe('public, max-age=30, stale-while-revalidate=60');
    const again = () => server.app.inject({ url: '/scoreboard', headers: { 'if-none-match': `"other", ${String(etag)}` } });
    expect([(await again()).statusCode, (await again()).body]).toEqual([304, '']);
    await take(second);
    expect((await again()).statusCode).toBe(200);
  });

  test('loads its font from this server only', async () => {
    const { body } = await get('/scoreboard');
    const urls = [...body.matchAll(/url\(([^)#]+)\)/g)].map(([, url = '']) => url);
    expect(new Set(urls).size).toBe(6);
    for (const url of urls) {
      const font = await get(url);
      expect([font.statusCode, font.headers['content-type'], font.rawPayload.subarray(0, 4).toString()]).toEqual([200, 'font/woff2', 'wOF2']);
      expect(font.headers['cache-control']).toContain('immutable');
    }
    expect((await get('/public/fonts/..%2f..%2fpackage.json')).statusCode).toBe(404);
  });
});

describe('/embed/scoreboard', () => {
  test('may be framed by anybody, cached for seconds, and shows the first ten', async () => {
    await take(first);
    const answer = await get('/embed/scoreboard');
    expectLockedDown(answer, '*');
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers['x-frame-options']).toBeUndefined();
    expect(answer.headers['cross-origin-resource-policy']).toBe('cross-origin');
    expect(answer.headers['cache-control']).toBe('public, max-age=30, stale-while-revalidate=60');
    expect(plain(answer.body)).toMatch(/1 Huyện Ba Vì\s+25,0%/);
    expect(plain(answer.body)).toContain('SỐ LIỆU MINH HỌA');
    expect(answer.body).toContain('prefers-color-scheme: dark');
    expect((await get('/embed/scoreboard?theme=dark')).body).toContain('data-theme="dark"');
    expect((await get('/embed/scoreboard?theme=%22onload')).statusCode).toBe(400);
  });
});
