import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishingSchema } from '../../core/approval-api.ts';
import { itemFindingSchema, playlistViewSchema, publishedSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { connect, newBox } from '../testing/test-player.ts';
import { shippedPlaylists, signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
});
afterAll(() => server.end());

const view = async (id: string) => playlistViewSchema.parse((await staff.call('GET', `/api/playlists/${id}`)).body);
const order = (items: readonly { id: string; enabled: boolean }[]) => items.map(({ id, enabled }) => ({ id, enabled }));
const manifestOf = async (sha256: string) =>
  manifestSchema.parse(JSON.parse((await server.app.inject(`/manifests/${sha256}`)).json<{ payload: string }>().payload));
const shipped = (id: string) =>
  JSON.parse(readFileSync(join(shippedPlaylists, `${id}.json`), 'utf8')) as { items: { id: string; seconds: number; props: object }[] };

it('reorders and switches off, then publishes: connected screens are told at once', async () => {
  const player = connect(server.url, newBox(), { enrol: server.enrol.street ?? '' });
  await player.prove();
  const before = await player.next('state');
  const { items, revision, publishedRevision } = await view('street');
  expect(publishedRevision).toBe(revision);
  const wanted = [...items].reverse().map((item, index) => ({ ...item, enabled: index > 0 }));
  const changed = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/street', { revision, items: sentItems(wanted) })).body);
  expect(order(changed.items)).toEqual(order(wanted));
  expect(changed).toMatchObject({ revision: revision + 1, publishedRevision: revision });
  expect(changed.items.map(({ number }) => number).reverse()).toEqual(items.map(({ number }) => number));

  const published = publishedSchema.parse((await staff.call('POST', '/api/playlists/street/publish', { revision: revision + 1 })).body);
  const state = await player.next('state');
  expect(state.manifest).toBe(published.channels[0]?.sha256);
  expect(state.manifest).not.toBe(before.manifest);
  // A publish signs nothing a screen: what is said of the screen itself stays as it was.
  expect(state.assignment).toBe(before.assignment);
  const manifest = await manifestOf(state.manifest ?? '');
  expect(manifest.version).toBe((await manifestOf(before.manifest ?? '')).version + 1);
  expect(manifest.layers[0]?.playlist.items.map(({ id }) => id)).toEqual(wanted.slice(1).map(({ id }) => id));
  const log = await server.context.db.selectFrom('audit').select(['who', 'what', 'subject']).where('subject', '=', 'street').execute();
  expect(log.map(({ what }) => what)).toEqual(['playlist.change', 'playlist.publish']);
  player.close();
});

it('fault 48: lets nobody overwrite what another has saved meanwhile', async () => {
  const { items, revision } = await view('kiosk');
  const both = await Promise.all([1, 2].map(() => staff.call('PUT', '/api/playlists/kiosk', { revision, items: sentItems(items) })));
  expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await staff.call('POST', '/api/playlists/kiosk/publish', { revision })).toMatchObject({ status: 409, body: { error: { code: 'playlist-changed' } } });
});

describe('a file that replaces a playlist', () => {
  it('keeps the numbers of items that stay and gives new ones to new items only', async () => {
    const before = await view('reception');
    const file = shipped('reception');
    const [first, ...others] = file.items;
    if (!first) throw new Error('the shipped playlist is empty');
    const replaced = playlistViewSchema.parse(
      (await staff.call('PUT', '/api/playlists/reception/file', { ...file, items: [{ ...first, id: 'brand-new' }, ...others] })).body,
    );
    const numbers = new Map(before.items.map(({ id, number }) => [id, number]));
    for (const { id, number } of replaced.items.slice(1)) expect(number).toBe(numbers.get(id));
    expect(replaced.items[0]?.number).toBeGreaterThan(Math.max(...numbers.values()));
    const back = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/reception/file', file)).body);
    expect(back.items.map(({ number }) => number)).toEqual(before.items.map(({ number }) => number));
  });

  const cases: [string, (file: ReturnType<typeof shipped>) => object, string][] = [
    ['an unknown scene', (file) => ({ ...file, items: [{ ...file.items[0], scene: 'hologram' }] }), 'items[0].scene'],
    ['zero seconds', (file) => ({ ...file, items: [{ ...file.items[0], seconds: 0 }] }), 'items[0].seconds'],
    ['negative seconds', (file) => ({ ...file, items: [{ ...file.items[0], seconds: -5 }] }), 'items[0].seconds'],
    ['two items with one id', (file) => ({ ...file, items: [file.items[0], file.items[0]] }), 'items[1].id'],
    [
      'a missing asset',
      (file) => ({ ...file, items: [{ ...file.items[0], scene: 'picture', props: { asset: 'pictures/none.svg', alt: { vi: 'Không có' } } }] }),
      'items[0].props.asset',
    ],
    ['another id', (file) => ({ ...file, id: 'street' }), 'id'],
    ['a name of 4,000 letters (fault 24)', (file) => ({ ...file, items: [{ ...file.items[0], name: 'ế'.repeat(4_000) }] }), 'items[0].name'],
  ];
  it.each(cases)('with %s is refused by its path, and nothing changes', async (_what, spoil, path) => {
    const before = await view('reception');
    const answer = await staff.call('PUT', '/api/playlists/reception/file', spoil(shipped('reception')));
    expect(answer).toMatchObject({ status: 422, body: { error: { code: 'playlist-invalid', details: [{ path }] } } });
    expect(await view('reception')).toEqual(before);
  });
});

it('fault 57: refuses what cannot be read beside a road, in words that name the item and the screens, and publishes it when it is mended', async () => {
  const file = shipped('street');
  const before = await view('street');
  const crowded = { heading: { vi: 'Người dân, doanh nghiệp gửi phản ánh, kiến nghị tới chính quyền các cấp và theo dõi kết quả xử lý trên iHanoi' } };
  const items = file.items.map((item) => (item.id === 'otp' ? { ...item, seconds: 6, props: crowded } : item));
  const spoilt = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/street/file', { ...file, items })).body);
  const answer = await staff.call('POST', '/api/playlists/street/publish', { revision: spoilt.revision });
  expect(answer).toMatchObject({ status: 422, body: { error: { code: 'not-legible' } } });
  const details = itemFindingSchema.array().parse((answer.body as { error: { details: unknown } }).error.details);
  expect(new Set(details.map(({ rule }) => rule))).toEqual(new Set(['trafficDwellSeconds', 'maxTrafficSyllables', 'syllablesPerSecondTraffic']));
  for (const { item, name, screens, what } of details) {
    expect([item, name]).toEqual(['otp', 'Cảnh giác: mã OTP']);
    expect(screens.length).toBeGreaterThan(0);
    expect(what.vi).not.toBe(what.en);
  }
  const told = itemFindingSchema.array().parse((await staff.call('GET', '/api/playlists/street/findings')).body);
  expect(told.filter(({ severity }) => severity === 'error')).toEqual(details);
  expect((await view('street')).publishedRevision).toBe(before.publishedRevision);

  const mended = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/street/file', file)).body);
  const published = await staff.call('POST', '/api/playlists/street/publish', { revision: mended.revision });
  expect(publishedSchema.parse(published.body).warnings.filter(({ severity }) => severity === 'error')).toEqual([]);
});

it('fault 77: publishes once when it is pressed twice, also at the same time', async () => {
  const { items, revision } = await view('kiosk');
  await staff.call('PUT', '/api/playlists/kiosk', { revision, items: sentItems(items).reverse() });
  const press = () => staff.call('POST', '/api/playlists/kiosk/publish', { revision: revision + 1 });
  const answers = [...(await Promise.all([press(), press()])), await press()];
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(new Set(answers.map(({ body }) => JSON.stringify(publishedSchema.parse(body).channels))).size).toBe(1);
  const { db } = server.context;
  expect(
    await db
      .selectFrom('manifests')
      .select('version')
      .where('channel', '=', 'kiosk')
      .where('revision', '=', revision + 1)
      .execute(),
  ).toHaveLength(1);
  expect(await db.selectFrom('audit').select('id').where('what', '=', 'playlist.publish').where('subject', '=', 'kiosk').execute()).toHaveLength(1);
});

it('fault 76, fault 83: asks for a second person before anything reaches a real screen outdoors', async () => {
  const { body } = await staff.call('GET', '/api/screens');
  const street = screenViewSchema
    .array()
    .parse(body)
    .find(({ channel }) => channel === 'street');
  const add = (profile: object) => staff.call('POST', '/api/screens', { name: 'Nút giao Cầu Giấy', channel: 'street', profile });
  const edit = async () => {
    const { items, revision } = await view('street');
    return staff.call('PUT', '/api/playlists/street', { revision, items: sentItems(items).reverse() });
  };
  const publish = async (by: Staff = staff) => by.call('POST', '/api/playlists/street/publish', { revision: (await view('street')).revision });
  await edit();
  expect((await publish()).status).toBe(200);
  expect((await add({ ...street?.profile, audience: 'indoor' })).status).toBe(201);
  await edit();
  expect((await publish()).status).toBe(200);

  // What one person has published indoors does not go outdoors with a new screen.
  expect(await add(street?.profile ?? {})).toMatchObject({ status: 409, body: { error: { code: 'channel-not-approved' } } });
  const asked = await staff.call('POST', '/api/playlists/street/approvals', { revision: (await view('street')).revision });
  const { approval } = publishingSchema.parse(asked.body);
  const second = await signedInPerson(server, 'approver');
  await second.call('POST', `/api/playlists/street/approvals/${approval?.id}/approve`, { digest: approval?.digest });
  expect((await add(street?.profile ?? {})).status, 'approved and not published yet').toBe(409);
  expect((await publish(second)).status).toBe(200);
  expect((await add(street?.profile ?? {})).status).toBe(201);
  await edit();
  expect(await publish()).toMatchObject({ status: 409, body: { error: { code: 'second-person-needed' } } });
});

it('knows no playlist that there is not', async () => {
  expect((await staff.call('GET', '/api/playlists/none')).status).toBe(404);
  expect((await staff.call('PUT', '/api/playlists/none', { revision: 1, items: [{ id: 'a', name: 'Giờ', scene: 'clock', seconds: 10 }] })).status).toBe(404);
  expect((await staff.call('POST', '/api/playlists/none/publish', { revision: 1 })).status).toBe(404);
});
