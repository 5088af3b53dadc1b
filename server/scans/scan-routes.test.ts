// Scan links against a whole server: where each kind of phone is led, what is counted as what, and what is never kept.
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { encodePlacement, type Placement } from '../../core/links.ts';
import { scanPaths, scanReportSchema, type ScanReport } from '../../core/scan-api.ts';
import { currentCampaign, putCurrentCampaign } from '../campaigns/campaign-store.ts';
import { firstPrev } from '../../core/play.ts';
import { playerPaths } from '../../core/protocol.ts';
import { sha256 } from '../keys/ed25519.ts';
import { bindKey, findScreen, listScreens, type Screen } from '../screens/screen-store.ts';
import { batch, newBox } from '../testing/test-player.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { onPostgres } from '../testing/test-database.ts';
import { staffOf, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

const dayMs = 24 * 3_600_000;
/** Every case has days of its own on one server; reports are of today. */
let start = Date.parse('2026-03-02T10:20:00+07:00');
const localDay = (instant: number) => new Date(instant + 7 * 3_600_000).toISOString().slice(0, 10);
const agents = {
  iphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1',
  android: 'Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  cubot: 'Mozilla/5.0 (Linux; Android 13; CUBOT P80) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Mobile Safari/537.36',
  zalo: 'Mozilla/5.0 (Linux; Android 14; SM-A155F; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 Zalo android/24100731',
  zaloIphone: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148',
  facebook: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/489.0]',
  desktop: 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36',
  preview: 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  crawler: 'Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X) AppleWebKit/537.36 Chrome/130.0.0.0 Mobile Safari/537.36 (compatible; Googlebot/2.1)',
} as const;
const stores = {
  ios: { url: 'https://apps.apple.com/vn/app/id1', confirmed: true },
  android: { url: 'https://play.google.com/store/apps/details?id=vn&hl=vi', confirmed: true },
  web: { url: 'https://ihanoi.gov.vn', confirmed: true },
};

let server: TestServer;
let staff: Staff;
let screen: Screen;
let placement: Placement;
let code: string;

beforeAll(async () => {
  server = await startTestServer({ now: start });
  const { db } = server.context;
  const campaign = await currentCampaign(db);
  if (!campaign) throw new Error('no campaign');
  await putCurrentCampaign(db, { ...campaign, links: stores }, start);
  const found = (await listScreens(db)).find(({ channel }) => channel === 'reception');
  if (!found) throw new Error('no screen');
  screen = found;
  const item = await db
    .selectFrom('playlist_items')
    .select('number')
    .where('playlist', '=', 'reception')
    .where('item', '=', 'install')
    .executeTakeFirstOrThrow();
  placement = { owner: screen.number, item: item.number };
  code = encodePlacement(placement);
});
beforeEach(async () => {
  start += 2 * dayMs;
  server.clock.now = start;
  staff = await signedInPerson(server, 'admin');
});
afterAll(() => server.end());

/** A phone in front of a proxy, as nginx hands it on. */
const get = (url: string, agent: keyof typeof agents | '' = 'desktop', address = '203.0.113.7', headers: Record<string, string> = {}) =>
  server.app.inject({ url, headers: { 'user-agent': agent === '' ? '' : agents[agent], 'x-forwarded-for': address, ...headers }, remoteAddress: '127.0.0.1' });
const plain = (body: string) =>
  body
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replace(/\s+/g, ' ');

async function report(query = ''): Promise<ScanReport> {
  const { status, body, text } = await staff.call('GET', scanPaths.report + query);
  expect([status, status === 200 ? '' : text]).toEqual([200, '']);
  return scanReportSchema.parse(body);
}
async function counts(of = code, query = '') {
  const row = (await report(query)).rows.find((each) => each.code === of);
  if (!row) throw new Error('no such row');
  const { opens, devices, offScreen, unsettled, repeats, previews, bots } = row;
  return { opens, devices, offScreen, unsettled, repeats, previews, bots };
}
const nothing = { opens: 0, devices: 0, offScreen: 0, unsettled: 0, repeats: 0, previews: 0, bots: 0 };

/** Signed plays of the screen: turns of 15 s of the given items, one after the other. */
async function plays(items: readonly string[], from: number, chain: string, box = newBox()) {
  const { db } = server.context;
  await bindKey(db, screen.id, box.publicKey, from);
  const manifest = (await db.selectFrom('channels').select('manifest').where('id', '=', 'reception').executeTakeFirstOrThrow()).manifest ?? '';
  const texts: string[] = [];
  const add = (entry: object, at: number) => {
    const last = texts.at(-1);
    texts.push(
      JSON.stringify({ seq: texts.length + 1, prev: last === undefined ? firstPrev : sha256(last), at, monoMs: at - from, clockTrusted: true, ...entry }),
    );
  };
  items.forEach((item, index) => {
    const at = from + index * 15_000;
    add({ kind: 'open', manifest, item, scene: 'install', plannedStart: at, plannedEnd: at + 15_000 }, at);
    add({ kind: 'close', opened: texts.length, outcome: 'complete' }, at + 15_000);
  });
  const answer = await server.app.inject({ method: 'POST', url: playerPaths.plays, payload: batch(box, screen.id, chain, texts) });
  expect(answer.statusCode).toBe(200);
}

describe('a scan link leads', () => {
  test.each([
    ['/q/', 'iphone', stores.ios.url],
    ['/Q/', 'iphone', stores.ios.url],
    ['/q/', 'android', stores.android.url],
    ['/q/', 'cubot', stores.android.url],
  ] as const)('%s on an %s to its store', async (path, agent, store) => {
    const answer = await get(path + code, agent);
    expect([answer.statusCode, answer.headers.location, answer.headers['cache-control'], answer.headers['referrer-policy']]).toEqual([
      ...[302, store],
      ...['no-store', 'no-referrer'],
    ]);
  });

  test.each(['zalo', 'zaloIphone', 'facebook', 'desktop', 'preview', 'crawler'] as const)(
    'in %s to a small page with both stores, three steps and the warning, and nothing that follows anybody',
    async (agent) => {
      const answer = await get(`/Q/${code}`, agent);
      expect(answer.statusCode).toBe(200);
      const policy = String(answer.headers['content-security-policy']);
      const style = /<style>(.*?)<\/style>/s.exec(answer.body)?.[1] ?? '';
      expect(policy).toContain(`default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
      expect(answer.body).not.toMatch(/<script|<img|<iframe|javascript:|\sstyle=|\son\w+=/i);
      expect(answer.headers['set-cookie']).toBeUndefined();
      expect(Buffer.byteLength(answer.body)).toBeLessThan(20_000);
      expect(plain(answer.body)).toContain('Công dân Thủ đô số – iHanoi');
      expect(plain(answer.body)).toContain('Cán bộ không bao giờ hỏi mã OTP, mật khẩu.');
      expect(plain(answer.body)).toContain('No official ever asks for your OTP code or password.');
      expect(answer.body.match(/<section lang="vi">.*?<\/section>/s)?.[0].match(/<li>/g)).toHaveLength(6);
      for (const { url } of Object.values(stores)) expect(answer.body).toContain(`href="${url.replaceAll('&', '&amp;')}"`);
    },
  );

  test('to the page on a phone whose store has no link', async () => {
    const { db } = server.context;
    const campaign = await currentCampaign(db);
    if (!campaign) throw new Error('no campaign');
    await putCurrentCampaign(db, { ...campaign, links: { ...stores, ios: { url: '', confirmed: false } } }, start);
    const answer = await get(`/q/${code}`, 'iphone');
    await putCurrentCampaign(db, campaign, start);
    expect(answer.statusCode).toBe(200);
    expect(answer.body).not.toContain('apps.apple.com');
  });

  test.each(['nonsense', '000000001', 'https:%2F%2Fevil.example', '..%2F..%2Fetc', '%00', 'short', 'x?url=https://evil.example', ''])(
    'with what is no code (%s) to the same page, never elsewhere',
    async (text) => {
      const page = await get(`/q/${text}`);
      expect(page.statusCode).toBe(200);
      expect(page.body).toBe((await get(`/q/${code}`)).body);
      const phone = await get(`/q/${text}`, 'iphone');
      expect([phone.statusCode, phone.headers.location]).toEqual([302, stores.ios.url]);
    },
  );

  test('a thousand phones behind one address, none of them turned away', async () => {
    const answers = await Promise.all(Array.from({ length: 1_500 }, () => get(`/q/${code}`, 'iphone')));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([302]));
  });
});

describe('a scan is counted', () => {
  test('by its placement and hour, a person once in ten minutes, with devices beside openings', async () => {
    await get(`/Q/${code}`, 'iphone');
    await get(`/q/${code.toLowerCase()}`, 'iphone');
    await get(`/q/${code}`, 'android');
    await get(`/q/${code}`, 'zalo', '203.0.113.8');
    expect(await counts()).toEqual({ ...nothing, opens: 3, devices: 3, unsettled: 3, repeats: 1 });
    server.clock.now += 11 * 60_000;
    await get(`/q/${code}`, 'iphone');
    expect(await counts()).toEqual({ ...nothing, opens: 4, devices: 3, unsettled: 4, repeats: 1 });
    server.clock.now += 60 * 60_000;
    await get(`/q/${code}`, 'desktop');
    const hours = (await staff.call('GET', scanPaths.hours(code))).body as { start: number; opens: number }[];
    expect(hours.map(({ start: hour, opens }) => [new Date(hour).toISOString(), opens])).toEqual([
      [`${localDay(start)}T03:00:00.000Z`, 4],
      [`${localDay(start)}T04:00:00.000Z`, 1],
    ]);
  });

  test('as a preview, as a bot or as unknown where it is that, and never as a person', async () => {
    await get(`/q/${code}`, 'preview');
    await get(`/q/${code}`, 'iphone', '203.0.113.9', { 'sec-purpose': 'prefetch;prerender' });
    await get(`/q/${code}`, 'crawler');
    await get(`/q/${code}`, '');
    await server.app.inject({ method: 'HEAD', url: `/q/${code}`, headers: { 'user-agent': agents.iphone } });
    await get(`/q/${encodePlacement({ owner: 99_999, item: 1 })}`, 'iphone');
    await get('/q/nonsense', 'iphone');
    expect(await counts()).toEqual({ ...nothing, previews: 2, bots: 3 });
    const { unknown, total } = await report();
    expect([unknown, total.opens]).toEqual([2, 0]);
  });

  test('apart when its screen was showing something else, once the plays have come in', async () => {
    const chain = crypto.randomUUID();
    server.clock.now = start + 20_000;
    await get(`/q/${code}`, 'iphone');
    server.clock.now = start + 20 * 60_000;
    await get(`/q/${code}`, 'android');
    expect(await counts()).toEqual({ ...nothing, opens: 2, devices: 2, unsettled: 2 });
    await plays(['install', 'install', ...Array<string>(100).fill('scoreboard')], start, chain);
    expect(await counts()).toEqual({ ...nothing, opens: 1, devices: 1, offScreen: 1 });
    const row = (await report()).rows.find((each) => each.code === code);
    expect([row?.airMs, row?.turns]).toEqual([30_000, 2]);
  });

  test('after the box behind the screen was replaced, and for a code of it made offline', async () => {
    await plays(['install', 'install'], start, crypto.randomUUID());
    await plays(['install', 'install'], start + 60_000, crypto.randomUUID(), newBox());
    expect((await findScreen(server.context.db, screen.id))?.number).toBe(placement.owner);
    server.clock.now = start + 70_000;
    // The box made this text by itself from the two numbers; the server never handed it out.
    await get(`/Q/${encodePlacement(placement)}`, 'android');
    expect(await counts()).toEqual({ ...nothing, opens: 1, devices: 1 });
  });

  test('on paper at once, with its own number, also after it was ended', async () => {
    const made = await staff.call('POST', scanPaths.placements, { kind: 'officer', name: 'Tổ 5', place: 'Phường Ba Đình', unit: 'd001' });
    expect([made.status, made.text]).toEqual([201, made.text]);
    const { owner, code: paper } = made.body as { owner: number; code: string };
    expect((await listScreens(server.context.db)).map(({ number }) => number)).not.toContain(owner);
    await get(`/q/${paper}`, 'iphone');
    expect((await staff.call('DELETE', scanPaths.placement(owner))).status).toBe(204);
    expect((await get(`/q/${paper}`, 'android')).headers.location).toBe(stores.android.url);
    expect(await counts(paper)).toEqual({ ...nothing, opens: 2, devices: 2 });
    expect((await report()).rows.find((each) => each.code === paper)).toMatchObject({ kind: 'officer', name: 'Tổ 5', endedAt: start, unit: { code: 'd001' } });
  });

  test('in the days that are asked for, and no other', async () => {
    await get(`/q/${code}`, 'iphone');
    expect(await counts(code, `?from=${localDay(start - dayMs)}&to=${localDay(start - dayMs)}`)).toEqual(nothing);
    expect((await counts(code, `?from=${localDay(start - dayMs)}&to=${localDay(start)}`)).opens).toBe(1);
    for (const bad of ['?from=2026-03-02&to=2026-03-01', '?from=2026-01-01&to=2026-12-31', '?from=heute']) {
      expect((await staff.call('GET', scanPaths.report + bad)).status).toBe(400);
    }
  });
});

describe('of a device is kept', () => {
  const everything = () => readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const bytes = () =>
    everything()
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name)).toString('latin1'))
      .join('');

  test('neither its address nor its browser, in no file and no line of the log', async () => {
    await get(`/q/${code}`, 'iphone', '203.0.113.77');
    await get(`/q/${code}`, 'android', '2001:db8:1:2:aaaa:bbbb:cccc:dddd');
    await report();
    const kept = bytes() + server.logged.join('\n');
    for (const trace of ['203.0.113.77', '2001:db8:1:2', 'aaaa:bbbb', 'Mozilla', 'SM-A155F']) expect(kept).not.toContain(trace);
  });

  test('a hash that nobody can make again after the day: its salt is gone', async () => {
    const { db } = server.context;
    for (const last of [1, 2, 3, 4, 5]) await get(`/q/${code}`, 'iphone', `203.0.113.${last}`);
    await server.context.scans.flush();
    const { salt } = await db.selectFrom('scan_days').select('salt').executeTakeFirstOrThrow();
    const hashes = await db.selectFrom('scan_devices').select('hash').execute();
    expect(hashes).toHaveLength(5);
    server.clock.now += 14 * 3_600_000;
    await get(`/q/${code}`, 'iphone');
    await server.context.scans.flush();
    expect(await db.selectFrom('scan_days').select('day').execute()).toEqual([{ day: localDay(start + dayMs) }]);
    expect(await db.selectFrom('scan_devices').select('day').execute()).toEqual([{ day: localDay(start + dayMs) }]);
    server = await server.again();
    // PostgreSQL overwrites them when it cleans up, in its own time.
    if (onPostgres) return;
    // Deleted rows are overwritten too: without secure_delete, some of these stand in the file's free space.
    const file = readFileSync(join(server.folder, 'server.sqlite')).toString('latin1');
    for (const text of [salt, ...hashes.map(({ hash }) => hash)]) expect(file).not.toContain(text);
  });

  test('the same hash over a restart on the same day, and another for each code', async () => {
    const other = encodePlacement({ owner: placement.owner, item: 0 });
    await get(`/q/${code}`, 'iphone');
    await get(`/q/${other}`, 'iphone');
    server = await server.again();
    staff = staffOf(server, staff.cookie);
    await get(`/q/${code}`, 'iphone');
    expect(await counts()).toEqual({ ...nothing, opens: 1, devices: 1, unsettled: 1, repeats: 1 });
    const hashes = await server.context.db.selectFrom('scan_devices').select('hash').execute();
    expect(new Set(hashes.map(({ hash }) => hash)).size).toBe(2);
  });

  test('one device for the addresses that a phone changes within its line', async () => {
    await get(`/q/${code}`, 'iphone', '2001:db8:1:2::1');
    server.clock.now += 20 * 60_000;
    await get(`/q/${code}`, 'iphone', '2001:db8:1:2:9999:1:2:3');
    await get(`/q/${code}`, 'iphone', '2001:db8:1:3::1');
    expect(await counts()).toMatchObject({ opens: 3, devices: 2 });
  });
});

describe('the host of the codes', () => {
  test('is asked for twice where people would be suspicious, and changes every programme', async () => {
    const { db } = server.context;
    const before = await db.selectFrom('channels').select(['id', 'manifest']).execute();
    expect((await staff.call('PUT', scanPaths.host, { host: 'ma-quet.example' })).text).toContain('scan-host-outside');
    for (const host of ['localhost', 'a.very-long-host.gov.vn', 'ihanoi.gov.vn/x', '-a.vn']) {
      expect((await staff.call('PUT', scanPaths.host, { host })).status).toBe(400);
    }
    expect(await db.selectFrom('channels').select(['id', 'manifest']).execute()).toEqual(before);
    expect((await staff.call('PUT', scanPaths.host, { host: 'Q.iHanoi.gov.vn' })).body).toEqual({ host: 'q.ihanoi.gov.vn', waiting: false });
    const { scanHost, rows } = await report();
    expect(scanHost).toBe('q.ihanoi.gov.vn');
    expect(rows.find((row) => row.code === code)?.link).toBe(`HTTPS://Q.IHANOI.GOV.VN/Q/${code}`);
    const after = await db.selectFrom('channels').select(['id', 'manifest']).execute();
    expect(after.every(({ manifest }, index) => manifest !== before[index]?.manifest)).toBe(true);
    server = await server.again();
    expect((await currentCampaign(server.context.db))?.scanHost).toBe('q.ihanoi.gov.vn');
  });

  test('waits for a second administrator once screens are real', async () => {
    const { db } = server.context;
    const campaign = await currentCampaign(db);
    if (!campaign) throw new Error('no campaign');
    await putCurrentCampaign(db, { ...campaign, trial: false }, start);
    const second = await signedInPerson(server, 'admin');
    const manifests = () => db.selectFrom('channels').select(['id', 'manifest']).execute();
    const before = await manifests();
    const ask = { host: 'ma.hanoi.gov.vn', checked: true };
    expect((await staff.call('PUT', scanPaths.host, { host: ask.host })).text).toContain('scan-host-unchecked');
    const waiting = { host: 'q.ihanoi.gov.vn', waiting: true };
    expect((await staff.call('PUT', scanPaths.host, ask)).body).toEqual(waiting);
    // Not the same person twice, and not two who mean different hosts.
    expect((await staff.call('PUT', scanPaths.host, ask)).body).toEqual(waiting);
    expect((await second.call('PUT', scanPaths.host, { ...ask, host: 'khac.hanoi.gov.vn' })).body).toEqual(waiting);
    expect((await report()).hostAsked).toEqual({ host: 'khac.hanoi.gov.vn', by: second.name, at: start });
    expect((await staff.call('PUT', scanPaths.host, ask)).body).toEqual(waiting);
    expect(await manifests()).toEqual(before);
    // What was asked too long ago is asked anew.
    server.clock.now += 25 * 3_600_000;
    expect((await report()).hostAsked).toBeNull();
    expect((await second.call('PUT', scanPaths.host, ask)).body).toEqual(waiting);
    expect((await staff.call('PUT', scanPaths.host, ask)).body).toEqual({ host: 'ma.hanoi.gov.vn', waiting: false });
    expect([(await report()).scanHost, (await report()).hostAsked]).toEqual(['ma.hanoi.gov.vn', null]);
    expect((await manifests()).every(({ manifest }, index) => manifest !== before[index]?.manifest)).toBe(true);
  });
});

describe('a code on paper', () => {
  const made = async (unit: string | null) =>
    (await staff.call('POST', scanPaths.placements, { kind: 'poster', name: 'Tổ 5', unit })).body as { owner: number; code: string };
  const print = (owner: number, query: string) => server.app.inject({ url: `${scanPaths.print(owner)}?${query}`, headers: { cookie: staff.cookie } });

  test('is printed as PDF once there is a host for it, and no more when it has ended', async () => {
    const { db } = server.context;
    const campaign = await currentCampaign(db);
    if (!campaign) throw new Error('no campaign');
    const { owner, code: paper } = await made('d001');
    const { scanHost, ...without } = campaign;
    await putCurrentCampaign(db, without, start);
    expect((await print(owner, 'size=a4')).json()).toMatchObject({ error: { code: 'print-needs-host' } });
    await putCurrentCampaign(db, { ...without, scanHost: scanHost ?? 'q.hanoi.gov.vn' }, start);
    const answer = await print(owner, 'size=card&bleed=yes');
    expect([answer.statusCode, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([
      ...[200, 'application/pdf'],
      `attachment; filename="ma-qr-${paper}-card.pdf"`,
    ]);
    expect(answer.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    expect((await print(owner, 'size=a3')).statusCode).toBe(400);
    expect((await print(99_999, 'size=a4')).statusCode).toBe(404);
    await staff.call('DELETE', scanPaths.placement(owner));
    expect((await print(owner, 'size=a4')).json()).toMatchObject({ error: { code: 'placement-ended' } });
  });
});
