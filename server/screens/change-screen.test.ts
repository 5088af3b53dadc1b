// A screen's own facts: who was faster is told, hours and names hold at once, and what it is physically needs two people outdoors.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { changedScreenSchema, changeScreenSchema, screenViewSchema } from '../../core/screen-api.ts';
import { assignmentSchema } from '../../core/manifest.ts';
import { envelopeSchema } from '../../core/signed.ts';
import { askedChangeSchema } from '../../core/settings-api.ts';
import type { Caller } from '../access.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { newBox } from '../testing/test-player.ts';
import { startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';
import { assignmentEnvelope } from './assignment-store.ts';
import { changeScreenByStaff, putProfile } from './change-screen.ts';
import { bindKey, findScreen } from './screen-store.ts';

let server: TestServer;
let one: TestPerson;
beforeAll(async () => {
  server = await startTestServer();
  one = await signedInPerson(server, 'admin');
});
afterAll(() => server.end());

const screens = async () => screenViewSchema.array().parse((await one.call('GET', '/api/screens')).body);
const add = async (channel: string) => {
  const profile = (await screens()).find((screen) => screen.channel === channel)?.profile;
  return screenViewSchema.parse((await one.call('POST', '/api/screens', { name: `Màn ${channel}`, channel, profile })).body);
};
type View = z.infer<typeof screenViewSchema>;
const facts = ({ revision, name, place, unit, contact, tags, hours, profile }: View) => ({ revision, name, place, unit, contact, tags, hours, profile });
const put = (screen: View, change: object, by: Staff = one) => by.call('PUT', `/api/screens/${screen.id}`, { ...facts(screen), ...change });
const code = ({ body }: { body: unknown }) => z.object({ error: z.object({ code: z.string() }) }).safeParse(body).data?.error.code;
/** What its box is told. */
async function told(id: string) {
  const { db } = server.context;
  const text = await assignmentEnvelope(db, (await findScreen(db, id))?.assignment ?? '');
  return assignmentSchema.parse(JSON.parse(envelopeSchema.parse(JSON.parse(text ?? '')).payload));
}

describe('a screen indoors', () => {
  it('takes name, contact, operator, hours, tags and another profile at once, and its box is told', async () => {
    const screen = await add('reception');
    const operator = 'Công ty Ánh Sáng';
    const change = {
      name: 'Sảnh tầng 1',
      contact: 'Bình, 0912 345 678',
      operator,
      hours: [{ days: [1, 2], from: '07:30', until: '17:00' }],
      tags: ['sảnh', 'tầng 1'],
    };
    const profile = { ...screen.profile, distanceM: { near: 1, far: 4 } };
    const { screen: after, waiting } = changedScreenSchema.parse((await put(screen, { ...change, profile })).body);
    expect(after).toMatchObject({ ...change, profile, revision: screen.revision + 1 });
    expect(waiting).toBe(false);
    expect(await told(screen.id)).toMatchObject({ name: change.name, operator, hours: change.hours, profile });
    const without = changedScreenSchema.parse((await put(after, { name: 'Sảnh' })).body).screen;
    expect(without.operator, 'left out, it stays').toBe(operator);
    expect((await put(without, { operator: '' })).status).toBe(200);
    expect(await told(screen.id)).not.toHaveProperty('operator');
  });

  it('tells the second of two editors, and keeps what the first saved', async () => {
    const screen = await add('reception');
    expect((await put(screen, { contact: 'Bình' })).status).toBe(200);
    expect(code(await put(screen, { name: 'Khác' }))).toBe('settings-changed');
    expect((await screens()).find(({ id }) => id === screen.id)).toMatchObject({ name: screen.name, contact: 'Bình' });
  });

  it('names every wrong field in both languages', async () => {
    const screen = await add('reception');
    const profile = { ...screen.profile, pitchMm: 0, distanceM: { near: 5, far: 2 } };
    const answer = await put(screen, { name: ' ', operator: '…', tags: ['Nút giao', 'nut giao'], profile });
    expect(code(answer)).toBe('settings-invalid');
    expect(answer.text).toContain('hai nhãn trùng nhau');
    const { details } = z.object({ error: z.object({ details: z.array(z.object({ path: z.string() })) }) }).parse(answer.body).error;
    expect(details.map(({ path }) => path)).toEqual(expect.arrayContaining(['name', 'operator', 'tags', 'profile.pitchMm']));
  });

  it('is brought outdoors only with a programme that two people have seen', async () => {
    const screen = await add('reception');
    const { revision, items } = z
      .looseObject({ revision: z.int(), items: z.array(z.looseObject({ number: z.int() })) })
      .parse((await one.call('GET', '/api/playlists/reception')).body);
    const sent = items.map(({ number: _number, ...item }) => item).reverse();
    expect((await one.call('PUT', '/api/playlists/reception', { revision, items: sent })).status).toBe(200);
    expect((await one.call('POST', '/api/playlists/reception/publish', { revision: revision + 1 })).status).toBe(200);
    expect(code(await put(screen, { profile: { ...screen.profile, audience: 'public' } }))).toBe('channel-not-approved');
  });
});

describe('a screen outdoors', () => {
  it('takes all but its profile at once; that waits for a second administrator', async () => {
    const screen = await add('street');
    const profile = { ...screen.profile, viewport: { ...screen.profile.viewport, x: 16 } };
    const { screen: after, waiting } = changedScreenSchema.parse((await put(screen, { contact: 'Bình', profile })).body);
    expect(after).toMatchObject({ contact: 'Bình', profile: screen.profile });
    expect(waiting).toBe(true);
    // A name meanwhile is no other profile: what was asked for still holds.
    expect((await put(after, { name: 'Ngã tư Láng' })).status).toBe(200);
    const second = await signedInPerson(server, 'admin');
    const [asked] = askedChangeSchema.array().parse((await second.call('GET', '/api/changes')).body);
    expect(asked).toMatchObject({ kind: 'screen', loosens: false, changes: [{ path: 'viewport.x', before: 0, after: 16 }], may: { confirm: true } });
    expect((await second.call('POST', `/api/changes/${asked?.id}/confirm`, { digest: asked?.digest })).status).toBe(200);
    expect(await told(screen.id)).toMatchObject({ name: 'Ngã tư Láng', profile });
  });

  it('is not carried out by an administrator of another unit', async () => {
    const screen = await add('street');
    await put(screen, { profile: { ...screen.profile, pitchMm: 8 } });
    const asked = askedChangeSchema
      .array()
      .parse((await one.call('GET', '/api/changes')).body)
      .find(({ subject }) => subject.id === screen.id);
    const local = await signedInPerson(server, 'admin', { unit: 'd001' });
    expect(code(await local.call('POST', `/api/changes/${asked?.id}/confirm`, { digest: asked?.digest }))).toBe('outside-own-unit');
    expect(code(await local.call('DELETE', `/api/changes/${asked?.id}`))).toBe('outside-own-unit');
  });
});

describe('where approvers sign what street screens take', () => {
  /** The server as it is after `sign-root --traffic 2`. */
  const signing = () => {
    const { context } = server;
    const { document, ...signed } = context.keys.root;
    const approvers = { keys: {}, thresholds: { traffic: 2, public: 0, indoor: 0 } };
    const root = { ...signed, document: { ...document, roles: { ...document.roles, content: { ...document.roles.content, approvers } } } };
    return { ...context, keys: { ...context.keys, root } };
  };
  const caller = (): Caller => ({ kind: 'person', id: one.id, name: one.name, role: 'admin' });

  it('refuses viewers for whom fewer signatures would do, as its box would: at the wish, and at the second person’s word', async () => {
    const screen = await add('street');
    await bindKey(server.context.db, screen.id, newBox().publicKey, server.context.now());
    const profile = { ...screen.profile, audience: 'indoor' as const };
    const wish = changeScreenSchema.parse({ ...facts(screen), profile });
    await expect(changeScreenByStaff(signing(), caller(), screen.id, wish)).rejects.toMatchObject({ code: 'audience-keeps-signatures' });
    await expect(putProfile(signing(), server.context.db, screen.id, profile)).rejects.toMatchObject({ code: 'audience-keeps-signatures' });
    expect((await findScreen(server.context.db, screen.id))?.profile.audience).toBe(screen.profile.audience);
  });

  it('lets a screen without a box be what it will be, and any other fact be changed', async () => {
    const screen = await add('street');
    const profile = { ...screen.profile, audience: 'indoor' as const };
    await expect(putProfile(signing(), server.context.db, screen.id, profile)).resolves.toBeUndefined();
    const bound = await add('street');
    await bindKey(server.context.db, bound.id, newBox().publicKey, server.context.now());
    await expect(changeScreenByStaff(signing(), caller(), bound.id, changeScreenSchema.parse({ ...facts(bound), contact: 'Bình' }))).resolves.toBe(false);
  });
});
