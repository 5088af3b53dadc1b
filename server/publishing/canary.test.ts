// A publish to a few screens first, against the real server with real connections: who has what, when it goes on, when it goes back.
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { playlistViewSchema } from '../../core/playlist-api.ts';
import { canaryAnswerSchema, canaryPaths } from '../../core/canary.ts';
import type { HealthReport } from '../../core/health.ts';
import { manifestSchema } from '../../core/manifest.ts';
import { sentItems } from '../../core/playlist-draft.ts';
import { programmeViewSchema } from '../../core/programme-api.ts';
import type { StateNotice } from '../../core/protocol.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { findChannel } from '../channels/channel-store.ts';
import { manifestEnvelope } from '../manifests/manifest-store.ts';
import { issueAssignment } from '../screens/issue-assignments.ts';
import { addScreen, bindKey, findScreen, listScreens } from '../screens/screen-store.ts';
import { connect, newBox, report, type TestPlayer } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';

const minuteMs = 60_000;
interface Connected {
  readonly id: string;
  readonly player: TestPlayer;
  state: StateNotice;
}
let server: TestServer;
let staff: TestPerson;
let few: Connected;
let other: Connected;

async function screenWithBox(name: string): Promise<Connected> {
  const { db, keys, now } = server.context;
  const like = (await listScreens(db)).find(({ channel }) => channel === 'reception');
  if (!like) throw new Error('the trial has no screen');
  const { id } = await addScreen(db, { name, place: '', channel: 'reception', profile: like.profile, trial: true }, now());
  const box = newBox();
  await bindKey(db, id, box.publicKey, now());
  const bound = await findScreen(db, id);
  if (bound) await issueAssignment(db, bound, { keys, at: now() });
  const player = connect(server.url, box);
  await player.prove();
  return { id, player, state: await player.next('state') };
}

beforeEach(async () => {
  server = await startTestServer({ now: Date.parse('2024-11-20T09:00:00+07:00') });
  staff = await signedInPerson(server, 'admin');
  few = await screenWithBox('Quầy 1');
  other = await screenWithBox('Quầy 2');
});
afterEach(async () => {
  few.player.close();
  other.player.close();
  await server.end();
});

const view = async () => playlistViewSchema.parse((await staff.call('GET', '/api/playlists/reception')).body);
async function edit(): Promise<number> {
  const { items, revision } = await view();
  expect((await staff.call('PUT', '/api/playlists/reception', { revision, items: sentItems(items).slice(1) })).status).toBe(200);
  return revision + 1;
}
async function start(auto = false, minutes = 10) {
  const before = (await findChannel(server.context.db, 'reception'))?.manifest;
  const answer = await staff.call('POST', canaryPaths.canary('reception'), { revision: await edit(), screens: [few.id], minutes, auto });
  expect(answer.status, answer.text).toBe(200);
  few.state = await few.player.next('state');
  return before;
}
const canary = async () => canaryAnswerSchema.parse((await staff.call('GET', canaryPaths.canary('reception'))).body).canary;
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
const opened = (text: string | undefined): unknown => JSON.parse(envelopeSchema.parse(JSON.parse(text ?? '')).payload);
const itemsOf = async (sha256: string | null) =>
  manifestSchema.parse(opened(await manifestEnvelope(server.context.db, sha256 ?? ''))).layers.flatMap(({ playlist }) => playlist.items.map(({ id }) => id));
/** What both are told to play in the end: what their channel does. */
async function sharedManifest(): Promise<string> {
  const sha256 = (await findChannel(server.context.db, 'reception'))?.manifest?.sha256 ?? '';
  for (const { player } of [few, other]) for (let told: string | null = ''; told !== sha256;) told = (await player.next('state')).manifest;
  return sha256;
}
/** The screen says what it shows, and the server has heard it. */
async function says(over: Partial<HealthReport> = {}): Promise<void> {
  const sha256 = few.state.manifest ?? '';
  const [item = ''] = await itemsOf(sha256);
  few.player.socket.emit('health', report(server.clock.now, sha256, item, over));
  await expect.poll(async () => (await canary())?.screens[0]?.state).not.toBe('fetching');
}
/** Moves the clock, and lets the server look as it does every few seconds. */
async function pass(minutes: number, over?: Partial<HealthReport>): Promise<void> {
  server.clock.now += minutes * minuteMs;
  await says(over);
  await server.publishDue();
}

describe('a publish to a few screens first', () => {
  it('is on these alone: the others, their assignments and the past of both know nothing of it', async () => {
    const before = await start();
    const { db } = server.context;
    expect(few.state.manifest).not.toBe(before?.sha256);
    expect((await findScreen(db, few.id))?.assignment).toBe(few.state.assignment);
    expect((await findChannel(db, 'reception'))?.manifest).toEqual(before);
    expect((await other.player.next('state')).manifest).toBe(before?.sha256);
    expect((await findScreen(db, other.id))?.canary).toBeNull();
    const inForce = async (screen: string) =>
      programmeViewSchema.parse((await staff.call('GET', `/api/screens/${screen}/programme`)).body).stretches.at(-1)?.manifest?.sha256;
    expect([await inForce(few.id), await inForce(other.id)]).toEqual([few.state.manifest, before?.sha256]);
  });

  it('goes on by itself once all of them have shown it for the time without a fault, and all have the same then', async () => {
    await start(true);
    const tried = await itemsOf(few.state.manifest);
    await pass(1);
    expect(await canary()).toMatchObject({ state: 'running', verdict: 'watching', screens: [{ name: 'Quầy 1', state: 'shows' }] });
    await pass(9);
    expect(await canary()).toMatchObject({ state: 'running' });
    await pass(2);
    expect(await canary()).toMatchObject({ state: 'done', settled: { by: staff.name } });
    const shared = await sharedManifest();
    expect(await itemsOf(shared)).toEqual(tried);
    expect((await view()).publishedRevision).toBe((await view()).revision);
  });

  it.each<[string, Partial<HealthReport>, RegExp]>([
    ['an item cannot be shown', { quarantined: [{ item: 'news', reason: 'broken', since: 1 }] }, /mục không chiếu được/],
    ['there is no picture', { unseen: { reason: 'covered', since: 1 } }, /không thấy hình/],
    ['it is refused', { manifest: { playing: 'a'.repeat(64), accepted: 1, reason: 'hash' } }, /không nhận/],
  ])('goes back by itself when %s, and says why', async (_fault, over, words) => {
    const before = await start(true);
    await pass(1, over);
    const stopped = await canary();
    expect(stopped).toMatchObject({ state: 'stopped' });
    expect(stopped?.why[0]?.vi).toMatch(words);
    const shared = await sharedManifest();
    expect(await itemsOf(shared)).toEqual(await itemsOf(before?.sha256 ?? null));
    const { publishedRevision, revision } = await view();
    expect(publishedRevision).toBe(revision - 1);
  });

  it('goes back when a screen does not show it within five minutes', async () => {
    await start(true);
    server.clock.now += 6 * minuteMs;
    await server.publishDue();
    expect((await canary())?.why[0]?.vi).toMatch(/chưa chiếu nội dung mới/);
  });

  it('waits for a person where it was so wanted, who lets it go on or stops it once', async () => {
    await start(false, 1);
    await pass(1);
    await pass(5);
    expect(await canary()).toMatchObject({ state: 'running', verdict: 'healthy', may: { settle: true, stop: true } });
    expect((await staff.call('POST', canaryPaths.goOn('reception'))).status).toBe(200);
    expect(await canary()).toMatchObject({ state: 'done' });
    expect(code(await staff.call('POST', canaryPaths.stop('reception')))).toBe('canary-settled');
  });

  it('holds up a publish of the same playlist and a second one of its kind, and ends when the channel is published anew for another reason', async () => {
    await start();
    const { revision } = await view();
    expect(code(await staff.call('POST', '/api/playlists/reception/publish', { revision }))).toBe('canary-running');
    expect(code(await staff.call('POST', canaryPaths.canary('reception'), { revision, screens: [other.id], minutes: 5, auto: false }))).toBe('canary-running');
    const empty = playlistViewSchema.parse((await staff.call('POST', '/api/playlists', { name: 'Lớp', kind: 'lcd' })).body);
    const own = { playlist: 'reception', share: 100, unit: null };
    const layers = [
      { ...own, share: 90 },
      { playlist: empty.id, share: 10, unit: null },
    ];
    expect((await staff.call('PUT', '/api/channels/reception/layers', { began: [own], layers })).status).toBe(200);
    expect(await canary()).toMatchObject({ state: 'stopped', why: [{ vi: expect.stringMatching(/phát hành lại/) as string }] });
    expect((await few.player.next('state')).manifest).toBe((await findChannel(server.context.db, 'reception'))?.manifest?.sha256);
  });

  it('is refused for screens that do not play the playlist', async () => {
    const kiosk = (await listScreens(server.context.db)).find(({ channel }) => channel === 'kiosk');
    const wish = { revision: await edit(), screens: [kiosk?.id], minutes: 5, auto: false };
    expect(code(await staff.call('POST', canaryPaths.canary('reception'), wish))).toBe('canary-screens');
  });

  it('goes back when what was tried is no longer the latest draft: what two people saw is what all would get', async () => {
    await start(true, 1);
    await edit();
    await pass(1);
    await pass(2);
    expect(await canary()).toMatchObject({ state: 'stopped', why: [{ vi: expect.stringMatching(/\S/) as string }] });
  });
});
