// Layers of a channel against the real server: what fits, what is refused with which numbers, who fills a layer, and what the screens get.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { channelPaths, channelsViewSchema, layeredSchema } from '../../core/channel-api.ts';
import type { LayerShare } from '../../core/layers.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { compile, turnsBetween } from '../../core/programme.ts';
import { checkPaths, readinessSchema } from '../../core/publish-checks.ts';
import { askedChangeSchema } from '../../core/settings-api.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { programmeViewSchema } from '../../core/programme-api.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { bindKey } from '../screens/screen-store.ts';
import { confirmLinks } from '../testing/settings.ts';
import { newBox } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { findChannel } from './channel-store.ts';

const ward = 'c00004';
let server: TestServer;
let admin: TestPerson;
let wardApprover: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  admin = await signedInPerson(server, 'admin');
  wardApprover = await signedInPerson(server, 'approver', { unit: ward });
});
afterAll(() => server.end());

const failure = ({ body }: { body: unknown }) =>
  z.object({ error: z.object({ code: z.string(), details: z.unknown().optional() }) }).safeParse(body).data?.error;
const layersOf = async (id: string) =>
  (channelsViewSchema.parse((await admin.call('GET', channelPaths.channels)).body).channels.find((channel) => channel.id === id)?.layers ?? []).map(
    ({ playlist, share, unit }): LayerShare => ({ playlist, share, unit }),
  );
const put = async (id: string, layers: LayerShare[]) => admin.call('PUT', channelPaths.layers(id), { began: await layersOf(id), layers });
const copy = async (name: string, copyOf = 'reception') =>
  playlistViewSchema.parse((await admin.call('POST', '/api/playlists', { name, kind: copyOf === 'street' ? 'led' : 'lcd', copyOf })).body);
async function manifestOf(id: string) {
  const text = await manifestEnvelope(server.context.db, (await findChannel(server.context.db, id))?.manifest?.sha256 ?? '');
  return manifestSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text ?? '')).payload));
}
const own = (playlist: string, share: number): LayerShare => ({ playlist, share, unit: null });

describe('a layer', () => {
  it('is shown beside the channel’s own playlist once its unit has published it, with the share that it is guaranteed', async () => {
    const { id, items, revision } = await copy('Phường');
    expect(layeredSchema.parse((await put('reception', [own('reception', 75), { playlist: id, share: 25, unit: ward }])).body)).toMatchObject({
      waiting: false,
      channel: { layers: [{ share: 75 }, { playlist: id, share: 25, unit: ward, name: 'Phường', unitName: expect.stringMatching(/\S/) as string }] },
    });
    expect((await manifestOf('reception')).layers).toHaveLength(1);

    const kept = sentItems(items).slice(0, 2);
    const saved = await wardApprover.call('PUT', `/api/playlists/${id}`, { revision, items: kept });
    expect(saved.status, saved.text).toBe(200);
    const published = await wardApprover.call('POST', `/api/playlists/${id}/publish`, { revision: revision + 1 });
    expect(published.status, published.text).toBe(200);

    const manifest = await manifestOf('reception');
    expect(manifest.layers.map(({ share, playlist }) => [share, playlist.id])).toEqual([
      [75, 'reception'],
      [25, id],
    ]);
    const ids = manifest.layers.flatMap(({ playlist }) => playlist.items.map((item) => item.id));
    expect(new Set(ids).size).toBe(ids.length);
    const ofWard = new Set(manifest.layers[1]?.playlist.items.map((item) => item.id));
    const noon = Date.parse('2024-11-13T12:00:00+07:00');
    const turns = turnsBetween(compile(manifest), noon, noon + 3_600_000);
    const seconds = turns.reduce((sum, { start, end, item }) => sum + (item !== undefined && ofWard.has(item) ? (end - start) / 1_000 : 0), 0);
    expect(seconds).toBeGreaterThan(900 - 60);
    expect(seconds).toBeLessThan(900 + 60);
  });

  it('is filled by its unit on the city’s screens, and by nobody of another', async () => {
    const [, layer] = await layersOf('reception');
    const { revision } = playlistViewSchema.parse((await admin.call('GET', `/api/playlists/${layer?.playlist}`)).body);
    const stranger = await signedInPerson(server, 'approver', { unit: 'c00008' });
    expect(failure(await stranger.call('POST', `/api/playlists/${layer?.playlist}/publish`, { revision }))?.code).toBe('outside-own-unit');
    expect(failure(await wardApprover.call('POST', '/api/playlists/reception/publish', { revision: 1 }))?.code).toBe('outside-own-unit');
  });

  it('tells of its items what keeps them off a screen, as the channel’s own playlist does', async () => {
    const [screen] = screenViewSchema
      .array()
      .parse((await admin.call('GET', '/api/screens')).body)
      .filter(({ channel }) => channel === 'reception');
    const [, layer] = await layersOf('reception');
    const { items, revision } = playlistViewSchema.parse((await admin.call('GET', `/api/playlists/${layer?.playlist}`)).body);
    const next = { ...sentItems(items)[0], id: 'sap-toi', name: 'Sắp tới' };
    await wardApprover.call('PUT', `/api/playlists/${layer?.playlist}`, { revision, items: [...sentItems(items), next] });
    const view = programmeViewSchema.parse((await admin.call('GET', `/api/screens/${screen?.id}/programme`)).body);
    expect(view.items.find(({ name }) => name === 'Sắp tới')?.standing).toBe('not-published');
  });

  it('that no longer fits is refused with what was asked, what is left and who holds it', async () => {
    const layers = await layersOf('reception');
    const { id } = await copy('Trường học');
    const refused = failure(await put('reception', [...layers, { playlist: id, share: 10, unit: null }]));
    expect(refused).toMatchObject({ code: 'air-time-full', details: { asked: 360, left: 0, holders: [{ seconds: 2_700 }, { name: 'Phường', seconds: 900 }] } });
    expect(JSON.stringify(refused?.details)).toContain('Xin 360 giây mỗi giờ, còn 0 giây.');
    expect(await layersOf('reception')).toEqual(layers);
  });

  it('is refused where it is no playlist of that kind, named twice, not behind the channel’s own, or another edit was faster', async () => {
    const layers = await layersOf('reception');
    const code = async (wanted: LayerShare[]) => failure(await put('reception', wanted))?.code;
    expect(await code([own('reception', 50), own('street', 10)])).toBe('layer-kind');
    expect(await code([own('reception', 50), own('reception', 10)])).toBe('layer-twice');
    expect(await code([own('reception', 50), { playlist: layers[1]?.playlist ?? '', share: 10, unit: 'zz' }])).toBe('unit-unknown');
    expect(await code(layers.toReversed())).toBe('layers-own-first');
    expect(failure(await admin.call('PUT', channelPaths.layers('reception'), { began: [], layers }))?.code).toBe('settings-changed');
  });

  it('has no item that lasts longer than its seconds of an hour: the check says by how much, and nothing is published', async () => {
    const [, layer] = await layersOf('reception');
    const id = layer?.playlist ?? '';
    const { items, revision } = playlistViewSchema.parse((await admin.call('GET', `/api/playlists/${id}`)).body);
    const long = sentItems(items).map((item, index) => (index === 0 ? { ...item, seconds: 1_000 } : item));
    await wardApprover.call('PUT', `/api/playlists/${id}`, { revision, items: long });
    const [check] = readinessSchema.parse((await admin.call('GET', checkPaths.checks(id))).body).checks;
    expect(check).toMatchObject({ kind: 'air-time', severity: 'error' });
    expect(check?.words.vi).toMatch(/dài 1\.000 giây.*900 giây mỗi giờ/);
    expect(failure(await wardApprover.call('POST', `/api/playlists/${id}/publish`, { revision: revision + 1 }))?.code).toBe('not-ready');
  });
});

describe('outdoors', () => {
  it('a second administrator gives a layer, which shows only what two have approved', async () => {
    const { db, now } = server.context;
    const profile = screenViewSchema
      .array()
      .parse((await admin.call('GET', '/api/screens')).body)
      .find(({ channel }) => channel === 'street')?.profile;
    const screen = screenViewSchema.parse((await admin.call('POST', '/api/screens', { name: 'Ngã tư Láng', channel: 'street', profile })).body);
    await bindKey(db, screen.id, newBox().publicKey, now());
    await confirmLinks(server.context);
    const { id, revision } = await copy('Quận', 'street');
    const one = await admin.call('POST', `/api/playlists/${id}/publish`, { revision });
    expect(one.status, one.text).toBe(200);
    const layers = [own('street', 80), own(id, 20)];
    expect(failure(await put('street', layers))?.code).toBe('channel-not-approved');

    const empty = await copy('Quận khác', 'street');
    const wanted = [own('street', 80), own(empty.id, 20)];
    expect(layeredSchema.parse((await put('street', wanted)).body)).toMatchObject({ waiting: true, channel: { asked: { kind: 'layers' } } });
    expect(await layersOf('street')).toEqual([own('street', 100)]);
    const second = await signedInPerson(server, 'admin');
    const [asked] = askedChangeSchema.array().parse((await second.call('GET', '/api/changes')).body);
    expect(asked?.changes).toContainEqual({ path: 'layers.Quận khác', before: null, after: 720 });
    expect((await second.call('POST', `/api/changes/${asked?.id}/confirm`, { digest: asked?.digest })).status).toBe(200);
    expect(await layersOf('street')).toEqual(wanted);
    expect(failure(await admin.call('POST', `/api/playlists/${empty.id}/publish`, { revision: empty.revision }))?.code).toBe('second-person-needed');
  });
});
