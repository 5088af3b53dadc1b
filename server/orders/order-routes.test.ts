import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import type { Role } from '../../core/roles.ts';
import { enrolmentTokenSchema, screenViewSchema } from '../../core/screen-api.ts';
import { confirmWords, orderAnswerSchema, orderPaths, orderScreenSchema, ordersViewSchema, orderViewSchema, reachAnswerSchema } from '../../core/order-api.ts';
import { orderSchema } from '../../core/orders.ts';
import type { StateNotice } from '../../core/protocol.ts';
import { reissueUnderNewKeys } from '../manifests/reissue.ts';
import { connect, newBox, report, type TestPlayer } from '../testing/test-player.ts';
import { signedInPerson, type TestPerson } from '../testing/test-people.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let admin: Staff;
/** The box of a real screen, at the real screen's place. */
let box: TestPlayer;
let screen: string;

type Answer = { status: number; body: unknown };
type Person = TestPerson;
const person = (role: Role, unit: string | null = null) => signedInPerson(server, role, { unit });

beforeEach(async () => {
  server = await startTestServer();
  admin = await signIn(server);
  const screens = screenViewSchema.array().parse((await admin.call('GET', '/api/screens')).body);
  const profile = screens.find(({ channel }) => channel === 'street')?.profile;
  const made = await admin.call('POST', '/api/screens', { name: 'Ngã tư Láng', channel: 'street', profile });
  screen = screenViewSchema.parse(made.body).id;
  const { token } = enrolmentTokenSchema.parse((await admin.call('POST', `/api/screens/${screen}/enrolment`, {})).body);
  box = connect(server.url, newBox(), { enrol: token });
  await box.prove();
  await box.next('welcome');
  await box.next('state');
});
afterEach(async () => {
  box.close();
  await server.end();
});

const stopped = () => ({ target: { screens: [screen] }, reason: 'Khiếu nại của phường' });
const template = (drill = false) => ({
  ...{ target: { screens: [screen] }, area: { vi: 'Phường Láng' }, drill, minutes: 30, confirm: drill ? confirmWords.drill : confirmWords.live },
  words: { template: 'flood', slots: { road: 'Láng', from: 'Cầu Giấy', to: 'Ngã Tư Sở' } },
});
const free = () => ({
  ...template(),
  words: { event: { vi: 'Ngập úng' }, headline: { vi: 'Đường Láng ngập sâu. Không đi vào.' }, priority: 'severe' },
});
const code = (answer: Answer) => (answer.body as { error?: { code?: string } } | null)?.error?.code;
const pushed = async () => orderSchema.parse(JSON.parse((await box.next('order')).payload));
const listed = async () => ordersViewSchema.parse((await admin.call('GET', orderPaths.orders)).body);

describe('a stop', () => {
  it('is for editors and above, pushed at once and listed with every state', async () => {
    const viewer = await person('viewer');
    expect((await viewer.call('POST', orderPaths.stops, stopped())).status).toBe(403);
    const editor = await person('editor');
    const answer = await editor.call('POST', orderPaths.stops, stopped());
    expect(answer.status).toBe(201);
    const { number, sha256: hash, progress } = orderViewSchema.parse(answer.body);
    expect(await pushed()).toMatchObject({ kind: 'stop', number, target: { screens: [screen] } });
    expect((await box.next('state')).orders).toEqual([{ number, sha256: hash }]);
    expect(progress).toEqual({ screens: 1, obeyed: 0, unconfirmed: 1, unreachable: 0 });
    expect((await viewer.call('GET', orderPaths.orders)).status).toBe(200);
  });

  it('with a time is a pause for works: over by itself, and ended sooner by whoever began it', async () => {
    const editor = await person('editor');
    const pause = (until: number) => editor.call('POST', orderPaths.stops, { ...stopped(), reason: 'Thay mô-đun LED', until });
    for (const until of [server.clock.now, server.clock.now + 61 * 24 * 3_600_000]) expect(code(await pause(until))).toBe('pause-too-long');
    const until = server.clock.now + 3_600_000;
    const { number } = orderViewSchema.parse((await pause(until)).body);
    expect(await pushed()).toMatchObject({ kind: 'stop', number, until });
    expect((await listed()).orders).toMatchObject([{ number, kind: 'stop', state: 'standing', expiresAt: until }]);
    server.clock.now = until;
    expect((await listed()).orders).toMatchObject([{ number, state: 'expired' }]);

    const second = orderViewSchema.parse((await pause(server.clock.now + 3_600_000)).body);
    await pushed();
    expect((await editor.call('POST', orderPaths.end(second.number), { reason: 'Xong sớm' })).status).toBe(200);
    expect(await pushed()).toMatchObject({ kind: 'cancel', ends: [{ number: second.number }] });
  });

  it('is lifted by an approver other than whoever stopped, and the box hears the end', async () => {
    const stopper = await person('approver');
    const { number, sha256: hash } = orderViewSchema.parse((await stopper.call('POST', orderPaths.stops, stopped())).body);
    await pushed();
    const lift = (who: Person) => who.call('POST', orderPaths.end(number), { reason: 'Đã sửa nội dung' });
    expect(code(await lift(await person('editor')))).toBe('approver-needed');
    expect(code(await lift(stopper))).toBe('second-person-lifts');
    expect((await server.app.inject(`/orders/${hash}/end`)).statusCode).toBe(404);
    const lifted = orderAnswerSchema.parse((await lift(await person('approver'))).body);
    expect(lifted).toMatchObject({ waiting: false, order: { number, state: 'ended', ended: { reason: 'Đã sửa nội dung' } } });
    const end = await pushed();
    expect(end).toMatchObject({ kind: 'cancel', ends: [{ number, sha256: hash }] });
    const fetched = (await server.app.inject(`/orders/${hash}/end`)).json<{ payload: string }>();
    expect(orderSchema.parse(JSON.parse(fetched.payload))).toEqual(end);
    expect(code(await lift(await person('admin')))).toBe('order-over');
  });

  it('for an operator reaches the screens that it runs, however its name is spelled, those that it takes over, and no others', async () => {
    const [editor, one] = [await person('editor'), await person('admin')];
    const screens = async () => screenViewSchema.array().parse((await admin.call('GET', '/api/screens')).body);
    const runBy = async (id: string, operator: string) => {
      const found = (await screens()).find((each) => each.id === id);
      if (!found) throw new Error('the screen is gone');
      const { revision, name, place, unit, contact, hours, tags, profile } = found;
      const answer = await one.call('PUT', `/api/screens/${id}`, { revision, name, place, unit, contact, hours, tags, profile, operator });
      expect(answer.status).toBe(200);
    };
    const join = async (channel: 'reception' | 'kiosk') => {
      const player = connect(server.url, newBox(), { enrol: server.enrol[channel] ?? '' });
      await player.prove();
      const { screen: id } = z.object({ screen: z.uuid() }).parse(await player.next('welcome'));
      await player.next('state');
      return { player, id };
    };
    const others = [await join('reception'), await join('kiosk')] as const;
    const [lobby, kiosk] = others;
    await runBy(screen, 'Công ty Ánh Sáng');
    await runBy(lobby.id, 'công ty ánh sáng');
    await runBy(kiosk.id, 'Công ty Sao Đêm');
    const heard = new Map<TestPlayer, number[]>();
    for (const player of [box, lobby.player, kiosk.player])
      player.socket.on(
        'state',
        ({ orders = [] }: StateNotice) =>
          void heard.set(
            player,
            orders.map((order) => order.number),
          ),
      );

    const target = { operators: ['Công ty Ánh Sáng'] };
    const reach = reachAnswerSchema.parse((await editor.call('POST', orderPaths.reach, { target })).body);
    expect(reach.screens.map(({ id }) => id).sort()).toEqual([screen, lobby.id].sort());
    const { number, sha256: hash } = orderViewSchema.parse((await editor.call('POST', orderPaths.stops, { ...stopped(), target })).body);
    for (const player of [box, lobby.player]) {
      const { payload } = await player.next('order');
      expect(orderSchema.parse(JSON.parse(payload))).toMatchObject({ kind: 'stop', number, target });
      player.socket.emit('health', report(server.clock.now, hash, `stop-${number}`, { state: 'stopped', orders: [{ number, sha256: hash, obeyed: true }] }));
    }
    await vi.waitFor(() => expect([box, lobby.player, kiosk.player].map((player) => heard.get(player))).toEqual([[number], [number], []]));
    expect(kiosk.player.names()).not.toContain('order');
    await vi.waitFor(async () => expect((await listed()).orders).toMatchObject([{ number, target, progress: { screens: 2, obeyed: 2 } }]));
    const named = async () => orderScreenSchema.array().parse((await editor.call('GET', orderPaths.screens(number))).body);
    expect((await named()).map(({ operator }) => operator).sort()).toEqual(['Công ty Ánh Sáng', 'công ty ánh sáng'].sort());
    const dark = (await screens()).filter(({ condition }) => condition === 'stopped');
    expect(dark.map(({ id }) => id).sort()).toEqual([screen, lobby.id].sort());

    await runBy(kiosk.id, 'Công ty Ánh Sáng');
    await vi.waitFor(() => expect(heard.get(kiosk.player)).toEqual([number]));
    expect(await named()).toHaveLength(3);
    expect(code(await editor.call('POST', orderPaths.stops, { ...stopped(), target: { operators: ['Không ai'] } }))).toBe('order-reaches-nobody');
    for (const { player } of others) player.close();
  });

  it('stays within the unit of whoever is limited to one', async () => {
    const local = await person('approver', 'c00004');
    expect(code(await local.call('POST', orderPaths.stops, stopped()))).toBe('outside-own-unit');
    expect(code(await local.call('POST', orderPaths.stops, { ...stopped(), target: {} }))).toBe('outside-own-unit');
    expect((await listed()).orders).toEqual([]);
  });

  it('names whom to call about a screen that cannot be reached', async () => {
    const editor = await person('editor');
    const { number } = orderViewSchema.parse((await editor.call('POST', orderPaths.stops, stopped())).body);
    box.close();
    const screens = async () => orderScreenSchema.array().parse((await editor.call('GET', orderPaths.screens(number))).body);
    await expect.poll(async () => (await screens()).map(({ obedience }) => obedience)).toEqual(['unreachable']);
    expect(await screens()).toMatchObject([{ screen, name: 'Ngã tư Láng', obeyedLast: false }]);
  });

  it('is signed anew when the keys were replaced, under the same hash', async () => {
    const editor = await person('editor');
    const { sha256: hash } = orderViewSchema.parse((await editor.call('POST', orderPaths.stops, stopped())).body);
    const { db, keys, now } = server.context;
    expect(await reissueUnderNewKeys(db, keys, now())).toBe(0);
    const before = (await server.app.inject(`/orders/${hash}`)).json<{ payload: string; signatures: object[] }>();
    await db
      .updateTable('orders')
      .set({ envelope: JSON.stringify({ ...before, signatures: [{ key: '0'.repeat(32), signature: 'A'.repeat(86) }] }) })
      .execute();
    expect(await reissueUnderNewKeys(db, keys, now())).toBe(1);
    expect((await server.app.inject(`/orders/${hash}`)).json()).toEqual(before);
  });
});

describe('an alert', () => {
  it('from a template goes out by one person, with the word typed', async () => {
    const editor = await person('editor');
    expect(code(await editor.call('POST', orderPaths.alerts, { ...template(), confirm: confirmWords.drill }))).toBe('confirm-word');
    const answer = orderAnswerSchema.parse((await editor.call('POST', orderPaths.alerts, template())).body);
    expect(answer).toMatchObject({ waiting: false, order: { kind: 'alert', drill: false, state: 'standing' } });
    expect(await pushed()).toMatchObject({ headline: { vi: 'Đường Láng ngập sâu, từ Cầu Giấy đến Ngã Tư Sở. Không đi vào.' } });
  });

  it('in free words waits for a second person who may approve, and reaches nobody before', async () => {
    const writer = await person('approver');
    const answer = orderAnswerSchema.parse((await writer.call('POST', orderPaths.alerts, free())).body);
    expect(answer).toEqual({ order: null, waiting: true });
    const [request] = (await listed()).requests;
    expect(request).toMatchObject({ headline: { vi: 'Đường Láng ngập sâu. Không đi vào.' }, screens: 1 });
    const confirm = (who: Person, confirm: string) => who.call('POST', orderPaths.confirm(request?.id ?? ''), { confirm });
    expect(code(await confirm(writer, confirmWords.live))).toBe('second-person-lifts');
    expect((await confirm(await person('editor'), confirmWords.live)).status).toBe(403);
    const second = await person('approver');
    expect(code(await confirm(second, confirmWords.drill))).toBe('confirm-word');
    expect(box.names()).not.toContain('order');
    expect((await confirm(second, confirmWords.live)).status).toBe(201);
    expect(await pushed()).toMatchObject({ kind: 'alert', headline: { vi: 'Đường Láng ngập sâu. Không đi vào.' } });
    expect(code(await confirm(await person('approver'), confirmWords.live))).toBe('order-over');
  });

  it('fault 78: that is a drill says so in its first words, and has a word of its own to be typed', async () => {
    const writer = await person('editor');
    const drill = { ...free(), drill: true };
    expect(code(await writer.call('POST', orderPaths.alerts, drill))).toBe('confirm-word');
    await writer.call('POST', orderPaths.alerts, { ...drill, confirm: confirmWords.drill });
    const [request] = (await listed()).requests;
    const second = await person('approver');
    await second.call('POST', orderPaths.confirm(request?.id ?? ''), { confirm: confirmWords.drill });
    const sent = await pushed();
    expect(sent).toMatchObject({ kind: 'alert', drill: true });
    expect(sent.kind === 'alert' && sent.headline.vi.startsWith('DIỄN TẬP')).toBe(true);
  });

  it('takes the place of a drill, while a drill takes that of no real one', async () => {
    const editor = await person('editor');
    const send = async (body: object) => orderAnswerSchema.parse((await editor.call('POST', orderPaths.alerts, body)).body).order?.number;
    const standing = async () => (await listed()).orders.filter(({ state }) => state === 'standing').map(({ number }) => number);
    const drill = await send(template(true));
    const real = await send({ ...template(), follows: drill });
    expect(await standing()).toEqual([real]);
    expect(code(await editor.call('POST', orderPaths.alerts, { ...template(true), follows: real }))).toBe('drill-for-real');
    expect(await standing()).toEqual([real]);
    for (const expected of [drill, real]) expect(await pushed()).toMatchObject({ number: expected });
    expect(box.names()).not.toContain('order');
  });

  it('that nobody would see is refused', async () => {
    const editor = await person('editor');
    expect(code(await editor.call('POST', orderPaths.alerts, { ...template(), target: { screens: [randomUUID()] } }))).toBe('order-reaches-nobody');
  });
});

describe('a solemn programme', () => {
  it('is ended by two people', async () => {
    const [one, two] = [await person('editor'), await person('editor')];
    const day = (shift: number) => new Date(server.clock.now + shift * 86_400_000).toISOString().slice(0, 10);
    const asked = { target: {}, occasion: { vi: 'Quốc tang' }, from: day(0), until: day(2), reason: 'Thông báo của Trung ương' };
    const { number } = orderViewSchema.parse((await one.call('POST', orderPaths.solemn, asked)).body);
    const end = async (who: Person) => orderAnswerSchema.parse((await who.call('POST', orderPaths.end(number), { reason: 'Hết thời gian' })).body);
    expect((await end(one)).waiting).toBe(true);
    expect((await end(one)).waiting).toBe(true);
    expect(await end(two)).toMatchObject({ waiting: false, order: { state: 'ended' } });
  });
});

it('tells before anything is ordered which screens a target means', async () => {
  const editor = await person('editor');
  const reach = reachAnswerSchema.parse((await editor.call('POST', orderPaths.reach, { target: { screens: [screen] } })).body);
  expect(reach).toMatchObject({ screens: [{ id: screen, trial: false }], connected: 1, real: 1 });
});

it('writes every order and every question into the audit log with who and why', async () => {
  const editor = await person('editor');
  await editor.call('POST', orderPaths.stops, stopped());
  await editor.call('POST', orderPaths.alerts, free());
  const rows = await server.context.db.selectFrom('audit').select(['what', 'who']).where('what', 'like', 'order.%').execute();
  expect(rows.map(({ what }) => what)).toEqual(['order.stop', 'order.alert.ask']);
  for (const { who } of rows) expect(who).toMatch(/^editor /);
});
