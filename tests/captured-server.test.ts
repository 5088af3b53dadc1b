// A server that somebody has taken over: where a site asks for approvers' passkeys, it can stop screens, and show nothing new. From pairing to what plays.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { alertTemplates, fillTemplate } from '../core/alert-templates.ts';
import { playlistViewSchema, publishedSchema } from '../core/playlist-api.ts';
import { enrolmentTokenSchema, screenViewSchema, screenPaths } from '../core/screen-api.ts';
import { canaryPaths } from '../core/canary.ts';
import type { Assignment, Manifest } from '../core/manifest.ts';
import { confirmWords, orderAnswerSchema, orderPaths } from '../core/order-api.ts';
import type { OrderRef } from '../core/orders.ts';
import { sentItems } from '../core/playlist-draft.ts';
import { outlookSchema, programmePaths } from '../core/programme-api.ts';
import { awaitedViewSchema, signaturePaths } from '../core/signature-api.ts';
import { envelopeSchema, type Envelope } from '../core/signed.ts';
import type { Player } from '../player/player.ts';
import { openBench, openPage, rememberingLog, type Bench } from '../player/testing/bench-player.ts';
import { setChannelManifest } from '../server/channels/channel-store.ts';
import { sha256 } from '../server/keys/ed25519.ts';
import { addApprovalSignature, addManifest, manifestEnvelope } from '../server/manifests/manifest-store.ts';
import { addOrder, type OrderDraft } from '../server/orders/order-store.ts';
import { addAssignment, assignmentEnvelope } from '../server/screens/assignment-store.ts';
import { issueAssignments } from '../server/screens/issue-assignments.ts';
import { bindKey, listScreens, setAssignment } from '../server/screens/screen-store.ts';
import { addApprover, atLocalhost, command, sign, type Approver } from '../server/testing/test-approvers.ts';
import { newBox } from '../server/testing/test-player.ts';
import { signIn, startTestServer, type Staff, type TestServer } from '../server/testing/test-server.ts';

let server: TestServer;
let staff: Staff;
const log = rememberingLog();
let bench: Bench;
let player: Player;
let safe: string;
let approvers: Approver[];

const until = (check: () => unknown) => vi.waitFor(check, { timeout: 60_000, interval: 50 });

async function edit(): Promise<number> {
  const { items, revision } = playlistViewSchema.parse((await staff.call('GET', '/api/playlists/street')).body);
  return playlistViewSchema.parse((await staff.call('PUT', '/api/playlists/street', { revision, items: sentItems(items).reverse() })).body).revision;
}
async function publish() {
  const answer = await staff.call('POST', '/api/playlists/street/publish', { revision: await edit() });
  const [published] = publishedSchema.parse(answer.body).channels;
  if (!published) throw new Error(answer.text);
  return published;
}
const awaited = async () => awaitedViewSchema.array().parse((await staff.call('GET', signaturePaths.list)).body);
const playing = () => player.health().manifest.playing;
const complains = () => player.health().warnings?.some(({ code }) => code === 'unsigned-offered') === true;

/** What whoever holds the server can do: sign by the content key, write any row, tell the players. */
async function offer(envelope: Envelope): Promise<string> {
  const { db, keys, players } = server.context;
  const manifest = JSON.parse(envelope.payload) as Manifest;
  const hash = sha256(envelope.payload);
  await addManifest(
    db,
    { sha256: hash, envelope },
    { channel: 'street', version: manifest.version, layers: [{ playlist: 'street', revision: 1 }], issuedAt: manifest.issuedAt, author: 'x' },
  );
  for (const approval of envelope.approvals ?? []) await addApprovalSignature(db, hash, approval);
  await setChannelManifest(db, 'street', hash);
  await issueAssignments(db, ['street'], { keys, at: Date.now() });
  players.stateChanged(['street']);
  return hash;
}

beforeAll(async () => {
  server = await startTestServer();
  staff = await signIn(server);
  bench = await openBench();
  safe = mkdtempSync(join(tmpdir(), 'ihanoi safe '));
  player = await bench.start({ enrol: server.enrol.street ?? '', log });
  const first = await publish();
  expect(first.awaits).toBe(0);
  await until(() => expect(playing()).toBe(first.sha256));
  approvers = [await addApprover(server), await addApprover(server)];
  await server.stop();
  const key = join(safe, 'root.pem');
  expect(await command(server, 'sign-root', '--root-key', join(server.folder, 'keys', 'root.pem'), '--traffic', '3')).toMatchObject({ ok: false });
  expect(await command(server, 'take-root-key', '--to', key)).toMatchObject({ ok: true });
  expect(existsSync(join(server.folder, 'keys', 'root.pem'))).toBe(false);
  expect(await command(server, 'sign-root', '--root-key', key, '--traffic', '2')).toMatchObject({ ok: true });
  server = await server.again();
  staff = await signIn(server);
});
afterAll(async () => {
  await bench.clear();
  await server.end();
  rmSync(safe, { recursive: true, force: true });
});

test('what played plays on under the new root, and what is published waits for two people’s passkeys', async () => {
  const before = playing();
  expect(await awaited()).toMatchObject([{ channel: { id: 'street' }, needed: 2, signed: [], may: false }]);
  const published = await publish();
  expect(published.awaits).toBe(2);
  const [one, two] = approvers;
  if (!one || !two) throw new Error('there are no approvers');
  const signed = awaitedViewSchema.array().parse((await sign(server, published.sha256, one)).body);
  expect(signed).toMatchObject([{ sha256: published.sha256, signed: [one.person.name], may: false }]);
  expect((await sign(server, published.sha256, one)).body).toMatchObject([{ signed: [one.person.name] }]);
  expect(playing()).toBe(before);
  expect((await sign(server, published.sha256, two)).body).toEqual([]);
  await until(() => expect(playing()).toBe(published.sha256));
  const log = await server.context.db.selectFrom('audit').select('who').where('what', '=', 'manifest.sign').orderBy('id').execute();
  expect(log.map(({ who }) => who)).toEqual([one.person.name, two.person.name]);
  const checked = await command(server, 'check-approvals');
  expect(checked).toMatchObject({ ok: true, lines: [expect.stringContaining(one.person.name)] });
});

test('the server alone shows nothing new: not by its own key, by one approval, by old ones, by another audience, or after a restart', async () => {
  const good = playing();
  const envelope = envelopeSchema.parse(JSON.parse((await manifestEnvelope(server.context.db, good)) ?? ''));
  const manifest = JSON.parse(envelope.payload) as Manifest;
  const forge = (version: number, approvals: Envelope['approvals']) => {
    const { envelope: made } = server.context.keys.sign('manifest', { ...manifest, version, issuedAt: Date.now() });
    return { ...made, ...(approvals ? { approvals } : {}) };
  };
  const refuses = async (made: Envelope) => {
    const hash = await offer(made);
    const line = { text: 'a manifest is refused', fields: { manifest: hash, reason: expect.stringContaining('too few approvers') } };
    await until(() => expect(log.lines).toContainEqual(line));
    expect([playing(), complains()]).toEqual([good, true]);
  };
  await refuses(forge(manifest.version + 1, undefined));
  // The approvals of what two people have signed, hung on something else.
  await refuses(forge(manifest.version + 2, envelope.approvals));
  const [one] = approvers;
  const third = forge(manifest.version + 3, undefined);
  const challenge = sha256(`ihanoi/1/manifest\n${third.payload}`);
  const assertion = one?.passkey.sign({ challenge: Buffer.from(challenge, 'hex').toString('base64url'), rpId: 'localhost' }, atLocalhost(server));
  if (!assertion || !envelope.approvals?.[0]) throw new Error('there are no approvals');
  const { id: _id, ...signature } = assertion;
  const oneKey = envelope.approvals.find(({ clientDataJSON }) => clientDataJSON !== '')?.key ?? '';
  await refuses({
    ...third,
    approvals: [
      { key: oneKey, ...signature },
      { key: oneKey, ...signature },
    ],
  });

  // Called an indoor screen, it would need nobody: the assignment itself has to be approved.
  const { db, keys, players } = server.context;
  const screen = (await listScreens(db)).find(({ channel }) => channel === 'street');
  const held = JSON.parse((JSON.parse((await assignmentEnvelope(db, screen?.assignment ?? '')) ?? '') as Envelope).payload) as Assignment;
  const indoor = keys.sign('assignment', { ...held, version: held.version + 1, profile: { ...held.profile, audience: 'indoor' } });
  await addAssignment(db, indoor, held.screen, held.version + 1, Date.now());
  await setAssignment(db, held.screen, held.version + 1, indoor.sha256);
  players.stateChanged(['street']);
  await until(() => expect(player.health().warnings?.some(({ detail }) => detail?.includes('fewer signatures'))).toBe(true));

  await player.stop();
  player = await bench.start({ log });
  await until(() => expect(playing()).toBe(good));
});

/** What whoever holds the server can do: sign any order by its key, and push it. */
async function order(draft: OrderDraft): Promise<OrderRef> {
  const { db, keys, players } = server.context;
  const at = Date.now();
  const expiresAt = draft.kind === 'alert' ? draft.expiresAt : null;
  const { envelope, document, sha256: hash } = await addOrder(db, keys, draft, { at, person: 'x', author: 'x', reason: '', basis: '', expiresAt });
  players.pushOrder(envelope);
  players.stateChanged();
  await until(() => expect(log.lines).toContainEqual({ text: 'an order came', fields: expect.objectContaining({ order: document.number }) }));
  return { number: document.number, sha256: hash };
}

test('the server alone has no sentence of its own on the screen: of alerts the agreed ones, spoken by whom approvers signed, and it stops what it likes', async () => {
  const page = openPage(player);
  const common = {
    kind: 'alert',
    target: {},
    sender: 'x',
    references: [] as string[],
    drill: false,
    area: { vi: 'Phường Láng' },
    expiresAt: Date.now() + 600_000,
  } as const;
  const shop = { vi: 'Cửa hàng Xấu' };
  const free = { event: { vi: 'Khuyến mại' }, headline: { vi: 'Mua ngay hôm nay, giảm giá một nửa.' }, priority: 'extreme' } as const;
  const bad = await order({ ...common, ...free, speaker: shop, identifier: 'x-1', ends: [] });
  const storm = fillTemplate(alertTemplates.storm, { time: '20 giờ tối nay' }, false);
  const good = await order({ ...common, ...storm, speaker: shop, identifier: 'x-2', ends: [bad] });
  await until(() => expect(page.cover).toMatchObject({ state: 'alert', headline: storm.headline, speaker: { vi: 'UBND thành phố Hà Nội' } }));
  const days = { from: '2020-01-01', until: '2099-01-01', zone: 'Asia/Ho_Chi_Minh' } as const;
  const feast = await order({ kind: 'solemn', target: {}, occasion: { vi: 'Ngày hội mua sắm' }, ...days });
  await order({ kind: 'cancel', ends: [good] });
  await until(() => expect(page.cover).toMatchObject({ state: 'stopped', item: `solemn-${feast.number}` }));
  await order({ kind: 'cancel', ends: [feast] });
  await until(() => expect(page.cover).toBeNull());
  expect(player.health().orders).toEqual([]);
  page.detach();
});

test('an alert in free words is held back when the server sends it by itself or with one approval, and stands once two people have signed it', async () => {
  const page = openPage(player);
  const words = { event: { vi: 'Cháy lớn' }, headline: { vi: 'Tránh khu vực chợ Hôm.' }, priority: 'severe' };
  const alert = { target: {}, area: { vi: 'Phường Hai Bà Trưng' }, drill: false, minutes: 30, words, confirm: confirmWords.live };
  const ask = async (asked: object) => orderAnswerSchema.parse((await staff.call('POST', orderPaths.alerts, asked)).body);
  expect(await ask(alert)).toEqual({ order: null, waiting: true });
  const waiting = (await awaited()).find((each) => each.kind === 'alert');
  const [one, two] = approvers;
  if (!waiting || !one || !two) throw new Error('nothing waits');
  const { number, sha256: hash } = waiting;
  const { db, players } = server.context;
  const came = () => log.lines.filter(({ text, fields }) => text === 'an order came' && 'order' in fields && fields.order === number).length;
  const pushAsItIs = async () => {
    const before = came();
    const { envelope } = await db.selectFrom('order_requests').select('envelope').where('done_at', 'is', null).executeTakeFirstOrThrow();
    players.pushOrder(envelopeSchema.parse(JSON.parse(envelope ?? '')));
    await until(() => expect(came()).toBeGreaterThan(before));
    expect([page.cover, player.health().orders, complains()]).toEqual([null, [], true]);
  };
  await pushAsItIs();
  await sign(server, hash, one);
  await pushAsItIs();
  await sign(server, hash, two);
  await until(() => expect(page.cover).toMatchObject({ state: 'alert', item: `alert-${number}`, headline: words.headline }));
  expect((await staff.call('POST', orderPaths.end(number), { reason: 'Đã dập tắt' })).status).toBe(200);
  await until(() => expect(page.cover).toBeNull());
  page.detach();

  const indoor = (await listScreens(db)).find(({ profile }) => profile.audience === 'indoor');
  await bindKey(db, indoor?.id ?? '', newBox().publicKey, Date.now());
  expect(await ask({ ...alert, target: { audiences: ['public', 'indoor'] } })).toMatchObject({ waiting: false, order: { state: 'standing' } });
});

test('nothing is tried on a few screens first where signatures are asked for', async () => {
  const screen = (await listScreens(server.context.db)).find(({ channel }) => channel === 'street');
  const trial = { revision: await edit(), screens: [screen?.id], minutes: 5, auto: false };
  const answer = await staff.call('POST', canaryPaths.canary('street'), trial);
  expect([answer.status, answer.text]).toEqual([409, expect.stringContaining('canary-signatures')]);
});

test('a signature that was tampered with is found by the command', async () => {
  const { db } = server.context;
  const [row] = await db.selectFrom('manifests').select(['sha256', 'envelope']).where('envelope', 'like', '%"approvals":[%').execute();
  const envelope = envelopeSchema.parse(JSON.parse(row?.envelope ?? ''));
  const [first, ...others] = envelope.approvals ?? [];
  if (!row || !first) throw new Error('nothing was approved');
  const forged = { ...envelope, approvals: [{ ...first, signature: first.signature.slice(0, -6) + 'AAAAAA' }, ...others] };
  await db
    .updateTable('manifests')
    .set({ envelope: JSON.stringify(forged) })
    .where('sha256', '=', row.sha256)
    .execute();
  expect(await command(server, 'check-approvals')).toMatchObject({ ok: false });
});

test('a new box of a street screen plays the factory playlist while nobody has signed, and its screen says for whom it waits', async () => {
  const { profile } =
    screenViewSchema
      .array()
      .parse((await staff.call('GET', '/api/screens')).body)
      .find(({ channel }) => channel === 'street') ?? {};
  const made = screenViewSchema.parse((await staff.call('POST', '/api/screens', { name: 'Cầu Vĩnh Tuy', channel: 'reception', profile })).body);
  expect(made.awaits).toBe(2);
  const { token } = enrolmentTokenSchema.parse((await staff.call('POST', screenPaths.enrolment(made.id))).body);
  const newBench = await openBench();
  const newPlayer = await newBench.start({ enrol: token });
  await until(async () => {
    const view = screenViewSchema
      .array()
      .parse((await staff.call('GET', '/api/screens')).body)
      .find(({ id }) => id === made.id);
    expect(view).toMatchObject({ awaits: 2, health: { manifest: { playing: 'factory' } } });
    const { findings } = outlookSchema.parse((await staff.call('GET', programmePaths.outlook)).body);
    expect(findings.find(({ kind }) => kind === 'unsigned')?.screens).toContainEqual({ id: made.id, name: 'Cầu Vĩnh Tuy' });
  });
  await newPlayer.stop();
  await newBench.clear();
});
