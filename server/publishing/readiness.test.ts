// What is looked at before a publish: links, claims, last days, hours, files, players. Each is told before, stops the publish, and says what to do.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { publishingSchema } from '../../core/approval-api.ts';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { checkPaths, readinessSchema } from '../../core/publish-checks.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { mediaOfPlaylist, type Item } from '../../core/playlist.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { findChannel, listChannels } from '../channels/channel-store.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { republish } from '../manifests/publish.ts';
import { addEntry, describeEntry } from '../media/library-store.ts';
import { mediaPath } from '../media/media-files.ts';
import { bindKey, keepCapabilities } from '../screens/screen-store.ts';
import { confirmLinks } from '../testing/settings.ts';
import { newBox } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let writer: TestPerson;
let second: TestPerson;
let screen: string;
beforeEach(async () => {
  server = await startTestServer({ now: Date.parse('2024-11-20T09:00:00+07:00') });
  staff = await signIn(server);
  const profile = screenViewSchema
    .array()
    .parse((await staff.call('GET', '/api/screens')).body)
    .find(({ channel }) => channel === 'street')?.profile;
  screen = screenViewSchema.parse((await staff.call('POST', '/api/screens', { name: 'Ngã tư Láng', channel: 'street', profile })).body).id;
  await bindKey(server.context.db, screen, newBox().publicKey, server.context.now());
  writer = await signedInPerson(server, 'editor');
  second = await signedInPerson(server, 'approver');
});
afterEach(() => server.end());

const basis = { number: '45/BC-UBND', date: '2024-11-18', office: 'UBND thành phố Hà Nội' };
const view = async (id = 'street') => playlistViewSchema.parse((await writer.call('GET', `/api/playlists/${id}`)).body);
const ready = async (id = 'street') => readinessSchema.parse((await writer.call('GET', checkPaths.checks(id))).body);
const failure = ({ body }: { body: unknown }) =>
  z.object({ error: z.object({ code: z.string(), details: z.unknown().optional() }) }).safeParse(body).data?.error;
type Sent = ReturnType<typeof sentItems>[number];
async function save(change: (items: Sent[]) => object[], id = 'street'): Promise<number> {
  const { items, revision } = await view(id);
  const saved = await writer.call('PUT', `/api/playlists/${id}`, { revision, items: change(sentItems(items)) });
  expect(saved.status, saved.text).toBe(200);
  return revision + 1;
}
const ask = (revision: number) => writer.call('POST', '/api/playlists/street/approvals', { revision });
const publish = (revision: number, id = 'street') => second.call('POST', `/api/playlists/${id}/publish`, { revision });
const message = (vi: string) => ({ id: 'tin', name: 'Tin', scene: 'message', props: { heading: { vi } }, seconds: 10, windows: [] });
async function playing(id: string): Promise<Item[]> {
  const { db } = server.context;
  const text = await manifestEnvelope(db, (await findChannel(db, id))?.manifest?.sha256 ?? '');
  return manifestSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text ?? '')).payload)).layers.flatMap(({ playlist }) => playlist.items);
}

describe('links', () => {
  it('and the help line are confirmed before anything goes to a real screen, and the refusal says who does what', async () => {
    const revision = await save((items) => [...items].reverse());
    const refused = failure(await ask(revision));
    expect(refused?.code).toBe('not-ready');
    expect(JSON.stringify(refused?.details)).toContain('https://ihanoi.gov.vn');
    expect(JSON.stringify(refused?.details)).toContain('1022');
    await confirmLinks(server.context);
    expect((await ready()).checks).toEqual([]);
    expect((await ask(revision)).status).toBe(200);
  });

  it('are not asked for on a trial', async () => {
    await server.context.db.updateTable('screens').set({ paired_at: null, state: 'revoked' }).where('id', '=', screen).execute();
    expect(await ready()).toMatchObject({ asksConfirmation: false, checks: [] });
  });
});

describe('a sentence with a figure', () => {
  beforeEach(() => confirmLinks(server.context));

  it('waits for its document; another figure waits again', async () => {
    const revision = await save((items) => [message('Hơn 1.633.840 tài khoản'), ...items.slice(1)]);
    expect(failure(await ask(revision))).toMatchObject({ code: 'not-ready', details: [{ kind: 'claim', item: 'tin' }] });
    const [claim] = (await ready()).claims;
    const path = checkPaths.claim('street', claim?.sha256 ?? '');
    expect((await writer.call('PUT', path, { basis: { ...basis, number: ' ' } })).status).toBe(400);
    const after = readinessSchema.parse((await writer.call('PUT', path, { basis })).body);
    expect(after).toMatchObject({ checks: [], claims: [{ confirmed: { by: writer.name, basis } }] });
    expect((await ask(revision)).status).toBe(200);
    const next = await save((items) => [message('Hơn 1.700.000 tài khoản'), ...items.slice(1)]);
    expect(failure(await ask(next))?.code).toBe('not-ready');
  });

  it('is confirmed by staff of its screens only, and only where it stands', async () => {
    await save((items) => [message('Hơn 1.633.840 tài khoản'), ...items.slice(1)]);
    const [claim] = (await ready()).claims;
    const local = await signedInPerson(server, 'editor', { unit: 'c00008' });
    expect(failure(await local.call('PUT', checkPaths.claim('street', claim?.sha256 ?? ''), { basis }))?.code).toBe('outside-own-unit');
    expect((await writer.call('PUT', checkPaths.claim('kiosk', claim?.sha256 ?? ''), { basis })).status).toBe(404);
  });
});

describe('a picture with a last day', () => {
  const use = async () => {
    const { db, now } = server.context;
    const [sha256 = ''] = mediaOfPlaylist({ id: 'p', name: 'P', items: await playing('reception') });
    const facts = { kind: 'picture', width: 1, height: 1, seconds: null, poster: null, thumbnail: sha256, name: 'Cầu Long Biên', unit: null } as const;
    await addEntry(db, { ...facts, sha256, source: sha256, person: writer.id, author: writer.name, createdAt: now() });
    return { sha256, until: (day: string | null) => describeEntry(db, sha256, 'Cầu Long Biên', { vi: 'x' }, day) };
  };
  const naming = async (sha256: string) =>
    (await playing('reception')).filter((item) => mediaOfPlaylist({ id: 'p', name: 'P', items: [item] }).includes(sha256));

  it('leaves the screens by itself after that day, and a longer one holds from the next publish only', async () => {
    const { sha256, until } = await use();
    await until('2024-11-25');
    expect((await publish(await save((items) => [...items].reverse(), 'reception'), 'reception')).status).toBe(200);
    const ends = async () => (await naming(sha256)).flatMap(({ windows }) => windows.map(({ endDate }) => endDate));
    expect(new Set(await ends())).toEqual(new Set(['2024-11-25']));

    await until('2024-12-31');
    const { db, keys, now } = server.context;
    const again = async () => republish(db, await listChannels(db), { keys, by: 'server', at: now() });
    await again();
    expect(new Set(await ends())).toEqual(new Set(['2024-11-25']));
    await until('2024-11-22');
    await again();
    expect(new Set(await ends())).toEqual(new Set(['2024-11-22']));
  });

  it('that is over is refused when it is saved and when it is published, by its name', async () => {
    const { sha256, until } = await use();
    const revision = await save((items) => [...items].reverse(), 'reception');
    await until('2024-11-19');
    const refused = failure(await publish(revision, 'reception'));
    expect(refused).toMatchObject({ code: 'not-ready', details: [{ kind: 'expiry', severity: 'error' }] });
    expect(JSON.stringify(refused?.details)).toContain('“Cầu Long Biên” chỉ được chiếu đến hết 19/11/2024');
    const { items } = await view('reception');
    const saved = await writer.call('PUT', '/api/playlists/reception', { revision, items: sentItems(items) });
    expect(failure(saved)?.code).toBe('playlist-invalid');
    expect(saved.text).toContain('đã hết hạn dùng');
    const off = sentItems(items).map((item) => (JSON.stringify(item.props).includes(sha256) ? { ...item, enabled: false } : item));
    expect((await writer.call('PUT', '/api/playlists/reception', { revision, items: off })).status).toBe(200);
  });

  it('that changes after it was asked about voids the approval', async () => {
    await confirmLinks(server.context);
    const { db, now } = server.context;
    const [sha256 = ''] = mediaOfPlaylist({ id: 'p', name: 'P', items: await playing('street') });
    const facts = { kind: 'picture', width: 1, height: 1, seconds: null, poster: null, thumbnail: sha256, name: 'Ảnh', unit: null } as const;
    await addEntry(db, { ...facts, sha256, source: sha256, person: writer.id, author: writer.name, createdAt: now() });
    await describeEntry(db, sha256, 'Ảnh', { vi: 'x' }, '2024-11-25');
    const revision = await save((items) => [...items].reverse());
    const { approval } = publishingSchema.parse((await ask(revision)).body);
    await describeEntry(db, sha256, 'Ảnh', { vi: 'x' }, '2025-11-25');
    const answer = await second.call('POST', `/api/playlists/street/approvals/${approval?.id}/approve`, { digest: approval?.digest });
    expect(failure(answer)?.code).toBe('approval-void');
  });
});

it('items whose hours are over are told, and a playlist of nothing else is refused', async () => {
  const past = [{ startDate: '2024-11-01', endDate: '2024-11-10' }];
  await save(([first, ...rest]) => [{ ...first, windows: past }, ...rest], 'reception');
  expect((await ready('reception')).checks).toMatchObject([{ kind: 'expiry', severity: 'warning' }]);
  const revision = await save((items) => items.map((item) => ({ ...item, windows: past })), 'reception');
  expect(failure(await publish(revision, 'reception'))).toMatchObject({ code: 'not-ready' });
});

describe('fault 54: hours that never meet those of a screen', () => {
  let admin: TestPerson;
  beforeEach(async () => {
    admin = await signedInPerson(server, 'admin');
  });
  const openAt = async (hours: object[]) => {
    const all = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
    for (const { id, revision, name, place, unit, contact, tags, profile } of all.filter(({ channel }) => channel === 'reception')) {
      const answer = await admin.call('PUT', `/api/screens/${id}`, { revision, name, place, unit, contact, tags, profile, hours });
      expect(answer.status, answer.text).toBe(200);
    }
    return all.filter(({ channel }) => channel === 'reception').map(({ name }) => name);
  };
  const night = [{ from: '22:00', until: '05:00' }];
  const saveFirst = (windows: object[]) => save(([first, ...rest]) => [{ ...first, windows }, ...rest], 'reception');

  it('stop a publish when nobody would ever see the item', async () => {
    const names = await openAt([{ from: '06:00', until: '22:00' }]);
    const revision = await saveFirst(night);
    expect((await ready('reception')).checks).toMatchObject([{ kind: 'hours', severity: 'error', screens: names }]);
    expect(failure(await publish(revision, 'reception'))).toMatchObject({ code: 'not-ready', details: [{ kind: 'hours' }] });
    expect((await publish(await saveFirst([{ from: '21:30', until: '23:00' }]), 'reception')).status).toBe(200);
  });

  it('are a warning where other screens show it, and none where a screen is never off', async () => {
    await openAt([]);
    await saveFirst(night);
    expect((await ready('reception')).checks).toEqual([]);
    const all = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
    const profile = all.find(({ channel }) => channel === 'reception')?.profile;
    const other = screenViewSchema.parse((await admin.call('POST', '/api/screens', { name: 'Một cửa', channel: 'reception', profile })).body);
    await bindKey(server.context.db, other.id, newBox().publicKey, server.context.now());
    const { revision, name, place, unit, contact, tags } = other;
    const own = { revision, name, place, unit, contact, tags, profile: other.profile, hours: [{ from: '06:00', until: '22:00' }] };
    const answer = await admin.call('PUT', `/api/screens/${other.id}`, own);
    expect(answer.status, answer.text).toBe(200);
    const hours = (await ready('reception')).checks.filter(({ kind }) => kind === 'hours');
    expect(hours).toMatchObject([{ severity: 'warning', screens: ['Một cửa'] }]);
  });
});

it('a file that is gone from the disk is named before any player is sent for it', async () => {
  const [sha256 = ''] = mediaOfPlaylist({ id: 'p', name: 'P', items: await playing('reception') });
  rmSync(join(server.context.filesDir, mediaPath(sha256)));
  const revision = await save((items) => [...items].reverse(), 'reception');
  expect(failure(await publish(revision, 'reception'))).toMatchObject({ code: 'not-ready', details: [{ kind: 'file' }] });
});

describe('a player', () => {
  const says = (scenes: string[], protocol = 1) => keepCapabilities(server.context.db, screen, { protocol, player: '1', shell: 'x', scenes });
  beforeEach(() => confirmLinks(server.context));

  it('that lacks a scene is named with the item that it will leave out', async () => {
    const scenes = [...new Set((await view()).items.map(({ scene }) => scene))];
    await says(scenes.filter((scene) => scene !== 'install'));
    const [check] = (await ready()).checks;
    expect(check).toMatchObject({ kind: 'player', severity: 'warning', screens: ['Ngã tư Láng'] });
    expect(check?.words.vi).toContain('Ngã tư Láng');
  });

  it('that can show nothing of it stops the publish', async () => {
    await says(['weather']);
    expect(failure(await ask(await save((items) => [...items].reverse())))).toMatchObject({
      ...{ code: 'not-ready', details: [{ kind: 'player', severity: 'error', screens: ['Ngã tư Láng'] }] },
    });
  });
});
