// Publishing at a set time against the real server, with the clock in hand; and taking back what a playlist was.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publishingSchema } from '../../core/approval-api.ts';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { mediaOfPlaylist } from '../../core/playlist.ts';
import { revisionPaths, revisionSchema } from '../../core/revision-api.ts';
import { scheduledSchema, schedulePaths } from '../../core/schedule-api.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { addEntry, describeEntry } from '../media/library-store.ts';
import { closePerson } from '../people/person-store.ts';
import { connect, newBox } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let writer: TestPerson;
let second: TestPerson;
beforeEach(async () => {
  server = await startTestServer({ now: Date.parse('2024-11-20T09:00:00+07:00') });
  writer = await signedInPerson(server, 'editor');
  second = await signedInPerson(server, 'approver');
});
afterEach(() => server.end());

const hourMs = 3_600_000;
const view = async (id = 'reception') => playlistViewSchema.parse((await writer.call('GET', `/api/playlists/${id}`)).body);
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
async function edit(by = writer): Promise<number> {
  const { items, revision } = await view();
  return playlistViewSchema.parse((await by.call('PUT', '/api/playlists/reception', { revision, items: sentItems(items).reverse() })).body).revision;
}
const set = (revision: number, at: number, by = second) => by.call('POST', schedulePaths.schedule('reception'), { revision, at });
const listed = async (by = second) => scheduledSchema.array().parse((await by.call('GET', schedulePaths.list)).body);
async function pass(ms: number): Promise<void> {
  server.clock.now += ms;
  await server.publishDue();
}

describe('a publish at a set time', () => {
  it('reaches the players then and not before, once, under the name of whoever set it', async () => {
    const player = connect(server.url, newBox(), { enrol: server.enrol.reception ?? '' });
    await player.prove();
    const before = await player.next('state');
    const revision = await edit();
    expect((await set(revision, server.clock.now + hourMs)).status).toBe(200);
    await pass(hourMs - 1_000);
    expect((await view()).publishedRevision).toBe(revision - 1);
    expect(await listed()).toMatchObject([{ playlist: { id: 'reception' }, revision, state: 'waiting', by: second.name, own: true }]);
    await pass(1_000);
    expect(await view()).toMatchObject({ publishedRevision: revision, publishedAt: server.clock.now });
    expect((await player.next('state')).manifest).not.toBe(before.manifest);
    player.close();
    await pass(hourMs);
    expect(await listed()).toEqual([]);
    const { publishes } = revisionSchema.parse((await writer.call('GET', revisionPaths.revision('reception', revision))).body);
    expect(publishes).toMatchObject([{ by: second.name }]);
  });

  it('is refused for what would refuse it now or by then, for a time that is over, and twice', async () => {
    const revision = await edit();
    expect(code(await set(revision, server.clock.now))).toBe('schedule-time');
    expect(code(await set(revision, server.clock.now + 400 * 24 * hourMs))).toBe('schedule-time');
    expect(code(await set(revision - 1, server.clock.now + hourMs))).toBe('playlist-changed');
    expect((await set(revision, server.clock.now + hourMs, writer)).status).toBe(403);
    expect((await set(revision, server.clock.now + hourMs)).status).toBe(200);
    expect(code(await set(revision, server.clock.now + 2 * hourMs))).toBe('schedule-open');
    expect((await writer.call('DELETE', schedulePaths.schedule('reception'))).status).toBe(200);

    const { db, now } = server.context;
    const channel = publishingSchema.parse((await writer.call('GET', '/api/playlists/reception/publishing')).body);
    expect(channel.secondPerson).toBe(false);
    const [sha256 = ''] = mediaOfPlaylist({ id: 'p', name: 'P', items: (await view()).items });
    const facts = { kind: 'picture', width: 1, height: 1, seconds: null, poster: null, thumbnail: sha256, name: 'Ảnh', unit: null } as const;
    await addEntry(db, { ...facts, sha256, source: sha256, person: writer.id, author: writer.name, createdAt: now() });
    await describeEntry(db, sha256, 'Ảnh', { vi: 'x' }, '2024-11-21');
    expect(code(await set(revision, server.clock.now + 72 * hourMs))).toBe('not-ready');
    expect((await set(revision, server.clock.now + 24 * hourMs)).status).toBe(200);
  });

  it.each<[string, () => Promise<unknown>, string]>([
    ['somebody edited it meanwhile', () => edit(), 'vừa sửa danh sách phát'],
    ['whoever set it has left', () => closePerson(server.context.db, second.id, null, server.clock.now), 'đã đóng'],
    ['the server was away for too long', async () => void (server.clock.now += 2 * hourMs), 'không chạy vào giờ hẹn'],
  ])('changes nothing and says why when %s', async (_what, happens, words) => {
    const revision = await edit();
    await set(revision, server.clock.now + hourMs);
    await happens();
    await pass(hourMs);
    expect((await view()).publishedRevision).toBe(revision - 1);
    const [failed] = await listed(writer);
    expect(failed).toMatchObject({ state: 'failed', revision });
    expect(failed?.why[0]?.vi).toMatch(new RegExp(words, 'u'));
    await writer.call('DELETE', schedulePaths.schedule('reception'));
    expect(await listed(writer)).toEqual([]);
  });

  it('goes on after the server was started anew', async () => {
    const revision = await edit();
    await set(revision, server.clock.now + hourMs);
    server = await server.again();
    await pass(hourMs + 60_000);
    const row = await server.context.db.selectFrom('playlists').select('published_revision').where('id', '=', 'reception').executeTakeFirst();
    expect(row?.published_revision).toBe(revision);
  });
});

describe('what a playlist was', () => {
  it('is shown again with its publishes and manifests, and taken back as the next draft', async () => {
    const first = (await view()).items.map(({ id }) => id);
    const revision = await edit();
    await second.call('POST', '/api/playlists/reception/publish', { revision });
    const old = revisionSchema.parse((await writer.call('GET', revisionPaths.revision('reception', revision))).body);
    expect(old).toMatchObject({ revision, latest: revision, by: writer.name });
    const [sha256] = old.publishes[0]?.channels.map((channel) => channel.sha256) ?? [];
    const envelope = envelopeSchema.parse((await server.app.inject(`/manifests/${sha256}`)).json());
    const shown = manifestSchema.parse(JSON.parse(envelope.payload)).layers[0]?.playlist.items.map(({ id }) => id) ?? [];
    expect(old.items.map(({ id }) => id)).toEqual(expect.arrayContaining(shown));

    const take = (by: TestPerson, latest: number) => by.call('POST', revisionPaths.takeBack('reception', 1), { revision: latest });
    expect(code(await take(writer, revision - 1))).toBe('playlist-changed');
    expect((await take(writer, revision)).body).toEqual({ revision: revision + 1 });
    expect(await view()).toMatchObject({ revision: revision + 1, publishedRevision: revision, stage: 'draft' });
    expect((await view()).items.map(({ id }) => id)).toEqual(first);
    expect((await writer.call('GET', revisionPaths.revision('reception', 99))).status).toBe(404);
  });
});
