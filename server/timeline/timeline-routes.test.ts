// The programme of a screen for instants of the past and the future with the reason for each item, and the fleet's coming day.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { screenViewSchema, type ScreenView } from '../../core/screen-api.ts';
import { sentItems, type SentItem } from '../../core/playlist-draft.ts';
import { outlookSchema, programmeViewSchema } from '../../core/programme-api.ts';
import { batch, connect, newBox, report } from '../testing/test-player.ts';
import { journalOf } from '../testing/test-journal.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A Wednesday morning in Hà Nội, in the middle of the plan's month. */
const morning = Date.parse('2024-11-13T09:00:00+07:00');

let server: TestServer;
let staff: Staff;
let screen: string;
const box = newBox();

const iso = (at: number) => encodeURIComponent(new Date(at).toISOString());
async function programme(at: number, minutes = 5) {
  const answer = await staff.call('GET', `/api/screens/${screen}/programme?at=${iso(at)}&minutes=${minutes}`);
  return programmeViewSchema.parse(answer.body);
}
async function publish(change: (items: SentItem[]) => SentItem[]): Promise<void> {
  const { items, revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
  const saved = playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/reception', { revision, items: change(sentItems(items)) })).body);
  const published = await staff.call('POST', '/api/playlists/reception/publish', { revision: saved.revision });
  expect(published.status, published.text).toBe(200);
}
async function setScreen(change: Partial<ScreenView>): Promise<void> {
  const found = screenViewSchema
    .array()
    .parse((await staff.call('GET', '/api/screens')).body)
    .find(({ id }) => id === screen);
  if (!found) throw new Error('the screen is gone');
  const { revision, name, place, unit, contact, hours, tags, profile } = found;
  const answer = await staff.call('PUT', `/api/screens/${screen}`, { ...{ revision, name, place, unit, contact, hours, tags, profile }, ...change });
  expect(answer.status, answer.text).toBe(200);
}
const standing = async (at: number, item: string) => (await programme(at)).items.find((each) => each.item === item);
const onlyStretch = async (at: number) => {
  const { stretches } = await programme(at, 1);
  expect(stretches).toHaveLength(1);
  return stretches[0];
};

beforeAll(async () => {
  server = await startTestServer({ now: morning });
  staff = await signIn(server);
  const player = connect(server.url, box, { enrol: server.enrol.reception ?? '' });
  await player.prove();
  screen = (await player.next('welcome')).screen;
  player.close();
});
afterAll(() => server.end());

describe('the programme of a screen', () => {
  it('has every turn of the time that is asked for, and says of each item whether it is on, waits, or why not', async () => {
    const { stretches, items } = await programme(morning);
    expect(stretches).toHaveLength(1);
    const [{ turns, manifest, cover } = { turns: [], manifest: null, cover: undefined }] = stretches;
    expect(cover).toBeNull();
    expect(manifest?.version).toBeGreaterThan(0);
    expect(turns[0]?.start).toBeLessThanOrEqual(morning);
    expect(turns.at(-1)?.end).toBeGreaterThanOrEqual(morning + 5 * minuteMs);
    for (const [index, turn] of turns.entries()) if (index > 0) expect(turn.start).toBe(turns[index - 1]?.end);
    const on = items.find((item) => item.standing === 'on');
    expect(on?.item).toBe(turns[0]?.item);
    for (const { item, nextAt } of items.filter((each) => each.standing === 'waits')) {
      const next = turns.find((turn) => turn.item === item && turn.start > morning);
      if (next) expect(nextAt).toBe(next.start);
      else expect(nextAt).toBeGreaterThan(morning);
    }
  });

  it('keeps what was published then, with what the screen recorded, when everything has changed since', async () => {
    const before = await programme(morning, 2);
    const [stretch] = before.stretches;
    const planned = (stretch?.turns ?? []).filter(({ start }) => start >= morning).slice(0, 2);
    const [first, second] = planned;
    if (!stretch?.manifest || !first?.item || !second?.item) throw new Error('two turns are needed');
    const { sha256: manifest } = stretch.manifest;
    const entries = journalOf([
      { at: first.start, ms: first.end - first.start, item: first.item, manifest },
      { at: second.start, ms: second.end - second.start, item: second.item, manifest, substitute: first.item },
    ]);
    const sent = await server.app.inject({ method: 'POST', url: '/player/plays', payload: batch(box, screen, randomUUID(), entries) });
    expect(sent.statusCode).toBe(200);

    server.clock.now = morning + hourMs;
    await publish((items) => items.filter(({ id }) => id !== 'news').map((item) => ({ ...item, enabled: item.id !== 'help' })));
    await setScreen({ hours: [{ from: '09:45', until: '22:00' }] });

    const after = await programme(morning, 2);
    expect(after.stretches.map(({ manifest: m, turns }) => [m?.sha256, turns.map(({ item, start }) => [item, start])])).toEqual(
      before.stretches.map(({ manifest: m, turns }) => [m?.sha256, turns.map(({ item, start }) => [item, start])]),
    );
    const shown = after.stretches[0]?.turns.filter(({ start }) => start === first.start || start === second.start).map((turn) => turn.shown);
    expect(shown).toEqual([
      [{ name: first.name, startedAt: first.start, endedAt: first.end, outcome: 'complete', reason: null }],
      [{ name: first.name, startedAt: second.start, endedAt: second.end, outcome: 'complete', reason: 'quarantined' }],
    ]);
    expect(after.others).toEqual([]);
    expect((await onlyStretch(server.clock.now))?.manifest?.sha256).not.toBe(manifest);
    // The hours came an hour later: until then the screen was lit at this time of day.
    expect((await onlyStretch(morning + 30 * minuteMs))?.cover).toBeNull();
    expect((await programme(morning - hourMs)).stretches).toEqual([]);
  });

  it('shows the change itself where content was published in the time that is asked for', async () => {
    const { stretches } = await programme(morning + hourMs - minuteMs, 2);
    expect(stretches.length).toBeGreaterThan(1);
    expect(new Set(stretches.map(({ manifest }) => manifest?.sha256)).size).toBe(2);
    for (const [index, { start }] of stretches.entries()) if (index > 0) expect(start).toBe(stretches[index - 1]?.end);
  });

  it('is dark outside the hours of the screen, and says so of every item', async () => {
    const night = Date.parse('2024-11-14T03:00:00+07:00');
    expect(await onlyStretch(night)).toMatchObject({ cover: { state: 'off', order: null }, turns: [] });
    const { items } = await programme(night);
    expect(new Set(items.filter(({ standing: each }) => each !== 'switched-off').map(({ standing: each }) => each))).toEqual(new Set(['off']));
    const { stretches } = await programme(Date.parse('2024-11-14T09:44:00+07:00'), 2);
    expect(stretches.map(({ start, cover }) => [start, cover?.state ?? null])).toEqual([
      [Date.parse('2024-11-14T09:44:00+07:00'), 'off'],
      [Date.parse('2024-11-14T09:45:00+07:00'), null],
    ]);
  });

  it('names the rule that holds an item back: its hours with the next time, its last day, the figures, the edit that nobody published', async () => {
    const at = server.clock.now;
    await publish((items) =>
      items.map((item) => {
        if (item.scene === 'install') return { ...item, windows: [{ from: '19:00', until: '21:00' }] };
        if (item.scene === 'message') return { ...item, windows: [{ endDate: '2024-11-12' }] };
        return item;
      }),
    );
    const { items } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
    const idOf = (scene: string) => items.find((item) => item.scene === scene && item.enabled)?.id ?? '';
    expect(await standing(at, idOf('install'))).toMatchObject({ standing: 'later', nextAt: Date.parse('2024-11-13T19:00:00+07:00') });
    expect(await standing(at, idOf('message'))).toMatchObject({ standing: 'ended', nextAt: null });
    expect(await standing(at, items.find(({ enabled }) => !enabled)?.id ?? '')).toMatchObject({ standing: 'switched-off' });

    const { revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
    const more = { id: 'tin-moi', name: 'Tin mới', scene: 'clock', props: {}, seconds: 10, weight: 1, windows: [], enabled: true } as const;
    await staff.call('PUT', '/api/playlists/reception', { revision, items: [...sentItems(items), more] });
    expect(await standing(at, 'tin-moi')).toMatchObject({ name: 'Tin mới', standing: 'not-published' });
    expect(await standing(morning, 'tin-moi')).toBeUndefined();

    await server.context.db.updateTable('snapshots').set({ sample: 1 }).execute();
    await server.context.db
      .updateTable('screen_history')
      .set(({ fn, val }) => ({ facts: fn<string>('replace', ['facts', val('"trial":true'), val('"trial":false')]) }))
      .execute();
    const board = items.find(({ scene, enabled }) => scene === 'scoreboard' && enabled)?.id ?? '';
    expect(await standing(at, board)).toMatchObject({ standing: 'figures-missing' });
  });

  it('shows a stop with its number for as long as it stood, and not a moment longer', async () => {
    const began = server.clock.now;
    const stop = await staff.call('POST', '/api/orders/stops', { target: { screens: [screen] }, reason: 'Thử' });
    expect(stop.status).toBe(201);
    server.clock.now += 10 * minuteMs;
    const { number } = z.object({ number: z.int() }).parse(stop.body);
    expect((await onlyStretch(began + minuteMs))?.cover).toEqual({ state: 'stopped', order: number });
    expect(await standing(began + minuteMs, (await programme(began)).items[0]?.item ?? '')).toMatchObject({ standing: 'stopped' });
    // It stands until somebody ends it, tomorrow as well.
    expect((await onlyStretch(began + 24 * hourMs))?.cover?.state).toBe('stopped');
    const ended = await staff.call('POST', `/api/orders/${number}/end`, { reason: 'Xong' });
    expect(ended.status, ended.text).toBe(200);
    expect((await onlyStretch(began + minuteMs))?.cover?.state).toBe('stopped');
    expect((await onlyStretch(server.clock.now + minuteMs))?.cover).toBeNull();
    expect((await onlyStretch(began + 24 * hourMs))?.cover).toBeNull();
  });

  it('tells what the box itself holds back now, in its words, and nothing of that about another time', async () => {
    const player = connect(server.url, box, {});
    await player.prove();
    await player.next('welcome');
    const { items, stretches } = await programme(server.clock.now);
    const item = items.find((each) => each.standing === 'on')?.item ?? '';
    const manifest = stretches[0]?.manifest?.sha256 ?? '';
    const now = server.clock.now;
    player.socket.emit('health', report(now, manifest, item, { quarantined: [{ item, reason: 'the page hung while this was on', since: now }] }));
    await expect.poll(async () => (await standing(now, item))?.standing).toBe('quarantined');
    expect(await standing(now, item)).toMatchObject({ detail: 'the page hung while this was on' });
    expect((await standing(now + hourMs, item))?.standing).not.toBe('quarantined');
    player.close();
  });

  it('refuses what is no instant or too long, and knows no screen that is not there', async () => {
    for (const query of ['at=morgen', 'minutes=0', 'minutes=9999'])
      expect((await staff.call('GET', `/api/screens/${screen}/programme?${query}`)).status).toBe(400);
    expect((await staff.call('GET', `/api/screens/${randomUUID()}/programme`)).status).toBe(404);
  });
});

describe('the coming day of the fleet', () => {
  const outlook = async () => outlookSchema.parse((await staff.call('GET', '/api/outlook')).body);
  const kinds = async () => new Set((await outlook()).findings.filter(({ screens }) => screens.some(({ id }) => id === screen)).map(({ kind }) => kind));

  it('names the gap in which nothing is planned while the screen is lit, with its hours, and what ends within the day', async () => {
    await publish((items) => items.map((item) => ({ ...item, windows: [{ from: '10:00', until: '20:00' }], phases: undefined })));
    const gaps = (await outlook()).findings.filter(({ kind }) => kind === 'gap');
    expect(gaps.map(({ from, until, screens }) => [from, until, screens.map(({ id }) => id)])).toEqual([
      [Date.parse('2024-11-13T20:00:00+07:00'), Date.parse('2024-11-13T22:00:00+07:00'), [screen]],
      [Date.parse('2024-11-14T09:45:00+07:00'), Date.parse('2024-11-14T10:00:00+07:00'), [screen]],
    ]);
    await publish((items) => items.map((item) => ({ ...item, windows: item.scene === 'clock' ? [{ endDate: '2024-11-13' }] : [] })));
    const findings = (await outlook()).findings.filter(({ screens }) => screens.some(({ id }) => id === screen));
    expect(findings.filter(({ kind }) => kind === 'gap')).toEqual([]);
    expect(findings.find(({ kind }) => kind === 'expires')).toMatchObject({ from: Date.parse('2024-11-14T00:00:00+07:00') });
    server.clock.now = Date.parse('2024-11-14T09:00:00+07:00');
    expect(await kinds()).toContain('expired');
  });

  it('says which screens are away, and of a real one that links are not confirmed and figures are missing', async () => {
    expect(await kinds()).toContain('lost');
    expect(await kinds()).not.toContain('link-unconfirmed');
    await server.context.db.updateTable('screens').set({ trial: 0 }).where('id', '=', screen).execute();
    const found = await kinds();
    expect(found).toContain('link-unconfirmed');
    expect(found).toContain('figures-missing');
  });
});
