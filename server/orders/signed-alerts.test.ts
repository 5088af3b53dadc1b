// An alert in free words to a screen for which approvers sign: from the question to the box, and what becomes of it while it waits.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { enrolmentTokenSchema, screenViewSchema } from '../../core/screen-api.ts';
import { peopleWhoApproved } from '../../core/approvers.ts';
import { capPaths, capPreviewSchema } from '../../core/cap-api.ts';
import { confirmWords, orderAnswerSchema, orderPaths, ordersViewSchema, orderViewSchema, reachAnswerSchema } from '../../core/order-api.ts';
import { orderSchema } from '../../core/orders.ts';
import { awaitedViewSchema, signaturePaths, type AwaitedView } from '../../core/signature-api.ts';
import type { Envelope } from '../../core/signed.ts';
import { assertions } from '../keys/assertions.ts';
import { ordersInForce } from './order-store.ts';
import { bindKey } from '../screens/screen-store.ts';
import { addApprover, command, sign, type Approver } from '../testing/test-approvers.ts';
import { signedInPerson } from '../testing/test-people.ts';
import { connect, newBox, type TestPlayer } from '../testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let staff: Staff;
let one: Approver;
let two: Approver;
let box: TestPlayer;
let screen: string;

const headline = { vi: 'Cháy chợ Hôm. Không đi đường Trần Xuân Soạn.' };
const alert = (change: object = {}) => ({
  ...{ target: { screens: [screen] }, area: { vi: 'Phường Hai Bà Trưng' }, drill: false, minutes: 30, confirm: confirmWords.live },
  ...{ words: { event: { vi: 'Cháy lớn' }, headline, priority: 'severe' }, ...change },
});
const code = ({ body }: { body: unknown }) => (body as { error?: { code?: string } } | null)?.error?.code;
const awaited = async (by = staff) =>
  awaitedViewSchema
    .array()
    .parse((await by.call('GET', signaturePaths.list)).body)
    .filter((each): each is Extract<AwaitedView, { kind: 'alert' }> => each.kind === 'alert');
const listed = async () => ordersViewSchema.parse((await staff.call('GET', orderPaths.orders)).body);
const pushed = async (): Promise<Envelope> => box.next('order');
const read = ({ payload }: Envelope) => orderSchema.parse(JSON.parse(payload));
const people = (envelope: Envelope) => peopleWhoApproved(envelope, 'order', server.context.keys.root.document.roles.content.approvers?.keys ?? {}, assertions);
/** Asks for an alert in free words. */
async function ask(change: object = {}, by: Pick<Staff, 'call'> = staff) {
  const before = (await awaited()).map(({ sha256 }) => sha256);
  const answer = await by.call('POST', orderPaths.alerts, alert(change));
  expect([answer.status, orderAnswerSchema.parse(answer.body)]).toEqual([200, { order: null, waiting: true }]);
  const asked = (await awaited()).find(({ sha256 }) => !before.includes(sha256));
  if (!asked) throw new Error('nothing waits');
  return asked;
}
async function stop(): Promise<number> {
  const answer = await staff.call('POST', orderPaths.stops, { target: { screens: [screen] }, reason: 'Hình bị lỗi' });
  return orderViewSchema.parse(answer.body).number;
}

/** What an approver is told who wants to sign. */
const offered = async (sha256: string) => code(await (await signedInPerson(server, 'approver')).call('POST', signaturePaths.offer(sha256)));

/** So many approvers have to sign for traffic. */
async function ruled(count: number) {
  await server.stop();
  expect(await command(server, 'sign-root', '--root-key', join(server.folder, 'keys', 'root.pem'), '--traffic', String(count))).toMatchObject({ ok: true });
  server = await server.again();
  staff = await signIn(server);
}

beforeEach(async () => {
  server = await startTestServer();
  [one, two] = [await addApprover(server), await addApprover(server)];
  await ruled(2);
  const screens = screenViewSchema.array().parse((await staff.call('GET', '/api/screens')).body);
  const profile = screens.find(({ channel }) => channel === 'street')?.profile;
  screen = screenViewSchema.parse((await staff.call('POST', '/api/screens', { name: 'Chợ Hôm', channel: 'street', profile })).body).id;
  const { token } = enrolmentTokenSchema.parse((await staff.call('POST', `/api/screens/${screen}/enrolment`, {})).body);
  box = connect(server.url, newBox(), { enrol: token });
  await box.prove();
  await box.next('welcome');
  await box.next('state');
});
afterEach(async () => {
  box.close();
  await server.end();
});

it('waits with its number, its instant and its end, and goes out once two people have signed exactly it', async () => {
  const reach = reachAnswerSchema.parse((await staff.call('POST', orderPaths.reach, { target: { screens: [screen] } })).body);
  expect(reach.signatures).toEqual({ needed: 2, screens: ['Chợ Hôm'] });
  const asked = await ask();
  const facts = { kind: 'alert', headline, needed: 2, signed: [], screens: ['Chợ Hôm'], may: false, drill: false, expiresAt: asked.issuedAt + 30 * 60_000 };
  expect(asked).toMatchObject(facts);
  expect((await listed()).requests).toMatchObject([{ headline, signatures: { needed: 2, signed: 0, expiresAt: asked.expiresAt } }]);
  // Neither its words nor its hash are for strangers before.
  expect((await server.app.inject(`/orders/${asked.sha256}`)).statusCode).toBe(404);

  server.clock.now += 60_000;
  expect((await sign(server, asked.sha256, one)).status).toBe(200);
  // Twice by one person is once.
  expect((await sign(server, asked.sha256, one)).status).toBe(200);
  expect((await listed()).requests).toMatchObject([{ signatures: { signed: 1 } }]);
  expect([(await awaited())[0]?.signed, box.names().includes('order')]).toEqual([[one.person.name], false]);
  expect((await sign(server, asked.sha256, two)).status).toBe(200);

  const envelope = await pushed();
  expect(read(envelope)).toMatchObject({ kind: 'alert', number: asked.number, issuedAt: asked.issuedAt, expiresAt: asked.expiresAt, headline });
  expect([people(envelope), (await server.app.inject(`/orders/${asked.sha256}`)).json<Envelope>()]).toEqual([2, envelope]);
  expect((await box.next('state')).orders).toEqual([{ number: asked.number, sha256: asked.sha256 }]);
  expect(await listed()).toMatchObject({ requests: [], orders: [{ number: asked.number, state: 'standing' }] });
  expect(await offered(asked.sha256)).toBe('signature-over');
  const log = await server.context.db.selectFrom('audit').select(['what', 'who']).where('what', 'like', 'order.%').orderBy('id').execute();
  const names = [one.person.name, two.person.name];
  expect(log.map(({ what }) => what)).toEqual(['order.alert.ask', 'order.sign', 'order.sign', 'order.alert']);
  expect(log.slice(1, 3).map(({ who }) => who)).toEqual(names);
  // It stood from when it was sent, not from when it was asked for.
  const [stood] = await ordersInForce(server.context.db, 0, server.clock.now + 1);
  expect(stood).toMatchObject({ from: asked.issuedAt + 60_000, order: { number: asked.number } });
  await server.stop();
  expect(await command(server, 'check-approvals')).toMatchObject({ ok: true, lines: [`alert ${asked.number}: ${names.join(', ')}`] });
  server = await server.again();
});

it('holds up no other order: a stop and a template go out meanwhile under later numbers, and it comes after them under its own', async () => {
  const asked = await ask();
  const stopped = await stop();
  expect(read(await pushed())).toMatchObject({ kind: 'stop', number: stopped });
  const words = { template: 'flood', slots: { road: 'Láng', from: 'Cầu Giấy', to: 'Ngã Tư Sở' } };
  const flood = orderAnswerSchema.parse((await staff.call('POST', orderPaths.alerts, alert({ words }))).body).order;
  await pushed();
  const other = await ask({ follows: flood?.number });
  const ends = [{ number: flood?.number, headline: flood?.words }];
  expect((await awaited()).map((each) => [each.sha256, each.ends])).toEqual([
    [asked.sha256, []],
    [other.sha256, ends],
  ]);
  expect((await listed()).requests.map((request) => request.ends)).toEqual([[], ends]);
  expect([asked.number < stopped, stopped < (flood?.number ?? 0), (flood?.number ?? 0) < other.number]).toEqual([true, true, true]);
  expect((await listed()).orders.map(({ number, state }) => [number, state])).toEqual([
    [flood?.number, 'standing'],
    [stopped, 'standing'],
  ]);
  // What it takes the place of goes on until it is sent.
  for (const approver of [one, two]) await sign(server, other.sha256, approver);
  expect(read(await pushed())).toMatchObject({ number: other.number, ends: [{ number: flood?.number }] });
  for (const approver of [two, one]) await sign(server, asked.sha256, approver);
  expect(read(await pushed())).toMatchObject({ number: asked.number, headline });
  const standing = (await listed()).orders.filter(({ state }) => state === 'standing');
  expect(standing.map(({ number }) => number)).toEqual([other.number, stopped, asked.number]);
  expect(await stop()).toBe(other.number + 1);
});

it('that ends while it waits, or is withdrawn, is never sent', async () => {
  const short = await ask({ minutes: 5 });
  const withdrawn = await ask();
  await sign(server, short.sha256, one);
  await sign(server, withdrawn.sha256, one);
  const request = (await listed()).requests.find(({ signatures }) => signatures?.expiresAt === withdrawn.expiresAt);
  expect((await staff.call('DELETE', orderPaths.request(request?.id ?? ''))).status).toBe(204);
  server.clock.now = short.expiresAt;
  expect([await awaited(), (await listed()).requests]).toEqual([[], []]);
  for (const { sha256 } of [short, withdrawn]) expect(await offered(sha256)).toBe('signature-over');
  await stop();
  expect(read(await pushed())).toMatchObject({ kind: 'stop' });
  expect(box.names()).not.toContain('order');
});

it('is not sent by a second person’s word alone, nor by whoever wrote it where one signature is enough', async () => {
  const asked = await ask();
  const [request] = (await listed()).requests;
  const second = await signedInPerson(server, 'approver');
  expect(code(await second.call('POST', orderPaths.confirm(request?.id ?? ''), { confirm: confirmWords.live }))).toBe('alert-needs-signatures');
  box.close();
  await ruled(1);
  // Asked for before: one signature of anybody else does now.
  expect(await awaited()).toMatchObject([{ sha256: asked.sha256, needed: 1 }]);
  const { db } = server.context;
  await db.updateTable('order_requests').set({ person: one.person.id }).execute();
  expect(code(await sign(server, asked.sha256, one))).toBe('second-person-lifts');
  expect((await sign(server, asked.sha256, two)).status).toBe(200);
  expect((await listed()).orders).toMatchObject([{ number: asked.number, state: 'standing' }]);
});

it('goes out under the keys of the day when they were replaced while it waited, as the same document', async () => {
  const asked = await ask();
  await sign(server, asked.sha256, one);
  const { db } = server.context;
  const row = await db.selectFrom('order_requests').select('envelope').executeTakeFirstOrThrow();
  const envelope = JSON.parse(row.envelope ?? '') as Envelope;
  const old = [{ key: '0'.repeat(32), signature: 'A'.repeat(86) }];
  await db
    .updateTable('order_requests')
    .set({ envelope: JSON.stringify({ ...envelope, signatures: old }) })
    .execute();
  await sign(server, asked.sha256, two);
  const sent = await pushed();
  expect([sent.payload, sent.signatures, people(sent)]).toEqual([envelope.payload, envelope.signatures, 2]);
});

it('to screens that ask for nobody goes as everywhere', async () => {
  const indoor = screenViewSchema
    .array()
    .parse((await staff.call('GET', '/api/screens')).body)
    .find(({ profile }) => profile.audience === 'indoor');
  await bindKey(server.context.db, indoor?.id ?? '', newBox().publicKey, server.clock.now);
  const answer = await staff.call('POST', orderPaths.alerts, alert({ target: { screens: [indoor?.id] } }));
  expect(orderAnswerSchema.parse(answer.body)).toMatchObject({ waiting: false, order: { words: headline, state: 'standing' } });
  // Whom it reaches decides: together with the screen on the street all of it waits.
  await ask({ target: { screens: [indoor?.id, screen] } });
});

it('from a CAP message leaves such screens out, or waits for their approvers with all of it, and its cancel takes it back', async () => {
  const iso = (ms: number) => new Date(server.clock.now + ms).toISOString().replace(/\.\d+Z$/, '+00:00');
  const cap = (id: string, type: string, more: string) =>
    `<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>${id}</identifier><sender>kttv@hanoi.gov.vn</sender><sent>${iso(-60_000)}</sent>
    <status>Actual</status><msgType>${type}</msgType><scope>Public</scope>${more}<info><language>vi-VN</language><category>Met</category><event>Mưa</event>
    <urgency>Immediate</urgency><severity>Severe</severity><certainty>Observed</certainty><expires>${iso(3_600_000)}</expires><senderName>Đài Khí tượng</senderName>
    <headline>Mưa lớn, tránh đường ngập.</headline><area><areaDesc>Thành phố Hà Nội</areaDesc></area></info></alert>`;
  const xml = cap('mua', 'Alert', '');
  const tried = async (signed: boolean) => capPreviewSchema.parse((await staff.call('POST', capPaths.read, { xml, signed })).body);
  const [open, whole] = [await tried(false), await tried(true)];
  for (const { signatures } of [open, whole]) expect(signatures).toEqual({ needed: 2, screens: ['Chợ Hôm'] });
  expect([open.reach?.screens.length, whole.reach?.screens.map(({ name }) => name)]).toEqual([0, ['Chợ Hôm']]);
  const send = (message: string, signed: boolean) => staff.call('POST', capPaths.send, { xml: message, signed, confirm: confirmWords.live });
  expect(code(await send(xml, false))).toBe('order-reaches-nobody');
  expect((await send(xml, true)).body).toEqual({ order: null, waiting: true });
  const [asked] = await awaited();
  // What approvers read is what their screens show: the speaker is the campaign's.
  expect(asked).toMatchObject({ headline: { vi: 'Mưa lớn, tránh đường ngập.' }, speaker: { vi: whole.words?.speaker } });
  expect(whole.words?.speaker).not.toBe(open.words?.speaker);
  await sign(server, asked?.sha256 ?? '', one);
  expect((await send(cap('het', 'Cancel', `<references>kttv@hanoi.gov.vn,mua,${iso(-60_000)}</references>`), false)).status).toBe(200);
  expect([await awaited(), await offered(asked?.sha256 ?? '')]).toEqual([[], 'signature-over']);
});

it('that two people sign in the same instant goes out once, with both signatures', async () => {
  const asked = await ask();
  const answers = await Promise.all([one, two].map((approver) => sign(server, asked.sha256, approver)));
  expect(answers.map(({ status }) => status)).toEqual([200, 200]);
  expect(people(await pushed())).toBe(2);
  expect((await listed()).orders).toMatchObject([{ number: asked.number, state: 'standing' }]);
  await stop();
  expect(read(await pushed())).toMatchObject({ kind: 'stop' });
});
