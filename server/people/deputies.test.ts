// A deputy approves in somebody's place between two days: with the own second factor, under a name that says so, and never what whoever is away asked for.
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { publishingSchema } from '../../core/approval-api.ts';
import { deputiesSchema, deputyPaths } from '../../core/deputy-api.ts';
import { meSchema } from '../../core/people-api.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let writer: TestPerson;
let away: TestPerson;
let deputy: TestPerson;
beforeEach(async () => {
  server = await startTestServer();
  const staff = await signIn(server);
  const screens = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
  const profile = screens.find(({ channel }) => channel === 'street')?.profile;
  expect((await staff.call('POST', '/api/screens', { name: 'Nút giao Cầu Giấy', channel: 'street', profile })).status).toBe(201);
  writer = await signedInPerson(server, 'editor');
  away = await signedInPerson(server, 'approver');
  deputy = await signedInPerson(server, 'editor');
});
afterEach(() => server.end());

const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
/** Local day in Hà Nội, so many days from now. */
const day = (days = 0) => new Date(server.clock.now + 7 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);
const name = (change: object = {}, by: Staff = away) =>
  by.call('POST', deputyPaths.deputies, { deputy: deputy.id, from: day(), until: day(2), reason: 'Đi công tác', ...change });
/** So many days go by; their sessions stay. */
async function later(days: number): Promise<void> {
  server.clock.now += days * 86_400_000;
  await server.context.db.updateTable('sessions').set({ created_at: server.clock.now }).execute();
}
const listed = async (by: Staff) => deputiesSchema.parse((await by.call('GET', deputyPaths.deputies)).body);

async function asked(by: Staff) {
  const { items, revision } = playlistViewSchema.parse((await by.call('GET', '/api/playlists/street')).body);
  const saved = playlistViewSchema.parse((await by.call('PUT', '/api/playlists/street', { revision, items: sentItems(items).reverse() })).body);
  const { approval } = publishingSchema.parse((await by.call('POST', '/api/playlists/street/approvals', { revision: saved.revision })).body);
  return { revision: saved.revision, id: approval?.id ?? '', digest: approval?.digest ?? '' };
}
const approve = (by: Staff, { id, digest }: { id: string; digest: string }) => by.call('POST', `/api/playlists/street/approvals/${id}/approve`, { digest });

it('approves and publishes what others wrote, and every book says in whose place', async () => {
  const what = await asked(writer);
  expect(code(await approve(deputy, what))).toBe('not-allowed');
  expect((await name()).status).toBe(200);
  expect(meSchema.parse((await deputy.call('GET', '/api/session')).body)).toMatchObject({ role: 'editor', deputyOf: away.name });
  const both = `${deputy.name} (thay ${away.name})`;
  expect(publishingSchema.parse((await approve(deputy, what)).body)).toMatchObject({ stage: 'approved', approval: { approved: { by: both } } });
  expect((await deputy.call('POST', '/api/playlists/street/publish', { revision: what.revision })).status).toBe(200);
  const log = await server.context.db
    .selectFrom('audit')
    .select(['who', 'what'])
    .where('what', 'in', ['deputy.name', 'approval.approve', 'playlist.publish'])
    .orderBy('id')
    .execute();
  expect(log.slice(-3)).toEqual([
    { who: away.name, what: 'deputy.name' },
    { who: both, what: 'approval.approve' },
    { who: both, what: 'playlist.publish' },
  ]);
  // What the deputy does by the own right stands under the own name.
  await asked(deputy);
  const last = await server.context.db.selectFrom('audit').select('who').where('what', '=', 'approval.ask').orderBy('id', 'desc').executeTakeFirst();
  expect(last).toEqual({ who: deputy.name });
});

it('is not the second person for what whoever is away, the deputy or another deputy wrote', async () => {
  const other = await signedInPerson(server, 'editor');
  await name();
  await name({ deputy: other.id });
  expect(code(await approve(deputy, await asked(away)))).toBe('approval-fresh');
  expect(code(await approve(deputy, await asked(deputy)))).toBe('approval-own');
  expect(code(await approve(deputy, await asked(other)))).toBe('approval-fresh');
});

it('begins and ends by itself, and sooner by whoever is away or who loses the right', async () => {
  const roleNow = async () => meSchema.parse((await deputy.call('GET', '/api/session')).body).deputyOf;
  await name({ from: day(1), until: day(1) });
  expect([await roleNow(), (await listed(away)).deputies]).toMatchObject([null, [{ deputy: deputy.name, state: 'coming' }]]);
  await later(1);
  expect([await roleNow(), (await listed(deputy)).deputies]).toMatchObject([away.name, [{ person: away.name, state: 'now' }]]);
  const what = await asked(writer);
  expect((await approve(deputy, what)).status).toBe(200);
  await later(1);
  expect([await roleNow(), (await listed(away)).deputies]).toMatchObject([null, [{ state: 'over' }]]);
  // What was approved in time stays approved.
  expect((await away.call('POST', '/api/playlists/street/publish', { revision: what.revision })).status).toBe(200);

  await name();
  const [latest] = (await listed(away)).deputies;
  expect((await deputy.call('POST', deputyPaths.end(latest?.id ?? ''))).status).toBe(404);
  expect((await away.call('POST', deputyPaths.end(latest?.id ?? ''))).status).toBe(200);
  expect(await roleNow()).toBeNull();
  await name();
  await server.context.db.updateTable('people').set({ role: 'editor' }).where('id', '=', away.id).execute();
  expect(await roleNow()).toBeNull();
});

it('is named for up to sixty days, is an editor of the same unit, and names nobody in turn', async () => {
  for (const days of [{ until: day(-1) }, { from: day(2), until: day(1) }, { until: day(60) }]) expect(code(await name(days))).toBe('deputy-days');
  const elsewhere = await signedInPerson(server, 'editor', { unit: 'c00004' });
  const viewer = await signedInPerson(server, 'viewer');
  for (const unfit of [elsewhere, viewer, away]) expect(code(await name({ deputy: unfit.id }))).toBe('deputy-unfit');
  await name();
  expect(code(await name({ deputy: writer.id }, deputy))).toBe('not-allowed');
  expect((await listed(away)).candidates.map(({ id }) => id).sort()).toEqual([writer.id, deputy.id].sort());
  const bare = await signedInPerson(server, 'editor', { secondFactor: false });
  await name({ deputy: bare.id });
  await server.context.db.updateTable('screens').set({ public_key: 'x' }).where('name', '=', 'Nút giao Cầu Giấy').execute();
  expect(code(await approve(bare, await asked(writer)))).toBe('second-factor-needed');
});
