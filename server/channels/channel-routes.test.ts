// Channels and their rules against the real server, with a real player: who plays what, from when on, and who had to want it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { changedScreenSchema, screenViewSchema } from '../../core/screen-api.ts';
import { channelSchema, channelsViewSchema, copiedChannelsSchema, ruledSchema } from '../../core/channel-api.ts';
import type { ChannelRule } from '../../core/channel-rules.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { askedChangeSchema } from '../../core/settings-api.ts';
import { findChannel, setChannelLayers } from './channel-store.ts';
import { bindKey } from '../screens/screen-store.ts';
import { connect, newBox } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const home = 'c00004';
let server: TestServer;
let one: TestPerson;
let two: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  one = await signedInPerson(server, 'admin');
  two = await signedInPerson(server, 'admin');
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await one.call('GET', '/api/screens')).body);
const ofId = async (id: string) => (await screens()).find((screen) => screen.id === id);
const view = async () => channelsViewSchema.parse((await one.call('GET', '/api/channels')).body);
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
async function add(channel: string, by = one) {
  const profile = (await screens()).find((screen) => screen.channel === channel)?.profile;
  return screenViewSchema.parse((await by.call('POST', '/api/screens', { name: `Màn ${channel}`, channel, profile })).body);
}
const make = async (name: string, playlist: string) => channelSchema.parse((await one.call('POST', '/api/channels', { name, playlist })).body);
const choose = (id: string, channel: string | null, by = one) => by.call('PUT', `/api/screens/${id}/channel`, { channel });
async function put(rules: ChannelRule[]) {
  const { revision } = await view();
  return one.call('PUT', '/api/channel-rules', { revision, rules });
}
async function tag(id: string, tags: string[], unit: string | null = null) {
  const screen = await ofId(id);
  if (!screen) throw new Error('the screen is gone');
  const { revision, name, place, contact, hours, profile } = screen;
  const answer = await one.call('PUT', `/api/screens/${id}`, { revision, name, place, contact, hours, profile, unit, tags });
  return changedScreenSchema.parse(answer.body);
}

describe('a channel', () => {
  it('is copied with its playlist, items, dates and phases as a draft for the next campaign, and nothing of the first one changes', async () => {
    const before = playlistViewSchema.parse((await one.call('GET', '/api/playlists/reception')).body);
    const [first, ...rest] = sentItems(before.items);
    if (!first) throw new Error('the playlist is empty');
    const windows = [{ days: [1], startDate: '2026-11-30', endDate: '2026-12-31', from: '07:00' }];
    const items = [{ ...first, windows, enabled: false }, ...rest];
    const saved = playlistViewSchema.parse((await one.call('PUT', '/api/playlists/reception', { revision: before.revision, items })).body);
    const also = await make('Sảnh tầng 3', 'reception');
    const answer = await one.call('POST', '/api/channels/copies', { channels: ['reception', also.id, 'street'], suffix: 'Tết 2027', days: 31 });
    const { made, view: after } = copiedChannelsSchema.parse(answer.body);
    const copies = made.map((id) => after.channels.find((channel) => channel.id === id));
    expect(copies).toMatchObject([
      { screens: 0, version: null },
      { name: 'Sảnh tầng 3 – Tết 2027', screens: 0 },
      { screens: 0, ruled: false },
    ]);
    // What several channels play is copied once.
    expect(new Set(copies.map((copy) => copy?.playlist.id)).size).toBe(2);
    const copy = playlistViewSchema.parse((await one.call('GET', `/api/playlists/${copies[0]?.playlist.id}`)).body);
    expect(copy).toMatchObject({ stage: 'draft', publishedRevision: null, name: `${saved.name} – Tết 2027` });
    const bare = ({ number: _number, windows: _windows, ...item }: (typeof copy.items)[number]) => item;
    expect(copy.items.map(bare)).toEqual(saved.items.map(bare));
    expect(copy.items[0]?.windows).toEqual([{ days: [1], startDate: '2026-12-31', endDate: '2027-01-31', from: '07:00' }]);
    expect(copy.items.some(({ number }) => saved.items.some((item) => item.number === number))).toBe(false);
    expect(playlistViewSchema.parse((await one.call('GET', '/api/playlists/reception')).body).items).toEqual(saved.items);
    expect(code(await one.call('POST', '/api/channels/copies', { channels: ['khong-co'], suffix: 'Tết' }))).toBe('channel-unknown');
  });

  it('are copied with all their layers, each with its share', async () => {
    const layers = [
      { playlist: 'reception', share: 70, unit: null },
      { playlist: 'kiosk', share: 30, unit: null },
    ];
    await setChannelLayers(server.context.db, 'reception', layers);
    const { made } = copiedChannelsSchema.parse((await one.call('POST', '/api/channels/copies', { channels: ['reception'], suffix: 'Tết 2027' })).body);
    const copy = await findChannel(server.context.db, made[0] ?? '');
    expect(copy?.layers.map(({ share }) => share)).toEqual([70, 30]);
    expect(copy?.layers[0]?.playlist).toBe(copy?.playlist);
    expect(copy?.layers.some(({ playlist }) => ['reception', 'kiosk'].includes(playlist))).toBe(false);
  });

  it('plays at once what its playlist published last, and can be deleted while nothing needs it', async () => {
    const made = await make('Sảnh tầng 2', 'reception');
    expect(made).toMatchObject({ id: 'sanh-tang-2', playlist: { id: 'reception', kind: 'lcd' }, screens: 0, version: 1 });
    expect((await make('Sảnh tầng 2', 'reception')).id).toBe('sanh-tang-2-2');
    expect((await one.call('DELETE', '/api/channels/sanh-tang-2-2')).status).toBe(204);
    expect(code(await one.call('DELETE', '/api/channels/reception'))).toBe('channel-in-use');
    expect(code(await one.call('POST', '/api/channels', { name: 'Lạ', playlist: 'khong-co' }))).toBe('not-found');
  });

  it('of an indoor screen is changed by one person, and its player is told', async () => {
    const { id } = await add('reception');
    const box = newBox();
    await bindKey(server.context.db, id, box.publicKey, server.context.now());
    const player = connect(server.url, box);
    await player.prove();
    const before = await player.next('state');
    const answer = changedScreenSchema.parse((await choose(id, 'sanh-tang-2')).body);
    expect(answer).toMatchObject({ waiting: false, screen: { channel: 'sanh-tang-2', channelByRules: false } });
    const after = await player.next('state');
    expect(after.manifest).toBe((await findChannel(server.context.db, 'sanh-tang-2'))?.manifest?.sha256);
    expect(after.assignment).not.toBe(before.assignment);
    player.close();
    await server.context.db.updateTable('screens').set({ public_key: null, paired_at: null }).where('id', '=', id).execute();
    expect(code(await choose(id, 'khong-co'))).toBe('channel-unknown');
  });

  it('that cannot be read on the screen is refused with what is wrong', async () => {
    const { id } = await add('street');
    expect(code(await choose(id, 'reception'))).toBe('not-legible');
  });
});

describe('the rules', () => {
  it('give a screen the channel of its tag, then of its unit, and leave alone what was chosen for one screen', async () => {
    const [ward, market] = [(await make('Phường', 'reception')).id, (await make('Chợ', 'reception')).id];
    const [chosen, ruled] = [await add('reception'), await add('reception')];
    await choose(ruled.id, null);
    expect(await ofId(ruled.id)).toMatchObject({ channel: 'reception', channelByRules: true });
    await tag(ruled.id, [], home);
    await tag(chosen.id, [], home);
    const answer = ruledSchema.parse((await put([{ of: 'unit', subject: home, channel: ward }])).body);
    expect(answer).toMatchObject({ moved: 1, waiting: false });
    expect([(await ofId(ruled.id))?.channel, (await ofId(chosen.id))?.channel]).toEqual([ward, 'reception']);
    await put([
      { of: 'unit', subject: home, channel: ward },
      { of: 'tag', subject: 'chợ', channel: market },
    ]);
    expect((await tag(ruled.id, ['Chợ'], home)).screen.channel).toBe(market);
    expect((await tag(ruled.id, [], home)).screen.channel).toBe(ward);
    expect(code(await one.call('DELETE', `/api/channels/${market}`))).toBe('channel-in-use');
  });

  it('are refused when they name nothing, twice the same, or another edit was faster', async () => {
    const rule: ChannelRule = { of: 'tag', subject: 'Chợ', channel: 'street' };
    expect(code(await put([rule, { ...rule, subject: 'cho' }]))).toBe('rule-twice');
    expect(code(await put([{ ...rule, channel: 'khong-co' }]))).toBe('channel-unknown');
    expect(code(await put([{ of: 'unit', subject: 'zz', channel: 'street' }]))).toBe('unit-unknown');
    expect(code(await one.call('PUT', '/api/channel-rules', { revision: 0, rules: [] }))).toBe('settings-changed');
  });
});

describe('outdoors', () => {
  it('a second administrator carries another channel out, by itself or by rules, and sees which screens are meant', async () => {
    const other = (await make('Nút giao', 'street')).id;
    const { id, number } = await add('street');
    await bindKey(server.context.db, id, newBox().publicKey, server.context.now());
    expect((await choose(id, other)).body).toMatchObject({ waiting: true, screen: { channel: 'street' } });
    const open = async () => askedChangeSchema.array().parse((await two.call('GET', '/api/changes')).body);
    const confirm = async (kind: string) => {
      const change = (await open()).find((each) => each.kind === kind);
      return two.call('POST', `/api/changes/${change?.id}/confirm`, { digest: change?.digest });
    };
    expect(await open()).toMatchObject([{ kind: 'channel', subject: { id }, changes: [{ path: 'channel', before: 'street', after: other }] }]);
    expect((await confirm('channel')).status).toBe(200);
    expect(await ofId(id)).toMatchObject({ channel: other, channelByRules: false });

    expect((await choose(id, null)).body, 'no rule is about it: nothing changes').toMatchObject({ waiting: false, screen: { channelByRules: true } });
    await tag(id, ['Cột 5']);
    const { rules } = await view();
    expect((await put([...rules, { of: 'tag', subject: 'cột 5', channel: 'street' }])).body).toMatchObject({ waiting: true, moved: 0 });
    const [asked] = await open();
    expect(asked?.changes.map(({ path, after }) => [path, after])).toContainEqual([`screens.${number} Màn street`, 'street']);
    expect(await ofId(id)).toMatchObject({ channel: other });
    expect((await confirm('rules')).status).toBe(200);
    expect(await ofId(id)).toMatchObject({ channel: 'street', channelByRules: true });
  });

  it('what one person published is not brought there by moving a screen, also when it was published after the question', async () => {
    const playlist = playlistViewSchema.parse((await one.call('POST', '/api/playlists', { name: 'Riêng', kind: 'led', copyOf: 'street' })).body);
    await one.call('POST', `/api/playlists/${playlist.id}/publish`, { revision: playlist.revision });
    const own = (await make('Riêng', playlist.id)).id;
    const { id } = await add('street');
    expect(code(await choose(id, own))).toBe('channel-not-approved');

    const later = playlistViewSchema.parse((await one.call('POST', '/api/playlists', { name: 'Sau', kind: 'led', copyOf: 'street' })).body);
    const empty = (await make('Sau', later.id)).id;
    expect((await choose(id, empty)).body).toMatchObject({ waiting: true });
    const items = sentItems(later.items).reverse();
    await one.call('PUT', `/api/playlists/${later.id}`, { revision: later.revision, items });
    expect((await one.call('POST', `/api/playlists/${later.id}/publish`, { revision: later.revision + 1 })).status).toBe(200);
    const change = askedChangeSchema
      .array()
      .parse((await two.call('GET', '/api/changes')).body)
      .find(({ subject }) => subject.id === id);
    expect(code(await two.call('POST', `/api/changes/${change?.id}/confirm`, { digest: change?.digest }))).toBe('channel-not-approved');
  });
});
