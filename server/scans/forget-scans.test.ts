// What is long past goes, and every report says the same as before.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { displayReportSchema, reportPaths } from '../../core/report-api.ts';
import { keepCapture } from '../captures/capture-store.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { listScreens } from '../screens/screen-store.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { addScans } from './scan-store.ts';
import { opensByHour } from './sum-store.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const began = Date.parse('2024-11-13T00:00:00+07:00');
let server: TestServer;
beforeAll(async () => {
  server = await startTestServer({ now: began + 4 * dayMs });
});
afterAll(() => server.end());

it('openings go one by one after their time, hour by hour, and their sums stay in every report', async () => {
  const { db } = server.context;
  const [screen] = await listScreens(db);
  const campaign = (await currentCampaign(db))?.id ?? '';
  if (!screen) throw new Error('the trial has no screen');
  const facts = { campaign, owner: screen.number, item: 7, platform: 'ios' };
  const scans = Array.from({ length: 300 }, (_, index) => ({
    ...facts,
    at: began + Math.floor((index * 3 * dayMs) / 300),
    new_device: index % 3 === 0 ? (1 as const) : (0 as const),
    shown: index % 5 === 0 ? null : index % 5 === 1 ? (0 as const) : (1 as const),
  }));
  await addScans(db, scans);
  const staff = await signedInPerson(server, 'admin');
  const report = async () => {
    const { status, body, text } = await staff.call('GET', `${reportPaths.display}?from=2024-11-13&to=2024-11-16`);
    expect(status, text).toBe(200);
    const { total, screens, hours, days } = displayReportSchema.parse(body);
    return { total, screens, hours, days };
  };
  const sums = async () =>
    (await opensByHour(db, { campaign, start: began, end: began + 4 * dayMs }))
      .map(({ owner, item, shown, hour, count, devices }) => [hour, owner, item, shown, count, devices].join())
      .sort();
  const before = { report: await report(), sums: await sums() };
  expect(before.report.total.opens + before.report.total.offScreen).toBe(300);

  // In the middle of an hour: that hour stays one by one until all of it is past.
  server.clock.now = began + 400 * dayMs + 30.5 * hourMs;
  await server.forgetLongPast();
  const { kept } = await db
    .selectFrom('scans')
    .select(({ fn }) => fn.countAll<number | string>().as('kept'))
    .executeTakeFirstOrThrow();
  expect(kept).toBe(scans.filter(({ at }) => at >= began + 30 * hourMs).length);
  server.clock.now = began + 4 * dayMs;
  expect({ report: await report(), sums: await sums() }).toEqual(before);

  // A phone whose line was dead for days hands its opening in late.
  await addScans(db, [{ ...facts, at: began + hourMs, new_device: 1, shown: 1 }]);
  server.clock.now = began + 500 * dayMs;
  await server.forgetLongPast();
  expect(await db.selectFrom('scans').select('id').execute()).toEqual([]);
  server.clock.now = began + 4 * dayMs;
  const { total } = await report();
  expect(total.opens + total.offScreen).toBe(301);
});

it('the picture of a screen that nobody has renewed goes after a month', async () => {
  const { db } = server.context;
  const [old, fresh] = await listScreens(db);
  const jpeg = new Uint8Array(4);
  server.clock.now = began + 40 * dayMs;
  await keepCapture(db, old?.id ?? '', { takenAt: began, jpeg }, 'a'.repeat(64), began);
  await keepCapture(db, fresh?.id ?? '', { takenAt: began + 20 * dayMs, jpeg }, 'b'.repeat(64), began);
  await server.forgetLongPast();
  expect(await db.selectFrom('captures').select('screen').execute()).toEqual([{ screen: fresh?.id }]);
});
