// Reports against what screens signed: every figure is added up here from the turns that were sent.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodePlacement } from '../../core/links.ts';
import { displayReportSchema } from '../../core/report-api.ts';
import { bindKey, listScreens, type Screen } from '../screens/screen-store.ts';
import { journalOf, type Turn } from '../testing/test-journal.ts';
import { batch, newBox } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let screens: Screen[];
const turns = new Map<string, Turn[]>();
const items = new Map<string, { number: number; item: string; name: string }[]>();
const hourMs = 3_600_000;
/** 24 November 2026, midnight in Hà Nội. */
const midnight = Date.UTC(2026, 10, 23, 17);

beforeAll(async () => {
  server = await startTestServer({ now: midnight + 40 * hourMs });
  staff = await signIn(server);
  const { db, now } = server.context;
  screens = await listScreens(db);
  await db
    .updateTable('screens')
    .set({ unit: 'd001' })
    .where('id', '=', screens[0]?.id ?? '')
    .execute();
  await db
    .updateTable('screens')
    .set({ unit: 'd002' })
    .where('id', '=', screens[1]?.id ?? '')
    .execute();
  for (const [index, { id, channel }] of screens.entries()) {
    const box = newBox();
    await bindKey(db, id, box.publicKey, now());
    const { manifest, playlist } = await db.selectFrom('channels').selectAll().where('id', '=', channel).executeTakeFirstOrThrow();
    const numbered = await db.selectFrom('playlist_items').select(['number', 'item']).where('playlist', '=', playlist).orderBy('number').limit(2).execute();
    items.set(
      id,
      numbered.map((each) => ({ ...each, name: each.item })),
    );
    const own = Array.from({ length: 30 }, (_, turn): Turn => ({
      ...{ at: midnight + turn * 4_000_000, ms: 10_000 + index * 1_000, item: numbered[turn % 2]?.item ?? '', manifest: manifest ?? '' },
      ...(turn % 5 === 0 ? { outcome: 'interrupted', reason: 'cut short', ms: 3_000 } : turn % 7 === 0 ? { outcome: 'skipped', reason: 'quarantined' } : {}),
    }));
    turns.set(id, own);
    await server.app.inject({ method: 'POST', url: '/player/plays', payload: batch(box, id, randomUUID(), journalOf(own)) });
    for (const { number } of numbered)
      await server.app.inject({
        method: 'GET',
        url: `/q/${encodePlacement({ owner: screens[index]?.number ?? 0, item: number })}`,
        headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1' },
      });
  }
});
afterAll(() => server.end());

const report = async (query: string) => displayReportSchema.parse((await staff.call('GET', `/api/reports/display?${query}`)).body);
const added = (of: readonly Turn[]) => {
  const shown = of.filter(({ outcome }) => outcome !== 'skipped');
  return {
    turns: shown.length,
    airMs: shown.reduce((sum, { ms }) => sum + ms, 0),
    interrupted: shown.filter(({ outcome }) => outcome === 'interrupted').length,
    skipped: of.length - shown.length,
  };
};
const all = () => [...turns.values()].flat();
const onDay = (day: number) => (turn: Turn) => Math.floor((turn.at - midnight) / (24 * hourMs)) === day;
const bothDays = 'from=2026-11-24&to=2026-11-25';

it('adds up by screen, unit, item, day and hour to what the screens signed', async () => {
  const { total, screens: rows, units, items: byItem, days, hours, faults } = await report(bothDays);
  expect(total).toMatchObject(added(all()));
  for (const [id, own] of turns) expect(rows.find((row) => row.id === id)).toMatchObject(added(own));
  expect(days.map(({ day, turns: shown }) => [day, shown])).toEqual([
    ['2026-11-24', added(all().filter(onDay(0))).turns],
    ['2026-11-25', added(all().filter(onDay(1))).turns],
  ]);
  const inHour = (hour: number) => all().filter(({ at }) => Math.floor((at - midnight) / hourMs) % 24 === hour);
  expect(hours.map(({ hour, airMs }) => [hour, airMs])).toEqual(Array.from({ length: 24 }, (_, hour) => [hour, added(inHour(hour)).airMs]));
  for (const [id, own] of turns) {
    for (const { number, item } of items.get(id) ?? [])
      expect(byItem.find((row) => row.number === number)).toMatchObject(added(own.filter((turn) => turn.item === item)));
  }
  for (const grouped of [rows, units, byItem, days, hours]) {
    for (const name of ['turns', 'airMs', 'interrupted', 'skipped', 'opens', 'devices', 'offScreen'] as const) {
      expect(grouped.reduce((sum, row) => sum + row[name], 0)).toBe(total[name]);
    }
  }
  expect(total.opens + total.offScreen).toBe(screens.length * 2);
  expect(Object.fromEntries(faults.map(({ outcome, count }) => [outcome, count]))).toEqual({ interrupted: total.interrupted, skipped: total.skipped });
});

it('narrows to a day, a unit, a screen and an item', async () => {
  const [first] = screens;
  const own = turns.get(first?.id ?? '') ?? [];
  expect((await report('from=2026-11-25&to=2026-11-25')).total).toMatchObject(added(all().filter(onDay(1))));
  expect(await report(`${bothDays}&unit=d001`)).toMatchObject({ total: added(own), only: { unit: 'Quận Ba Đình' } });
  expect(await report(`${bothDays}&screen=${first?.id}`)).toMatchObject({ total: added(own), only: { screen: first?.name } });
  const [item] = items.get(first?.id ?? '') ?? [];
  expect((await report(`${bothDays}&item=${item?.number}`)).total).toMatchObject(added(own.filter((turn) => turn.item === item?.item)));
});

it('refuses a span that ends before it begins, is too long, or a screen that is not there', async () => {
  const status = async (query: string) => (await staff.call('GET', `/api/reports/display?${query}`)).status;
  expect(await status('from=2026-11-25&to=2026-11-24')).toBe(400);
  expect(await status('from=2025-01-01&to=2026-11-24')).toBe(400);
  expect(await status(`screen=${randomUUID()}`)).toBe(404);
});

it('names journals that lack entries or contradict each other', async () => {
  const [first] = screens;
  const { db, now } = server.context;
  const place = { screen: first?.id ?? '', chain: randomUUID(), seq: 7 };
  await db
    .insertInto('play_anchors')
    .values({ ...place, hash: 'a'.repeat(64), heard_at: now() })
    .execute();
  await db
    .insertInto('play_findings')
    .values({ ...place, kind: 'fork', expected: null, offered: null, found_at: now() })
    .execute();
  const row = (await report(bothDays)).screens.find(({ id }) => id === first?.id);
  expect(row).toMatchObject({ missing: 7, findings: [{ kind: 'fork', count: 1 }] });
});
