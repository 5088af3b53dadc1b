import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { scoreboardViewSchema } from '../../core/import-api.ts';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { screenViewSchema } from '../../core/screen-api.ts';
import { finalPaths, finalViewSchema } from '../../core/final-api.ts';
import { isActive } from '../../core/schedule.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { currentCampaign } from '../campaigns/campaign-store.ts';
import { connect, newBox } from '../testing/test-player.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { playlistsCopy, shippedPlaylists, signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

const day = (text: string) => Date.parse(`${text}T10:00:00+07:00`);

async function lookAt(server: TestServer, by?: Staff) {
  const staff = by ?? (await signIn(server));
  const get = async (path: string) => (await staff.call('GET', path)).body;
  const screens = screenViewSchema.array().parse(await get('/api/screens'));
  return {
    screens,
    playlists: playlistViewSchema.array().parse(await get('/api/playlists')),
    scoreboard: scoreboardViewSchema.parse(await get('/api/scoreboard')),
    manifestOf: async (channel: string) => {
      const sha256 = screens.find((screen) => screen.channel === channel)?.manifest?.sha256;
      const answer = await server.app.inject(`/manifests/${sha256}`);
      return manifestSchema.parse(JSON.parse(answer.json<{ payload: string }>().payload));
    },
  };
}

const shipped = (id: string) => JSON.parse(readFileSync(join(shippedPlaylists, `${id}.json`), 'utf8')) as { items: Record<string, unknown>[] };

describe('a first start', () => {
  it('has three trial screens, their playlists published, and a sample with a figure before it to compare', async () => {
    const server = await startTestServer({ now: day('2024-11-18') });
    ends.push(() => server.end());
    const { screens, playlists, scoreboard, manifestOf } = await lookAt(server);
    expect(screens.map(({ channel, trial, condition, profile: { viewport } }) => [channel, trial, condition, viewport.width, viewport.height])).toEqual([
      ['street', true, 'unpaired', 960, 576],
      ['reception', true, 'unpaired', 1920, 1080],
      ['kiosk', true, 'unpaired', 1080, 1920],
    ]);
    expect(playlists.map(({ id, problem, revision, publishedRevision }) => [id, problem, revision, publishedRevision])).toEqual([
      ['kiosk', null, 1, 1],
      ['reception', null, 1, 1],
      ['street', null, 1, 1],
    ]);
    expect(Object.values(server.enrol).every((token) => token !== null)).toBe(true);
    expect(scoreboard.units).toHaveLength(30);
    expect([scoreboard.previous?.number, scoreboard.current?.number, scoreboard.current?.sample]).toEqual([1, 2, true]);
    expect(new Date(scoreboard.current?.cutOff ?? 0).toISOString()).toBe('2024-11-17T10:00:00.000Z');
    expect((scoreboard.current?.cutOff ?? 0) - (scoreboard.previous?.cutOff ?? 0)).toBe(7 * 86_400_000);
    const { campaign, units, version } = await manifestOf('street');
    expect(campaign).toMatchObject({ trial: true, tree: 'hanoi-districts', period: { startDate: '2024-11-01', endDate: '2024-11-30' } });
    expect([units.length, version]).toEqual([30, 1]);
    const numbers = playlists.flatMap(({ items }) => items.map(({ number }) => number));
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  it('publishes items that are written for a phase with its dates in the period, which a trial rolls on', async () => {
    let server = await startTestServer({ now: day('2024-11-18') });
    ends.push(() => server.end());
    const datesOf = async (...ids: string[]) => {
      const { playlists, manifestOf } = await lookAt(server);
      const drafts = playlists.find(({ id }) => id === 'street')?.items ?? [];
      const sent = (await manifestOf('street')).layers[0]?.playlist.items ?? [];
      return ids.map((wanted) => [...drafts, ...sent].flatMap(({ id, phases, windows }) => (id === wanted ? [[phases, windows]] : [])));
    };
    expect(await datesOf('opening', 'result')).toEqual([
      [
        [['start'], []],
        [undefined, [{ startDate: '2024-11-01', endDate: '2024-11-07' }]],
      ],
      [
        [['result'], []],
        [undefined, [{ startDate: '2024-12-01', endDate: '2024-12-14' }]],
      ],
    ]);
    server = await server.again({ now: day('2024-12-02') });
    const [opening] = await datesOf('opening');
    expect(opening?.[1]).toEqual([undefined, [{ startDate: '2024-12-01', endDate: '2024-12-07' }]]);
  });

  it('without a trial has neither trial screens nor made-up figures, and the campaign runs as the plan says', async () => {
    const server = await startTestServer({ trial: false });
    ends.push(() => server.end());
    const { screens, scoreboard } = await lookAt(server);
    expect(screens).toEqual([]);
    expect(scoreboard.current).toBeNull();
    const campaign = await currentCampaign(server.context.db);
    expect([campaign?.trial, campaign?.plan, campaign?.period]).toEqual([false, '311/KH-UBND', { startDate: '2024-11-01', endDate: '2024-12-31' }]);
    expect(campaign?.phases.map(({ basis, startDate, endDate }) => [basis, startDate, endDate])).toEqual([
      ['311/KH-UBND', '2024-11-01', '2024-11-30'],
      ['4099/UBND-KSTTHC', '2024-12-01', '2024-12-31'],
    ]);
    expect(server.enrol).toEqual({ street: null, reception: null, kiosk: null });
  });
});

describe('a later start', () => {
  it('changes nothing when nothing has changed, and makes new links for what waits', async () => {
    let server = await startTestServer();
    ends.push(() => server.end());
    const before = await lookAt(server);
    const { enrol, signInLink } = server;
    server = await server.again();
    const after = await lookAt(server);
    expect(after.screens).toEqual(before.screens);
    expect(after.playlists).toEqual(before.playlists);
    expect(after.scoreboard).toEqual(before.scoreboard);
    expect(server.signInLink).not.toBe(signInLink);
    expect(server.enrol.kiosk).not.toBe(enrol.kiosk);
    const old = connect(server.url, newBox(), { enrol: enrol.kiosk ?? '' });
    await old.prove();
    expect((await old.next('refused')).refusal).toBe('bad-token');
  });

  it('with another tree switches campaign, units and sample, and publishes again', async () => {
    let server = await startTestServer();
    ends.push(() => server.end());
    server = await server.again({ tree: 'hanoi-communes-2025' });
    const { scoreboard, manifestOf } = await lookAt(server);
    expect(scoreboard.units).toHaveLength(126);
    expect(scoreboard.current).toMatchObject({ tree: 'hanoi-communes-2025', number: 4, sample: true });
    expect(scoreboard.previous?.number).toBe(3);
    expect(scoreboard.current?.rows).toHaveLength(126);
    const manifest = await manifestOf('kiosk');
    expect([manifest.version, manifest.campaign.tree, manifest.units.length]).toEqual([2, 'hanoi-communes-2025', 126]);
    server = await server.again();
    expect((await lookAt(server)).scoreboard.current?.number).toBe(4);
  });
});

describe('a shipped playlist', () => {
  it('that has changed is read again and published, unless staff have edited it', async () => {
    const copy = playlistsCopy();
    let server = await startTestServer({ playlists: copy.folder });
    ends.push(copy.end, () => server.end());
    const staff = await signIn(server);
    const { items, revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/street')).body);
    await staff.call('PUT', '/api/playlists/street', { revision, items: sentItems(items).reverse() });
    for (const id of ['street', 'kiosk']) copy.write(`${id}.json`, { ...shipped(id), name: 'Tên mới' });
    server = await server.again({ playlists: copy.folder });
    const { playlists, manifestOf } = await lookAt(server);
    expect(playlists.find(({ id }) => id === 'kiosk')).toMatchObject({ name: 'Tên mới', revision: 2, publishedRevision: 2 });
    expect(playlists.find(({ id }) => id === 'street')).toMatchObject({ revision: 2, publishedRevision: 1 });
    expect(playlists.find(({ id }) => id === 'street')?.items[0]?.id).toBe(items.at(-1)?.id);
    expect((await manifestOf('kiosk')).layers[0]?.playlist.name).toBe('Tên mới');
  });

  const bad: [string, (file: ReturnType<typeof shipped>) => unknown, string][] = [
    ['an unknown scene', (file) => ({ ...file, items: [{ ...file.items[0], scene: 'hologram' }] }), 'kiosk.json, items[0].scene: '],
    ['zero seconds', (file) => ({ ...file, items: [...file.items.slice(0, 2), { ...file.items[2], seconds: 0 }] }), 'kiosk.json, items[2].seconds: '],
    ['negative seconds', (file) => ({ ...file, items: [{ ...file.items[0], seconds: -1 }] }), 'kiosk.json, items[0].seconds: '],
    ['two items of one id', (file) => ({ ...file, items: [...file.items, file.items[0]] }), '].id: the id "'],
    [
      'a missing asset',
      (file) => ({ ...file, items: [{ id: 'p', name: 'P', scene: 'picture', seconds: 10, props: { asset: 'pictures/none.svg', alt: { vi: 'Không' } } }] }),
      'kiosk.json, items[0].props.asset: the asset "pictures/none.svg" does not exist',
    ],
    ['half a file', () => '{"id":"kiosk","items":[', 'kiosk.json: not JSON'],
  ];
  it.each(bad)('with %s is refused by file, path and reason, and the last good one plays on', async (_what, spoil, problem) => {
    const copy = playlistsCopy();
    let server = await startTestServer({ playlists: copy.folder });
    ends.push(copy.end, () => server.end());
    const before = await lookAt(server);
    copy.write('kiosk.json', spoil(shipped('kiosk')));
    server = await server.again({ playlists: copy.folder });
    expect(server.problems.join('\n')).toContain(problem);
    expect(server.logged.join('')).toContain('kiosk.json');
    const after = await lookAt(server);
    const kiosk = after.playlists.find(({ id }) => id === 'kiosk');
    expect(kiosk?.problem).toContain(problem);
    expect({ ...kiosk, problem: null }).toEqual(before.playlists.find(({ id }) => id === 'kiosk'));
    expect(after.screens.map(({ manifest }) => manifest)).toEqual(before.screens.map(({ manifest }) => manifest));
    copy.write('kiosk.json', shipped('kiosk'));
    server = await server.again({ playlists: copy.folder });
    expect((await lookAt(server)).playlists.find(({ id }) => id === 'kiosk')?.problem).toBeNull();
  });

  it('that is bad from the first start on leaves its screen without a manifest, and the others play', async () => {
    const copy = playlistsCopy();
    copy.write('street.json', '{}');
    const server = await startTestServer({ playlists: copy.folder });
    ends.push(copy.end, () => server.end());
    const { screens } = await lookAt(server);
    expect(screens.map(({ channel, manifest }) => [channel, manifest !== null])).toEqual([
      ['street', false],
      ['reception', true],
      ['kiosk', true],
    ]);
    const player = connect(server.url, newBox(), { enrol: server.enrol.street ?? '' });
    await player.prove();
    expect((await player.next('state')).manifest).toBeNull();
    player.close();
  });
});

describe('a trial’s campaign', () => {
  it('moves on to the next month by itself, on the screens too', async () => {
    const server = await startTestServer({ now: Date.parse('2024-11-30T23:50:00+07:00') });
    ends.push(() => server.end());
    const player = connect(server.url, newBox(), { enrol: server.enrol.reception ?? '' });
    await player.prove();
    const before = await player.next('state');
    await server.rollMonth();
    expect((await lookAt(server)).screens[1]?.manifest?.sha256).toBe(before.manifest);
    server.clock.now = Date.parse('2024-12-01T00:10:00+07:00');
    await server.rollMonth();
    const after = await player.next('state');
    const manifest = manifestSchema.parse(JSON.parse((await server.app.inject(`/manifests/${after.manifest}`)).json<{ payload: string }>().payload));
    expect(manifest.campaign.period).toEqual({ startDate: '2024-12-01', endDate: '2024-12-31' });
    player.close();
  });

  it('has moved on after a start in another month', async () => {
    let server = await startTestServer({ now: day('2024-12-10') });
    ends.push(() => server.end());
    server = await server.again({ now: day('2025-02-03') });
    expect((await (await lookAt(server)).manifestOf('street')).campaign.period).toEqual({ startDate: '2025-02-01', endDate: '2025-02-28' });
  });

  it('shows its result phase from the day on which its result is final, over a restart, then moves on and takes figures again', async () => {
    let server = await startTestServer({ now: day('2024-11-20') });
    ends.push(() => server.end());
    const [first, second] = [await signedInPerson(server, 'editor'), await signedInPerson(server, 'approver', { secondFactor: false })];
    const basis = { number: '12/QĐ-UBND', date: '2024-11-20', office: 'UBND thành phố Hà Nội' };
    await first.call('POST', finalPaths.view, { number: 2, basis });
    const { waiting } = finalViewSchema.parse((await second.call('GET', finalPaths.view)).body);
    expect(await second.call('POST', finalPaths.confirm(waiting?.id ?? ''), { digest: waiting?.digest })).toMatchObject({ status: 200, body: { number: 3 } });
    const shown = async () => {
      const { campaign, layers } = await (await lookAt(server, await signedInPerson(server, 'viewer'))).manifestOf('reception');
      const active = layers[0]?.playlist.items.filter(({ windows }) => isActive(windows, server.clock.now, campaign.zone)).map(({ id }) => id) ?? [];
      return { period: campaign.period, closedOn: campaign.closedOn, result: active.includes('result'), countdown: active.includes('countdown') };
    };
    const closed = { period: { startDate: '2024-11-01', endDate: '2024-11-19' }, closedOn: '2024-11-20', result: true, countdown: false };
    expect(await shown()).toEqual(closed);
    server = await server.again({ now: day('2024-12-02') });
    expect(await shown()).toEqual(closed);
    expect((await lookAt(server, await signedInPerson(server, 'viewer'))).scoreboard.current).toMatchObject({ number: 3, final: true, sample: true });
    server.clock.now = day('2024-12-04');
    await server.rollMonth();
    expect(await shown()).toMatchObject({ period: { startDate: '2024-12-01', endDate: '2024-12-31' }, closedOn: undefined, result: false });
    const editor = await signedInPerson(server, 'editor');
    expect((await editor.call('GET', finalPaths.view)).body).toMatchObject({ closedOn: null, proposable: 3 });
  });
});
